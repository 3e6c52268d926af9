package glimpse.analytics.measures;

import glimpse.analytics.world.Posts;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How diverse posts are: the entropy of hashtags, authors, models and styles (Shannon 1948), corrected for small samples
 * (Miller 1955), as evenness (Pielou 1966) and as the number of equally common kinds that would be as diverse (Hill 1973).
 */
public final class Entropy implements Measure {
    private static final int FEWEST_POSTS = 10;
    private static final int TOP = 5;
    private static final Method METHOD = Method.of(
                    "Shannon entropy with Miller–Madow correction", "Shannon 1948; Miller 1955; Pielou 1966; Hill 1973")
            .with("minimum_posts", FEWEST_POSTS)
            .with("entropy_bits", "-sum p · log2 p + (categories - 1) / (2 · observations · ln 2)")
            .with("evenness", "min(1, entropy_bits / log2 categories)")
            .with("effective_count", "2^entropy_bits")
            .with("diversity_index", "mean evenness of the dimensions with at least two categories");

    /**
     * Diversity.
     *
     * @param diversityIndex 0 where all is alike, 1 where every kind is as common as the others
     * @param changeVsPrevious against the window before
     */
    public record Diversity(
            List<Dimension> dimensions,
            @Nullable Double diversityIndex,
            @Nullable Double changeVsPrevious) {}

    /**
     * Diversity in one respect.
     *
     * @param observations how often something was told
     * @param categories how many different ones
     * @param evenness entropy as a share of the highest possible
     * @param effectiveCount as many equally common ones would be as diverse; above categories where the correction for small
     *     samples reckons with more than were seen
     */
    public record Dimension(
            String name,
            int observations,
            int categories,
            @Nullable Double entropyBits,
            @Nullable Double evenness,
            @Nullable Double effectiveCount,
            List<Category> top) {}

    /** One kind, and how common it is. */
    public record Category(String name, int count, @Nullable Double share) {}

    @Override
    public Measured<Diversity> of(Question question) {
        View view = question.view();
        boolean enough = view.tally().totalPosts() >= FEWEST_POSTS;
        List<Dimension> dimensions = dimensions(question, view, enough);
        if (!enough) {
            return Measured.insufficient(
                    question,
                    METHOD,
                    FEWEST_POSTS + " posts are needed, and there are "
                            + view.tally().totalPosts(),
                    new Diversity(dimensions, null, null));
        }
        @Nullable Double index = index(dimensions);
        View before = view.before();
        @Nullable
        Double last = before.tally().totalPosts() < FEWEST_POSTS ? null : index(dimensions(question, before, true));
        @Nullable Double change = index == null || last == null ? null : Figure.of(index - last);
        return Measured.ok(
                question,
                METHOD,
                "Diversity is " + Figure.said(index) + " of 1; posts carry "
                        + dimensions.get(0).categories() + " hashtags, by "
                        + dimensions.get(1).categories() + " agents.",
                new Diversity(dimensions, index, change));
    }

    private static @Nullable Double index(List<Dimension> dimensions) {
        return Figure.of(dimensions.stream()
                .map(Dimension::evenness)
                .filter(java.util.Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN));
    }

    private static List<Dimension> dimensions(Question question, View view, boolean enough) {
        Posts posts = view.world().posts();
        int[] tags = new int[view.world().tags().length];
        int[] authors = new int[view.agents().size()];
        int[] models = new int[view.world().models().length];
        int[] styles = new int[view.world().styles().length];
        for (int p = 0; p < posts.size(); p++) {
            if (!view.has(posts.times()[p])) {
                continue;
            }
            authors[posts.authors()[p]]++;
            for (int i = posts.tagStarts()[p]; i < posts.tagStarts()[p + 1]; i++) {
                tags[posts.tags()[i]]++;
            }
            if (posts.models()[p] >= 0) {
                models[posts.models()[p]]++;
            }
            if (posts.styles()[p] >= 0) {
                styles[posts.styles()[p]]++;
            }
        }
        List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(dimension("hashtag", tags, tag -> view.world().tags()[tag], enough));
        dimensions.add(
                dimension("author", authors, author -> question.named(author).name(), enough));
        dimensions.add(dimension("model", models, model -> view.world().models()[model], enough));
        dimensions.add(dimension("style", styles, style -> view.world().styles()[style], enough));
        return dimensions;
    }

    private static Dimension dimension(String name, int[] counts, IntFunction<String> named, boolean enough) {
        int total = IntStream.of(counts).sum();
        int categories = (int) IntStream.of(counts).filter(count -> count > 0).count();
        List<Category> top = IntStream.range(0, counts.length)
                .filter(category -> counts[category] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(category -> -counts[category])
                        .thenComparing(named::apply))
                .limit(TOP)
                .map(category ->
                        new Category(named.apply(category), counts[category], Figure.share(counts[category], total)))
                .toList();
        if (!enough || total == 0) {
            return new Dimension(name, total, categories, null, null, null, top);
        }
        double bits = bits(counts);
        return new Dimension(
                name,
                total,
                categories,
                Figure.of(bits),
                categories < 2 ? null : Figure.of(Math.min(1, bits / log2(categories))),
                Figure.of(Math.pow(2, bits)),
                top);
    }

    /** Entropy in bits, corrected by (kinds - 1) / (2 · count · ln 2). */
    static double bits(int[] counts) {
        double total = IntStream.of(counts).sum();
        double bits = 0;
        int categories = 0;
        for (int count : counts) {
            if (count > 0) {
                categories++;
                bits -= count / total * log2(count / total);
            }
        }
        return total == 0 ? 0 : bits + (categories - 1) / (2 * total * Math.log(2));
    }

    static double log2(double number) {
        return Math.log(number) / Math.log(2);
    }
}
