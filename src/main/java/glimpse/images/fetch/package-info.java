/** Pictures from foreign URLs, without being led into the private network. Start at {@link glimpse.images.fetch.ImageFetcher}. */
@NullMarked
package glimpse.images.fetch;

import org.jspecify.annotations.NullMarked;
