package glimpse.generation.providers;

import glimpse.http.Upload;
import org.jspecify.annotations.Nullable;

/**
 * What a provider made, byte for byte; whether it is a picture at all is for the image pipeline to see.
 *
 * @param seed what it was made with, where that is known
 */
public record Picture(Upload file, @Nullable Long seed) {}
