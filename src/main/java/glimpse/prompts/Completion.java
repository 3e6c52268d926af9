package glimpse.prompts;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds what a prompt does not say, chosen by what it is about, in the form that a provider reads best. */
final class Completion {
    private static final int LONGEST = 4_000; // characters that a request to generate a picture takes
    private static final Map<Part, String> WHY = Map.of(
            Part.MEDIUM, "No medium was named; models then choose one by chance.",
            Part.LIGHT, "Light was left open; it makes most of a picture's look.",
            Part.CAMERA, "A lens settles perspective and how much is sharp.",
            Part.COMPOSITION, "Nothing said how near and from where.",
            Part.COLOR, "A palette holds the picture together.",
            Part.MOOD, "A mood settles what the rest leaves open.");

    private final Lexicon lexicon;
    private final PromptParts parts;
    private final List<Lexicon.Setting> settings;
    private final Map<Part, String> added = new EnumMap<>(Part.class);

    /** @param like what a choice between equals depends on, so that the same prompt gets the same answer */
    Completion(PromptParts parts, String like, Lexicon lexicon) {
        this.lexicon = lexicon;
        this.parts = parts;
        this.settings = lexicon.settings(parts.words());
        Set<String> tags = new HashSet<>(parts.tags());
        for (Part part : WHY.keySet().stream().sorted().toList()) {
            boolean wanted = part == Part.CAMERA ? tags.contains("photo") : true;
            if (wanted && !parts.has(part) && !(part == Part.LIGHT && tags.contains("flat"))) {
                choose(part, like, tags);
            }
        }
    }

    private void choose(Part part, String like, Set<String> tags) {
        List<String> options = options(part).stream()
                .filter(option -> lexicon.conflict(tags, tags(option)).isEmpty())
                .toList();
        List<String> photos = options.stream()
                .filter(option -> tags(option).contains("photo"))
                .toList();
        List<String> suitable = part == Part.MEDIUM && parts.has(Part.CAMERA) && !photos.isEmpty() ? photos : options;
        if (!suitable.isEmpty()) {
            int number = Math.floorMod((part + like.toLowerCase(Locale.ROOT)).hashCode(), suitable.size());
            added.put(part, suitable.get(number));
            tags.addAll(tags(suitable.get(number)));
        }
    }

    /** What suits the setting, or else the theme; of either, nothing that a setting rules out. */
    private List<String> options(Part part) {
        List<String> special = settings.stream()
                .flatMap(setting -> setting.options().getOrDefault(part, List.of()).stream())
                .filter(this::isSuited)
                .toList();
        if (!special.isEmpty()) {
            return special;
        }
        boolean anime = parts.tags().contains("anime") && part != Part.COMPOSITION;
        return lexicon.options(anime ? "anime" : parts.theme(), part).stream()
                .filter(option -> isSuited(option) && (part != Part.COLOR || goesWithColors(option)))
                .toList();
    }

    private boolean isSuited(String option) {
        return settings.stream()
                .flatMap(setting -> setting.unsuited().stream())
                .noneMatch(word -> (' ' + option + ' ').contains(' ' + word + ' '));
    }

    // A red dragon is not to be drawn in moss green and gold.
    private boolean goesWithColors(String palette) {
        Set<String> said = parts.colorNames();
        return said.isEmpty() || said.containsAll(lexicon.colorNames(palette));
    }

    private Set<String> tags(String text) {
        return lexicon.find(Word.of(text)).stream()
                .flatMap(found -> found.term().tags().stream())
                .collect(Collectors.toSet());
    }

    /** The prompt with what was missing. */
    String applyTo(String prompt, String form, List<Change> changes) {
        if (added.isEmpty()) {
            return prompt;
        }
        String whole = switch (form) {
            case "keywords" -> prompt.replaceAll("[.\\s]+$", "") + ", " + keywords();
            case "instructions" -> ended(prompt) + ' ' + instructions();
            default -> ended(prompt) + ' ' + sentence();
        };
        if (whole.codePointCount(0, whole.length()) > LONGEST) {
            changes.add(Change.kept("length", "", "The prompt is as long as it may be, so nothing was added."));
            return prompt;
        }
        added.forEach((part, text) -> changes.add(Change.added(part.label(), shown(part), WHY.getOrDefault(part, ""))));
        return whole;
    }

    private static String ended(String prompt) {
        return prompt.matches("(?s).*[.!?。！？]$") ? prompt : prompt + '.';
    }

    private String shown(Part part) {
        String text = added.getOrDefault(part, "").replaceFirst("^(?:a|an|the) ", "");
        return switch (part) {
            case COLOR -> text + " palette";
            case MOOD -> text + " mood";
            default -> text;
        };
    }

    private String keywords() {
        return added.keySet().stream().map(this::shown).collect(Collectors.joining(", "));
    }

    private String instructions() {
        return Stream.of(
                        phrase(Part.MEDIUM, "Make it ", "."),
                        phrase(Part.LIGHT, "Light it with ", "."),
                        phrase(Part.CAMERA, "Use ", "."),
                        phrase(Part.COMPOSITION, "Frame it as ", "."),
                        phrase(Part.COLOR, article("Keep to ", Part.COLOR), " palette."),
                        phrase(Part.MOOD, "Keep the mood ", "."))
                .filter(phrase -> !phrase.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** "This photograph is lit by soft light and framed as a close-up, with a warm palette and a calm mood." */
    private String sentence() {
        String medium = added.getOrDefault(Part.MEDIUM, "");
        List<String> how = present(
                phrase(Part.LIGHT, "lit by ", ""),
                phrase(Part.CAMERA, "shot on ", ""),
                phrase(Part.COMPOSITION, "framed as ", ""));
        List<String> with = present(
                phrase(Part.COLOR, article("", Part.COLOR), " palette"),
                phrase(Part.MOOD, article("", Part.MOOD), " mood"));
        String opening = medium.isEmpty() ? "The scene" : "This " + medium.replaceFirst("^(?:a|an|the) ", "");
        if (!medium.isEmpty() && medium.equals("concept art")) {
            opening = "The concept art";
        }
        if (how.isEmpty() && with.isEmpty()) {
            return "It is " + medium + '.';
        }
        if (how.isEmpty()) {
            return opening + " has " + list(with) + '.';
        }
        return opening + " is " + list(how) + (with.isEmpty() ? "" : ", with " + list(with)) + '.';
    }

    private String phrase(Part part, String before, String after) {
        String text = added.get(part);
        return text == null ? "" : before + text + after;
    }

    private String article(String before, Part part) {
        return before + (added.getOrDefault(part, "").matches("[aeio].*") ? "an " : "a ");
    }

    private static List<String> present(String... phrases) {
        List<String> present = new ArrayList<>(List.of(phrases));
        present.removeIf(String::isEmpty);
        return present;
    }

    private static String list(List<String> all) {
        int last = all.size() - 1;
        return last == 0 ? all.get(0) : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
    }
}
