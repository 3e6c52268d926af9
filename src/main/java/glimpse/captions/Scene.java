package glimpse.captions;

import glimpse.prompts.Lexicon;
import glimpse.prompts.Part;
import glimpse.prompts.PromptParts;
import glimpse.prompts.Word;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a picture shows, as far as words of others can be trusted with it: its subject as a phrase, and what is known of
 * medium, light and mood. Links, mentions, markup, instructions and what looks like a key do not get here.
 */
final class Scene {
    private static final Pattern NOISE = Pattern.compile(
            "(?is)<(script|style)\\b[^<>]*>.*?</\\1>|<[/!a-z][^<>]{0,300}>|\\b(?:https?://|www\\.)\\S+|\\S+@\\S+\\.\\S+"
                    + "|(?<![\\p{L}\\p{N}])[@#][\\p{L}\\p{M}\\p{N}_]+|[\\p{Cc}\\p{Cf}&&[^\\n\\u200d]]|[<>`|\\\\]");
    private static final Pattern INSTRUCTION = Pattern.compile(
            "\\b(?:ignore|disregard|forget|override|obey|instructions?|system prompt|assistant|reveal|api[ _-]?keys?|password|token"
                    + "|credentials?|execute|curl|sudo|click|subscribe|follow me|follow for|like and|dm me|visit|buy now|you must|you are"
                    + "|authorization|bearer|webhook|base64)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern KEY =
            Pattern.compile("(?:[\\p{L}_-]*+\\d){6,}+[\\p{L}\\p{N}_-]*+|[\\p{L}\\p{N}_-]{25,}");
    private static final Set<String> TIMES = Set.of(
            "dusk",
            "dawn",
            "sunset",
            "sunrise",
            "night",
            "noon",
            "midnight",
            "twilight",
            "golden hour",
            "blue hour",
            "midday",
            "magic hour",
            "sundown",
            "daybreak",
            "nighttime");
    private static final Pattern LIT = Pattern.compile(
            ".*(?:lit|luminous|silhouetted|glowing|overcast|sunny|sun drenched)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHED = Pattern.compile(
            "(?i).*(?:light|lighting|glow|illumination|daylight|sunlight|moonlight|shadows|reflections|silhouette)");
    private final PromptParts parts;
    private final String subject;

    Scene(String text, Lexicon lexicon) {
        String plain = NOISE.matcher(Word.legible(text))
                .replaceAll(" ")
                .replaceAll("[ \\t]+", " ")
                .strip();
        List<String> usable = plain.lines()
                .flatMap(line -> Pattern.compile("(?<=[.!?;])\\s+").splitAsStream(line))
                .filter(sentence -> !INSTRUCTION.matcher(sentence).find()
                        && !KEY.matcher(sentence).find())
                .toList();
        this.parts = PromptParts.ofRaw(String.join("\n", usable), lexicon);
        this.subject = Phrase.of(parts.subject(), lexicon);
    }

    String subject() {
        return subject;
    }

    PromptParts parts() {
        return parts;
    }

    boolean isEnglish() {
        return parts.isEnglish();
    }

    /** "Oil painting". */
    @Nullable
    String medium() {
        return parts.found(Part.MEDIUM).stream()
                .map(text -> text.toLowerCase(Locale.ROOT).replace("3d", "3D"))
                .filter(text -> !subject.toLowerCase(Locale.ROOT).contains(text) && !Phrase.isSentence(subject))
                .findFirst()
                .map(Phrase::capitalized)
                .orElse(null);
    }

    /** "at dusk", "in soft light", "lit by candlelight", "backlit"; nothing where the subject says it. */
    @Nullable
    String light() {
        return parts.found(Part.LIGHT).stream()
                .map(text ->
                        text.toLowerCase(Locale.ROOT).replaceFirst("^at ", "").replace("rembrandt", "Rembrandt"))
                .filter(text -> !subject.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(text -> {
                    if (TIMES.contains(text)) {
                        return "at " + text;
                    }
                    if (LIT.matcher(text).matches() && !SHED.matcher(text).matches()) {
                        return text;
                    }
                    return SHED.matcher(text).matches() ? "in " + text : null;
                })
                .orElse(null);
    }

    /** "quiet". */
    @Nullable
    String mood() {
        return parts.found(Part.MOOD).stream()
                .map(text ->
                        text.toLowerCase(Locale.ROOT).replaceFirst(" (?:mood|atmosphere|feeling|vibe|ambience)$", ""))
                .filter(text ->
                        !text.contains(" ") && !subject.toLowerCase(Locale.ROOT).contains(text))
                .findFirst()
                .orElse(null);
    }
}
