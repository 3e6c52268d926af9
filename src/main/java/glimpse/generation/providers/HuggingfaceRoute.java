package glimpse.generation.providers;

import java.util.Locale;

/** The providers behind Hugging Face's router that this server knows to talk to. */
public enum HuggingfaceRoute {
    NSCALE,
    HF_INFERENCE,
    FAL_AI;

    /** As it stands in URLs and in the configuration: {@code hf-inference}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
