/**
 * Graphs in primitive arrays, and what is computed of them; the same on every machine, whatever came before. Start at
 * {@link glimpse.analytics.graph.Graph}.
 */
@NullMarked
package glimpse.analytics.graph;

import org.jspecify.annotations.NullMarked;
