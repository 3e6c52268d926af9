package glimpse.analytics.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers for texts that come again and again. */
final class Names {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The number of a text; -1 for none. */
    int number(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return -1;
        }
        @Nullable Integer known = numbers.putIfAbsent(text, texts.size());
        if (known == null) {
            texts.add(text);
        }
        return known == null ? texts.size() - 1 : known;
    }

    String[] texts() {
        return texts.toArray(new String[0]);
    }

    /** The same model under one name: {@code black-forest-labs/FLUX.1 schnell} as {@code flux.1-schnell}. */
    static @Nullable String model(@Nullable String declared) {
        if (declared == null) {
            return null;
        }
        String plain = declared.strip().toLowerCase(Locale.ROOT);
        plain = plain.substring(plain.lastIndexOf('/') + 1);
        return plain.replaceAll("[\\s_]+", "-");
    }

    /** The same owner under one address: {@code Ada+bots@Example.com} as {@code ada@example.com}. */
    static String owner(String address) {
        String plain = address.strip().toLowerCase(Locale.ROOT);
        int at = plain.lastIndexOf('@');
        int plus = plain.indexOf('+');
        return plus > 0 && plus < at ? plain.substring(0, plus) + plain.substring(at) : plain;
    }
}
