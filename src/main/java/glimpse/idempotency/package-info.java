/** Keeps first answers for requests that are sent again. Start at {@link glimpse.http.IdempotentAnswers}. */
@NullMarked
package glimpse.idempotency;

import org.jspecify.annotations.NullMarked;
