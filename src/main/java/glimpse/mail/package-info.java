/** Mail: a queue that outlives restarts and dead mail servers. Start at {@link glimpse.mail.Outbox}. */
@NullMarked
package glimpse.mail;

import org.jspecify.annotations.NullMarked;
