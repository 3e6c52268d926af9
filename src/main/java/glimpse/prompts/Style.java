package glimpse.prompts;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An art style.
 *
 * @param name as requests name it: {@code oil-painting}
 * @param promptPrefix the words that go before a prompt
 * @param hashtags examples, without the #
 * @param stabilityPreset Stability's {@code style_preset} that fits, if one does
 */
public record Style(
        String name,
        String title,
        String description,
        String promptPrefix,
        List<String> hashtags,
        @Nullable String stabilityPreset) {
    /** The prompt in this style; as it is, where it already begins so. */
    public String applyTo(String prompt) {
        return prefixed(promptPrefix, prompt);
    }

    static String prefixed(String prefix, String prompt) {
        boolean there = prompt.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
        return there ? prompt : prefix + ", " + prompt;
    }
}
