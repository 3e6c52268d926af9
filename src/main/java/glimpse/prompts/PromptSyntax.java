package glimpse.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What other tools write into prompts and providers do not read: flags, weights, tags, links. */
final class PromptSyntax {
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cc}\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff&&[^\\n\\t]]");
    private static final Pattern ENGINE = Pattern.compile(
            "<sd_cpp_extra_args>.*?</sd_cpp_extra_args>|</?sd_cpp_extra_args>",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern LORA =
            Pattern.compile("<(?:lora|lyco|hypernet|embedding):[^<>]{1,200}>", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKUP =
            Pattern.compile("</?(?!(?:lora|lyco|hypernet|embedding):)[a-z!][^<>]{0,200}>", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK =
            Pattern.compile("\\b(?:https?://|www\\.)[^\\s,<>\"]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern SAVED = Pattern.compile("(?m)^Steps: \\d+.*$");
    private static final Pattern SAVED_SEED = Pattern.compile("\\bSeed: (\\d{1,18})\\b");
    private static final Pattern NEGATIVE = Pattern.compile("(?im)\\bnegative prompt:\\s*(.*)$");
    private static final Pattern FLAG =
            Pattern.compile("(?<![\\p{L}\\p{N}])(?:--|—)(\\p{Lower}+)((?:\\s+(?!--|—)[^\\s,]+)?)");
    private static final Pattern NO_FLAG =
            Pattern.compile("(?<![\\p{L}\\p{N}])(?:--|—)no\\s+(.*?)(?=\\s(?:--|—)|$)", Pattern.DOTALL);
    private static final Set<String> SWITCHES = Set.of("tile", "raw", "hd", "fast", "turbo", "relax", "draft", "video");
    private static final Set<String> FLAGS = Set.of(
            "ar",
            "aspect",
            "seed",
            "v",
            "version",
            "niji",
            "s",
            "stylize",
            "q",
            "quality",
            "c",
            "chaos",
            "w",
            "weird",
            "style",
            "sref",
            "cref",
            "oref",
            "iw",
            "sw",
            "cw",
            "ow",
            "stop",
            "p",
            "profile",
            "r",
            "repeat",
            "exp",
            "bs",
            "motion",
            "test",
            "testp",
            "uplight",
            "creative");
    private static final Pattern RATIO = Pattern.compile("(\\d{1,4}(?:\\.\\d+)?)[:/x](\\d{1,4}(?:\\.\\d+)?)");
    private static final Pattern SAID_RATIO = Pattern.compile(
            "\\b(?:(?:in|with)\\s+)?(?:an?\\s+)?(?:aspect ratio(?: of)?:?\\s*(\\d{1,2}:\\d{1,2})|(\\d{1,2}:\\d{1,2})\\s+(?:aspect ratio|aspect|ratio|format))\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PARTS = Pattern.compile("\\s*::\\s*-?\\d*(?:\\.\\d+)?[ ,]*");
    private static final Pattern WEIGHT =
            Pattern.compile("\\(([^()]{1,400}?):\\s*(?:[01]?\\.\\d+|[12](?:\\.\\d+)?)\\)");
    private static final List<Pattern> EMPHASIS = List.of(
            Pattern.compile("\\({2,}([^()]{1,400})\\){2,}"),
            Pattern.compile("\\{{2,}([^{}]{1,400})}{2,}"),
            Pattern.compile("\\[+([^\\[\\]:|]{1,400})]+"),
            Pattern.compile("(?<=^|, )\\(([^()]{1,400})\\)(?=,|$)"),
            Pattern.compile("(?<=^|, )\\{([^{}|]{1,400})}(?=,|$)"));
    private static final Pattern BREAK = Pattern.compile("\\s*\\bBREAK\\b\\s*");

    private static final String NO_FLAGS = "Flags are Midjourney's; here this is drawn as text, or ignored.";
    private static final String NO_WEIGHTS = "This provider reads no weights: brackets and numbers would only disturb.";

    private final List<Change> changes;
    private final List<String> negatives = new ArrayList<>();
    private String text;
    private @Nullable String ratio;
    private @Nullable Long seed;

    /** @param readsWeights whether the provider reads weights and LoRA tags */
    PromptSyntax(String prompt, boolean readsWeights, List<Change> changes) {
        this.text = Word.legible(prompt).replace("\r\n", "\n");
        this.changes = changes;
        remove(INVISIBLE, "Characters that nobody sees have no place in a prompt.");
        remove(ENGINE, "It would change how the engine runs, which is not a prompt's to decide.");
        if (!readsWeights) {
            remove(LORA, "This provider reads no LoRA tags; it would take them for words.");
        }
        remove(MARKUP, "Markup is no part of a picture.");
        remove(LINK, "No provider opens links in a prompt; describe what they show.");
        each(SAVED, this::saved);
        each(NEGATIVE, this::negative);
        each(NO_FLAG, this::negative);
        each(FLAG, this::flag);
        each(SAID_RATIO, said -> ratio(said.group(), said.group(1) == null ? said.group(2) : said.group(1)));
        if (!readsWeights) {
            weights();
        }
        each(PARTS, found -> {
            changes.add(Change.removed("syntax", found.group().strip(), NO_WEIGHTS));
            return ", ";
        });
        tidy();
    }

    private void remove(Pattern pattern, String why) {
        each(pattern, found -> {
            changes.add(Change.removed("syntax", found.group().strip(), why));
            return " ";
        });
    }

    private void each(Pattern pattern, Function<MatchResult, String> replacement) {
        text = pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found)));
    }

    private String saved(MatchResult line) {
        var said = SAVED_SEED.matcher(line.group());
        if (said.find()) {
            seed = Long.valueOf(said.group(1));
        }
        changes.add(Change.removed("syntax", line.group(), "Settings that an engine saved are no part of a picture."));
        return "";
    }

    private String negative(MatchResult found) {
        negatives.add(found.group(1).strip());
        return "";
    }

    private String flag(MatchResult flag) {
        String name = flag.group(1);
        String value = flag.group(2).strip();
        if (SWITCHES.contains(name)) {
            changes.add(Change.removed("syntax", "--" + name, NO_FLAGS));
            return flag.group(2);
        }
        if (!FLAGS.contains(name)) {
            return flag.group();
        }
        if (name.equals("ar") || name.equals("aspect")) {
            return ratio(flag.group().strip(), value);
        }
        if (name.equals("seed") && value.matches("\\d{1,18}")) {
            seed = Long.valueOf(value);
            return "";
        }
        changes.add(Change.removed("syntax", flag.group().strip(), NO_FLAGS));
        return "";
    }

    private String ratio(String said, String value) {
        var numbers = RATIO.matcher(value);
        if (!numbers.matches()
                || Double.parseDouble(numbers.group(2)) == 0
                || Double.parseDouble(numbers.group(1)) == 0) {
            changes.add(Change.removed("syntax", said, "This is no shape that a picture can have."));
            return "";
        }
        double wanted = Math.log(Double.parseDouble(numbers.group(1)) / Double.parseDouble(numbers.group(2)));
        String nearest = nearest(wanted);
        ratio = nearest;
        changes.add(Change.moved(
                "aspect_ratio",
                said,
                nearest.equals(value)
                        ? "The shape of a picture is a parameter."
                        : "The shape of a picture is a parameter; " + nearest
                                + " is the nearest that all providers have."));
        return "";
    }

    private static String nearest(double wanted) {
        return List.of("1:1", "3:2", "2:3", "16:9", "9:16", "4:5", "5:4", "21:9").stream()
                .min((a, b) -> Double.compare(Math.abs(logarithm(a) - wanted), Math.abs(logarithm(b) - wanted)))
                .orElseThrow();
    }

    private static double logarithm(String ratio) {
        String[] sides = ratio.split(":", -1);
        return Math.log(Double.parseDouble(sides[0]) / Double.parseDouble(sides[1]));
    }

    private void weights() {
        for (String before = ""; !before.equals(text); ) {
            before = text;
            each(WEIGHT, this::unweighted);
        }
        for (Pattern pattern : EMPHASIS) {
            each(pattern, this::unweighted);
        }
        each(BREAK, found -> ", ");
    }

    private String unweighted(MatchResult found) {
        changes.add(Change.removed("syntax", found.group(), NO_WEIGHTS));
        return found.group(1);
    }

    private void tidy() {
        text = text.replaceAll("[ \\t\\u00a0]+", " ")
                .replaceAll(" *\\n[ \\n]*", "\n")
                .replaceAll(" +(?=[,;.!?](?:\\s|$))", "")
                .replaceAll(",(?:\\s*,)++", ",")
                .replaceAll("^[\\s,;]+|[\\s,;]+$", "");
    }

    /** The prompt without all that; may be empty. */
    String text() {
        return text;
    }

    /** What the picture should not show, as far as it was said in one of the usual forms. */
    List<String> negatives() {
        return negatives;
    }

    @Nullable
    String ratio() {
        return ratio;
    }

    @Nullable
    Long seed() {
        return seed;
    }
}
