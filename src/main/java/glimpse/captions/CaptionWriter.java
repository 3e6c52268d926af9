package glimpse.captions;

import com.fasterxml.jackson.core.type.TypeReference;
import glimpse.prompts.Lexicon;
import glimpse.prompts.Part;
import glimpse.prompts.Resource;
import glimpse.prompts.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes captions, alternative texts and the words that make hashtags: the same for the same scene. */
final class CaptionWriter {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
    private static final String PLAIN = "{Subject}.";
    private static final Pattern TAG = Pattern.compile("(?=[\\p{N}_]*\\p{L})[\\p{L}\\p{M}\\p{N}_]{2,40}");
    private static final int LONGEST_ALT_TEXT = 300;
    private static final int LONGEST_TAG = 16; // of words that say how a picture was made
    private static final Map<String, String> TAG_OF_THEME = Map.of(
            "person",
            "portrait",
            "animal",
            "animals",
            "food",
            "food",
            "space",
            "space",
            "fantasy",
            "fantasy",
            "machine",
            "machines",
            "city",
            "architecture",
            "nature",
            "nature",
            "design",
            "design");

    private final Map<String, List<String>> tones = Resource.read("tones.json", new TypeReference<>() {});
    private final Lexicon lexicon;

    CaptionWriter(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** The tones there are, in alphabetical order. */
    List<String> tones() {
        return tones.keySet().stream().sorted().toList();
    }

    /**
     * Captions, each another; fewer where there is less to say.
     *
     * @param tone one of {@link #tones}; all in turn when missing
     */
    List<String> captions(Scene scene, @Nullable Palette palette, @Nullable String tone, int count) {
        Map<String, String> words = words(scene, palette);
        if (!scene.isEnglish()) {
            return List.of(fill(PLAIN, words));
        }
        List<List<String>> fitting = (tone == null ? tones() : List.of(tone))
                .stream()
                        .map(name -> tones.getOrDefault(name, List.of()).stream()
                                .filter(template -> isFilled(template, words))
                                .toList())
                        .toList();
        // Without a tone, each caption is in another; which comes first depends on what is shown.
        int start = Math.floorMod(scene.subject().hashCode(), 997);
        Set<String> captions = new LinkedHashSet<>();
        for (int i = 0; captions.size() < count && i < 40; i++) {
            List<String> templates = fitting.get((start + i) % fitting.size());
            captions.add(fill(
                    templates.isEmpty() // a sentence of its own leaves little to add
                            ? PLAIN
                            : templates.get((start + i / fitting.size()) % templates.size()),
                    words));
        }
        return List.copyOf(captions);
    }

    private static Map<String, String> words(Scene scene, @Nullable Palette palette) {
        Map<String, String> words = new HashMap<>();
        String subject = scene.subject();
        if (subject.isEmpty()) {
            subject = palette == null ? "an untitled picture" : "a study in " + palette.color();
        }
        words.put("subject", subject);
        words.put("Subject", Phrase.capitalized(subject));
        put(words, "Medium", scene.medium());
        put(words, "light", scene.light());
        put(words, "mood", scene.mood());
        put(words, "Mood", scene.mood() == null ? null : Phrase.capitalized(scene.mood()));
        if (palette != null && !subject.startsWith("a study in")) {
            words.put("Color", "Mostly " + palette.color());
            words.put("color", "mostly " + palette.color());
        }
        return words;
    }

    private static void put(Map<String, String> words, String name, @Nullable String text) {
        if (text != null) {
            words.put(name, text);
        }
    }

    private static boolean isFilled(String template, Map<String, String> words) {
        return SLOT.matcher(template).results().allMatch(slot -> words.containsKey(slot.group(1)))
                && (template.startsWith("{Subject}.") || !Phrase.isSentence(words.getOrDefault("subject", "")))
                && !(template.contains("a {mood}")
                        && words.getOrDefault("mood", "").matches("[aeio].*"));
    }

    private static String fill(String template, Map<String, String> words) {
        return SLOT.matcher(template)
                .replaceAll(slot -> Matcher.quoteReplacement(words.getOrDefault(slot.group(1), "")));
    }

    /** What is to be seen, in at most 300 characters, for whoever can't see it. */
    String altText(Scene scene, @Nullable Palette palette) {
        Map<String, String> words = words(scene, palette);
        String subject = words.getOrDefault("subject", "");
        StringBuilder text = new StringBuilder();
        String medium = scene.medium();
        if (medium == null) {
            text.append(Phrase.capitalized(subject));
        } else {
            text.append(medium).append(" of ").append(subject);
        }
        String light = scene.light();
        if (light != null) {
            text.append(", ").append(light);
        }
        text.append('.');
        if (palette != null && !scene.subject().isEmpty()) {
            String brightness = palette.brightness();
            text.append(" Mostly ")
                    .append(palette.color())
                    .append(brightness == null ? "" : ", " + brightness + " overall")
                    .append('.');
        }
        return text.length() <= LONGEST_ALT_TEXT ? text.toString() : Phrase.capitalized(subject) + '.';
    }

    /** Words of a scene that could be hashtags, the most telling first. */
    List<String> tagWords(Scene scene) {
        Set<String> words = new LinkedHashSet<>();
        String subject = scene.subject();
        for (Word word : Word.of(subject)) {
            String written = subject.substring(word.start(), word.end());
            boolean name = word.start() > 0 && Character.isUpperCase(written.codePointAt(0));
            if (lexicon.isThing(word.plain()) || name) {
                add(words, written);
            }
        }
        String theme = TAG_OF_THEME.get(scene.parts().theme());
        if (theme != null) {
            add(words, theme);
        }
        String mood = scene.mood();
        if (mood != null) {
            add(words, mood);
        }
        for (Part part : List.of(Part.MEDIUM, Part.LIGHT)) {
            scene.parts().found(part).stream()
                    .filter(text -> text.length() <= LONGEST_TAG)
                    .limit(2)
                    .forEach(text -> add(words, text.replaceFirst("(?i)^at ", "")));
        }
        return new ArrayList<>(words);
    }

    private static void add(Set<String> words, String text) {
        String tag = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N}_]", "");
        if (TAG.matcher(tag).matches()) {
            words.add(tag);
        }
    }
}
