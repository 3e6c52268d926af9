/** Pictures: told apart, decoded once, made into WebP variants, kept on disk. Start at {@code ImagePipeline}. */
@NullMarked
package glimpse.images;

import org.jspecify.annotations.NullMarked;
