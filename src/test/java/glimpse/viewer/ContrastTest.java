package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every text can be read in the light of every picture: the tokens of the style sheet, at all hues, in both themes. */
class ContrastTest {
    private static final String NUMBER = "([\\d.]+|calc\\(var\\(--c\\)\\*([\\d.]+)\\))";
    private static final String COLOR = "oklch\\(([\\d.]+) " + NUMBER + " (var\\(--h\\)|\\d+)\\)";
    private static final Pattern TOKEN = Pattern.compile("--([a-z]+):light-dark\\(" + COLOR + "," + COLOR + "\\)");
    private static final double[] CHROMAS = {0.02, 0.07, 0.12};

    /** A colour that depends on the page's light. */
    private record Token(double lightness, double fixedChroma, double chromaFactor, double hue) {
        static Token of(Matcher found, int from) {
            boolean isFixed = found.group(from + 2) == null;
            return new Token(
                    Double.parseDouble(found.group(from)),
                    isFixed ? Double.parseDouble(found.group(from + 1)) : 0,
                    isFixed ? 0 : Double.parseDouble(found.group(from + 2)),
                    found.group(from + 3).startsWith("var") ? -1 : Double.parseDouble(found.group(from + 3)));
        }

        double luminance(int pageHue, double pageChroma) {
            double angle = Math.toRadians(hue < 0 ? pageHue : hue);
            double chroma = fixedChroma + chromaFactor * pageChroma;
            double a = chroma * Math.cos(angle);
            double b = chroma * Math.sin(angle);
            double l = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
            double m = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
            double s = Math.pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
            double red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
            double green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
            double blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        }

        private static double clip(double linear) {
            return Math.max(0, Math.min(1, linear));
        }
    }

    @Test
    void text_is_readable_at_each_of_360_hues_in_both_themes() throws IOException {
        Map<String, List<Token>> tokens = tokens();
        assertThat(tokens).containsKeys("wall", "panel", "line", "ink", "soft", "lit", "ok", "warn");
        List<String> tooLow = new ArrayList<>();
        for (String text : List.of("ink", "soft", "lit", "ok", "warn")) {
            for (String ground : List.of("wall", "panel")) {
                for (int theme = 0; theme < 2; theme++) {
                    double worst = worst(token(tokens, text, theme), token(tokens, ground, theme));
                    if (worst < (text.equals("ink") ? 7 : 4.5)) {
                        tooLow.add("%s on %s, theme %d: %.2f".formatted(text, ground, theme, worst));
                    }
                }
            }
        }
        assertThat(tooLow).isEmpty();
    }

    private static Token token(Map<String, List<Token>> tokens, String name, int theme) {
        return Objects.requireNonNull(tokens.get(name), name).get(theme);
    }

    private static double worst(Token text, Token ground) {
        double worst = 21;
        for (int hue = 0; hue < 360; hue++) {
            for (double chroma : CHROMAS) {
                double one = text.luminance(hue, chroma);
                double other = ground.luminance(hue, chroma);
                worst = Math.min(worst, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05));
            }
        }
        return worst;
    }

    private static Map<String, List<Token>> tokens() throws IOException {
        String css = Files.readString(Path.of("src/main/resources/viewer/app.css"));
        Map<String, List<Token>> tokens = new TreeMap<>();
        for (Matcher found = TOKEN.matcher(css); found.find(); ) {
            tokens.put(found.group(1), List.of(Token.of(found, 2), Token.of(found, 6)));
        }
        return tokens;
    }
}
