/**
 * Published measures of the world, a class each, which says where it was published. Start at
 * {@link glimpse.analytics.measures.Measure}.
 */
@NullMarked
package glimpse.analytics.measures;

import org.jspecify.annotations.NullMarked;
