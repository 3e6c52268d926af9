package glimpse.prompts;

import java.util.ArrayList;
import java.util.List;

/**
 * How well a prompt says what it wants: 0 to 100.
 *
 * @param components what the numbers are made of
 */
record Score(int before, int after, List<Component> components) {
    /** One of the things that are looked at. */
    record Component(String name, int before, int after, int max, String why) {}

    /** Of a prompt as it was and as it is; what can't be judged in a language that is not known is left out. */
    static Score of(PromptParts before, int disturbing, PromptParts after, int stillDisturbing) {
        List<Component> all = new ArrayList<>();
        add(all, "subject", 25, subject(before), subject(after), "what the picture is of");
        add(all, "specificity", 10, specific(before), specific(after), "how much is said of it");
        if (after.isEnglish()) {
            add(all, "medium", 12, before, after, Part.MEDIUM, "photograph, painting, render");
            add(all, "light", 13, before, after, Part.LIGHT, "where the light comes from, and how hard it is");
            add(all, "composition", 12, before, after, Part.COMPOSITION, "how near, from where, how framed");
            add(all, "color", 10, before, after, Part.COLOR, "a palette, rather than the color of one thing");
            add(all, "mood", 8, before, after, Part.MOOD, "how it should feel");
        }
        add(
                all,
                "clarity",
                10,
                clear(disturbing),
                clear(stillDisturbing),
                "nothing contradicts, repeats or only fills");
        int max = all.stream().mapToInt(Component::max).sum();
        return new Score(
                100 * all.stream().mapToInt(Component::before).sum() / max,
                100 * all.stream().mapToInt(Component::after).sum() / max,
                all);
    }

    private static void add(
            List<Component> all, String name, int max, PromptParts before, PromptParts after, Part part, String why) {
        add(all, name, max, before.has(part) ? max : 0, after.has(part) ? max : 0, why);
    }

    private static void add(List<Component> all, String name, int max, int before, int after, String why) {
        all.add(new Component(name, before, after, max, why));
    }

    private static int subject(PromptParts parts) {
        return parts.subject().isEmpty() ? 0 : 25;
    }

    private static int clear(int disturbing) {
        return Math.max(0, 10 - 2 * disturbing);
    }

    private static int specific(PromptParts parts) {
        return Math.min(10, 2 * parts.ownWords().size());
    }
}
