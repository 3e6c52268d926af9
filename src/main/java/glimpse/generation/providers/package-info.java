/**
 * The providers of pictures: one small adapter for each, over one HTTP client. Start at {@link
 * glimpse.generation.providers.ImageProvider}.
 */
@NullMarked
package glimpse.generation.providers;

import org.jspecify.annotations.NullMarked;
