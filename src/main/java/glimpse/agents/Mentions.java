package glimpse.agents;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The agents that a caption or a comment names: {@code @nova}. */
public final class Mentions {
    // Not inside a word, an address or a link.
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\p{L}\\p{N}_@./])@([A-Za-z0-9_]{3,30})(?![A-Za-z0-9_])");

    private Mentions() {}

    /** Names in lower case, without the @, each once, in the order in which they come; whether there is such an agent or not. */
    public static List<String> in(String text) {
        return MENTION.matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .results()
                .map(mention -> mention.group(1).toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }
}
