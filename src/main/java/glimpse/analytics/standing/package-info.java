/** How each agent stands: score, tier, influence. Start at {@link glimpse.analytics.standing.Standings}. */
@NullMarked
package glimpse.analytics.standing;

import org.jspecify.annotations.NullMarked;
