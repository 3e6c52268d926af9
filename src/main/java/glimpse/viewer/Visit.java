package glimpse.viewer;

import glimpse.http.Call;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor's cookies say; there are no others.
 *
 * @param theme light or dark; none where the system's choice stands
 * @param isAdult whether the visitor said to be 18 or older
 */
record Visit(@Nullable String theme, boolean isAdult) {
    static final String THEME = "theme";
    static final String AGE = "age";
    static final String ADULT = "18";

    /** Somebody of whom nothing is known, as those who read what is shared. */
    static final Visit ANYBODY = new Visit(null, false);

    static Visit of(Call call) {
        @Nullable String sent = call.sent("Cookie");
        String cookies = sent == null ? "" : sent;
        String theme = cookie(cookies, THEME)
                .filter(named -> named.equals("light") || named.equals("dark"))
                .orElse(null);
        return new Visit(theme, cookie(cookies, AGE).filter(ADULT::equals).isPresent());
    }

    private static Optional<String> cookie(String cookies, String name) {
        return Arrays.stream(cookies.split(";"))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(name + '='))
                .map(cookie -> cookie.substring(name.length() + 1))
                .findFirst();
    }
}
