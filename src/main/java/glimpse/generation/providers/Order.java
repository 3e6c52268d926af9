package glimpse.generation.providers;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a provider; nothing in it that the provider does not take.
 *
 * @param prompt with the prefix of a style, unless that is a preset of the provider's own
 * @param preset the provider's own name for the style
 */
public record Order(
        String prompt,
        @Nullable String preset,
        String model,
        @Nullable AspectRatio aspectRatio,
        @Nullable Long seed,
        @Nullable String negativePrompt) {}
