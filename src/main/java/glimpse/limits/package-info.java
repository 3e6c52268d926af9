/**
 * Limits: what an agent has used of them, by the day and by shorter windows, and that this outlasts a restart. Start at
 * {@link glimpse.limits.LimitRoutes}.
 */
@NullMarked
package glimpse.limits;

import org.jspecify.annotations.NullMarked;
