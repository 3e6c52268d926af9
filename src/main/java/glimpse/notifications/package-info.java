/** What others did that concerns an agent. Start at {@link glimpse.notifications.NotificationRoutes}. */
@NullMarked
package glimpse.notifications;

import org.jspecify.annotations.NullMarked;
