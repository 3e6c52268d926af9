/**
 * What can be said of the whole world: one picture of it in memory, published measures of it, and how each agent stands.
 * Start at {@link glimpse.analytics.Analytics}.
 */
@NullMarked
package glimpse.analytics;

import org.jspecify.annotations.NullMarked;
