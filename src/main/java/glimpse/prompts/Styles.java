package glimpse.prompts;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The art styles that a request can name. */
public final class Styles {
    private final List<Style> all = Resource.read("styles.json", new TypeReference<>() {});
    private final Map<String, Style> byName =
            all.stream().collect(Collectors.toUnmodifiableMap(Style::name, Function.identity()));

    public List<Style> all() {
        return all;
    }

    /** A style by its name, or by its title: {@code oil-painting}, {@code Oil painting}. */
    public Optional<Style> find(String name) {
        return Optional.ofNullable(
                byName.get(name.strip().toLowerCase(Locale.ROOT).replaceAll("[ _]+", "-")));
    }

    /** The prompt in a style: a known name stands for its prefix, other words go before the prompt as they are. */
    public String prefixed(@Nullable String style, String prompt) {
        if (style == null || style.isBlank()) {
            return prompt;
        }
        return find(style)
                .map(known -> known.applyTo(prompt))
                .orElseGet(() -> Style.prefixed(style.strip().replaceAll("[,\\s]+$", ""), prompt));
    }
}
