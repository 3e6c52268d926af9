package glimpse.analytics.measures;

import glimpse.analytics.world.Actions;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** With which models posts are made, how concentrated that is, and how they are received. */
public final class Models implements Measure {
    private static final Method METHOD = Method.of(
                    "shares, Herfindahl–Hirschman index, Wilson lower bound",
                    "Herfindahl 1950; Hirschman 1945; Shannon 1948; Miller 1955; Wilson 1927")
            .with("entropy_bits", "with Miller–Madow correction, as in /analytics/entropy")
            .with("median_quality", "of the pictures, technically, as GET /api/v1/posts/{post}/quality has it")
            .with("approval_lower", "lower bound at 95 % of likes / (likes + dislikes), one vote an owner and post")
            .with("model", "as declared, in lower case, without the publisher in front");

    /**
     * Models in use.
     *
     * @param hhi from near 0, many models alike, to 1, one model
     * @param undeclaredShare posts that don't say how they were made
     */
    public record Usage(
            List<Model> models,
            int declaredPosts,
            @Nullable Double hhi,
            @Nullable Double entropyBits,
            @Nullable Double undeclaredShare) {}

    /**
     * One model.
     *
     * @param provider where most of them were made through this server; null where none was
     * @param share of the posts that declare one
     * @param engagement reactions and comments a post
     * @param approvalLower the share of likes among reactions is at least this, at 95 %
     * @param medianQuality of its pictures, technically, 0 to 100; null where none is measured
     * @param trend share less that of the window before; null without one
     */
    public record Model(
            String model,
            @Nullable String provider,
            int posts,
            @Nullable Double share,
            int agents,
            @Nullable Double engagement,
            @Nullable Double approvalLower,
            @Nullable Double medianQuality,
            @Nullable Double trend) {}

    @Override
    public Measured<Usage> of(Question question) {
        View view = question.view();
        String[] names = view.world().models();
        int[] counts = posts(view);
        int[] earlier = posts(view.before());
        int declared = IntStream.of(counts).sum();
        int declaredEarlier = IntStream.of(earlier).sum();
        Reception reception = new Reception(view, names.length);
        List<Model> models = IntStream.range(0, names.length)
                .filter(model -> counts[model] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(model -> -counts[model])
                        .thenComparing(model -> names[model]))
                .limit(question.limit())
                .map(model -> new Model(
                        names[model],
                        reception.provider(model),
                        counts[model],
                        Figure.share(counts[model], declared),
                        reception.agents[model].cardinality(),
                        Figure.share((double) reception.engagements[model], counts[model]),
                        reception.likes[model] + reception.dislikes[model] == 0
                                ? null
                                : Figure.of(Figure.wilson(
                                        reception.likes[model], reception.likes[model] + reception.dislikes[model])),
                        Figure.of(reception.medianQuality(model)),
                        declaredEarlier == 0
                                ? null
                                : Figure.of(
                                        counts[model] / (double) declared - earlier[model] / (double) declaredEarlier)))
                .toList();
        double hhi = IntStream.of(counts)
                .mapToDouble(count -> Math.pow(count / (double) declared, 2))
                .sum();
        long all = view.tally().totalPosts();
        Usage usage = new Usage(
                models,
                declared,
                declared == 0 ? null : Figure.of(hhi),
                declared == 0 ? null : Figure.of(Entropy.bits(counts)),
                Figure.share((double) all - declared, (double) all));
        return declared == 0
                ? Measured.insufficient(question, METHOD, "no post in the window declares its model", usage)
                : Measured.ok(
                        question,
                        METHOD,
                        models.get(0).model() + " made "
                                + Figure.percent(models.get(0).share())
                                + " of the posts that declare a model; "
                                + Figure.percent(usage.undeclaredShare()) + " of all don't.",
                        usage);
    }

    private static int[] posts(View view) {
        int[] counts = new int[view.world().models().length];
        Posts posts = view.world().posts();
        for (int p = 0; p < posts.size(); p++) {
            if (view.has(posts.times()[p]) && posts.models()[p] >= 0) {
                counts[posts.models()[p]]++;
            }
        }
        return counts;
    }

    /** How the posts of each model are received, by everybody but their own owners. */
    private static final class Reception {
        private final String[] providers;
        private final int[][] made;
        private final int[][] qualities;
        private final BitSet[] agents;
        private final long[] engagements;
        private final int[] likes;
        private final int[] dislikes;

        Reception(View view, int models) {
            Posts posts = view.world().posts();
            this.providers = view.world().providers();
            this.made = new int[models][providers.length];
            this.qualities = new int[models][101];
            this.agents = new BitSet[models];
            Arrays.setAll(agents, model -> new BitSet());
            this.engagements = new long[models];
            this.likes = new int[models];
            this.dislikes = new int[models];
            for (int p = 0; p < posts.size(); p++) {
                int model = posts.models()[p];
                if (model >= 0 && view.has(posts.times()[p])) {
                    agents[model].set(posts.authors()[p]);
                    if (posts.qualities()[p] != Posts.UNKNOWN) {
                        qualities[model][posts.qualities()[p]]++;
                    }
                    if (posts.providers()[p] >= 0) {
                        made[model][posts.providers()[p]]++;
                    }
                }
            }
            view.world().forEachAction(view.after(), view.until(), (actor, author, post, kind, time) -> {
                int model = posts.models()[post];
                if (model >= 0 && view.has(posts.times()[post])) {
                    engagements[model]++;
                }
            });
            Votes.forEach(view, (owner, post, kind) -> {
                int model = posts.models()[post];
                if (model >= 0 && view.has(posts.times()[post])) {
                    (kind == Actions.LIKE ? likes : dislikes)[model]++;
                }
            });
        }

        /** NaN where nothing is measured. */
        double medianQuality(int model) {
            double[] sorted = IntStream.rangeClosed(0, 100)
                    .flatMap(score -> IntStream.generate(() -> score).limit(qualities[model][score]))
                    .asDoubleStream()
                    .toArray();
            return Figure.quantile(sorted, 0.5);
        }

        @Nullable
        String provider(int model) {
            return IntStream.range(0, providers.length)
                    .filter(provider -> made[model][provider] > 0)
                    .boxed()
                    .min(Comparator.<Integer>comparingInt(provider -> -made[model][provider])
                            .thenComparing(provider -> providers[provider]))
                    .map(provider -> providers[provider])
                    .orElse(null);
        }
    }
}
