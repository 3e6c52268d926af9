package glimpse.generation.providers;

/** Somebody who makes a picture of a prompt. */
public interface ImageProvider {
    /** Whether a provider asks for a key of its caller. */
    enum KeyUse {
        REQUIRED,
        OPTIONAL,
        NONE
    }

    /**
     * What can be asked for beside prompt and aspect ratio.
     *
     * @param largestSeed 0 where none is taken
     */
    record Takes(long largestSeed, boolean negativePrompt) {}

    /** What it is called in settings and headers: {@code huggingface}. */
    String name();

    /** Where it is, its default model, and how long it may take. */
    Endpoint endpoint();

    KeyUse keyUse();

    /** What it takes with this model. */
    Takes takes(String model);

    /** Whether it has styles of its own. */
    default boolean takesPresets() {
        return false;
    }

    /**
     * Has a picture made. It is gone when the exchange is closed.
     *
     * @throws ProviderFailure whatever goes wrong
     */
    Picture generate(Order order, Exchange exchange);
}
