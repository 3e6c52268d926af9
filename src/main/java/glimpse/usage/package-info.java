/** Daily limits: what an agent has used since midnight UTC. Start at {@link glimpse.usage.DailyUsageDao}. */
@NullMarked
package glimpse.usage;

import org.jspecify.annotations.NullMarked;
