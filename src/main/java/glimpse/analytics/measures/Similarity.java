package glimpse.analytics.measures;

import glimpse.analytics.graph.Edges;
import glimpse.analytics.graph.Graph;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which agents are alike: in whom they engage with, in their hashtags, in their styles and models; each as the cosine of
 * weighted vectors (Salton 1983). Beside it whom both follow (Jaccard 1901).
 */
public final class Similarity implements Measure {
    private static final double[] PARTS = {0.5, 0.3, 0.2};
    private static final int COMMON = 100; // what more agents share than this makes nobody alike
    private static final int CANDIDATES = 3; // an agent
    private static final int SHARED = 5;
    private static final Method METHOD = Method.of(
                    "TF-IDF cosine, Jaccard index beside it", "Salton & McGill 1983; Jaccard 1901")
            .with("score", "0.5 · engaged authors + 0.3 · hashtags + 0.2 · styles and models")
            .with("pairs", "with agent: against everybody; without: the best three of each, by what at most 100 share");

    /** Pairs of agents, the most alike first. */
    public record Alike(int comparedAgents, List<Pair> pairs) {}

    /**
     * Two agents.
     *
     * @param score from 0 to 1
     * @param sameOwner whether they are of one owner
     */
    public record Pair(Named a, Named b, @Nullable Double score, Parts parts, Shared shared, boolean sameOwner) {}

    /** Likeness in each respect, 0 to 1; followees is beside the score. */
    public record Parts(
            @Nullable Double authors,
            @Nullable Double hashtags,
            @Nullable Double making,
            @Nullable Double followees) {}

    /** What speaks most for it. */
    public record Shared(List<Named> authors, List<String> hashtags) {}

    /** Agents as vectors. */
    private static final class Vectors {
        private final View view;
        private final Graph[] spaces;
        private final double[][] rarity;
        private final double[][] norms;

        Vectors(View view) {
            this.view = view;
            int n = view.agents().size();
            Posts posts = view.world().posts();
            Edges tags = new Edges();
            Edges making = new Edges();
            int styles = view.world().styles().length;
            for (int p = 0; p < posts.size(); p++) {
                if (!view.has(posts.times()[p])) {
                    continue;
                }
                for (int i = posts.tagStarts()[p]; i < posts.tagStarts()[p + 1]; i++) {
                    tags.add(posts.authors()[p], posts.tags()[i], 1);
                }
                if (posts.styles()[p] >= 0) {
                    making.add(posts.authors()[p], posts.styles()[p], 1);
                }
                if (posts.models()[p] >= 0) {
                    making.add(posts.authors()[p], styles + posts.models()[p], 1);
                }
            }
            this.spaces = new Graph[] {
                view.interactions(),
                Graph.rows(n, view.world().tags().length, tags),
                Graph.rows(n, styles + view.world().models().length, making)
            };
            int[] columns = {
                n, view.world().tags().length, styles + view.world().models().length
            };
            this.rarity = new double[spaces.length][];
            this.norms = new double[spaces.length][n];
            for (int space = 0; space < spaces.length; space++) {
                rarity[space] = rarity(spaces[space], columns[space]);
                for (int agent = 0; agent < n; agent++) {
                    norms[space][agent] = Math.sqrt(dot(space, agent, agent));
                }
            }
        }

        // Smoothed, so that what everybody has still counts a little: else agents of a small world have nothing in
        // common.
        private static double[] rarity(Graph rows, int columns) {
            int[] counts = new int[columns];
            for (int i = 0; i < rows.arcs(); i++) {
                counts[rows.target(i)]++;
            }
            return Arrays.stream(counts)
                    .mapToDouble(count -> 1 + Math.log((1.0 + rows.nodes()) / (1.0 + count)))
                    .toArray();
        }

        private double weight(int space, int place) {
            return Math.log1p(spaces[space].weight(place)) * rarity[space][spaces[space].target(place)];
        }

        private double dot(int space, int a, int b) {
            Graph rows = spaces[space];
            double sum = 0;
            int i = rows.start(a);
            int j = rows.start(b);
            while (i < rows.end(a) && j < rows.end(b)) {
                int difference = Integer.compare(rows.target(i), rows.target(j));
                if (difference == 0) {
                    sum += weight(space, i) * weight(space, j);
                }
                i += difference <= 0 ? 1 : 0;
                j += difference >= 0 ? 1 : 0;
            }
            return sum;
        }

        double cosine(int space, int a, int b) {
            double lengths = norms[space][a] * norms[space][b];
            return lengths == 0 ? 0 : dot(space, a, b) / lengths;
        }

        double score(int a, int b) {
            double score = 0;
            for (int space = 0; space < spaces.length; space++) {
                score += PARTS[space] * cosine(space, a, b);
            }
            return score;
        }

        /** Agents who share most of what is rare, for each. */
        long[] candidates() {
            int n = view.agents().size();
            int[][] lists = new int[spaces.length][];
            int[][] starts = new int[spaces.length][];
            for (int space = 0; space < spaces.length; space++) {
                starts[space] = new int[rarity[space].length + 1];
                lists[space] = inverted(spaces[space], starts[space]);
            }
            double[] sums = new double[n];
            int[] touched = new int[n];
            java.util.Set<Long> pairs = new java.util.TreeSet<>();
            for (int agent = 0; agent < n; agent++) {
                int count = 0;
                for (int space = 0; space < spaces.length; space++) {
                    Graph rows = spaces[space];
                    for (int i = rows.start(agent); i < rows.end(agent); i++) {
                        int column = rows.target(i);
                        int from = starts[space][column];
                        int until = starts[space][column + 1];
                        for (int k = from; k < until && until - from <= COMMON; k++) {
                            int other = lists[space][k];
                            if (other != agent) {
                                if (sums[other] == 0) {
                                    touched[count++] = other;
                                }
                                double length = norms[space][agent] * norms[space][other];
                                sums[other] += PARTS[space] * weight(space, i) * rarity[space][column] / length;
                            }
                        }
                    }
                }
                best(agent, sums, touched, count, pairs);
            }
            return pairs.stream().mapToLong(Long::longValue).toArray();
        }

        private static int[] inverted(Graph rows, int[] starts) {
            for (int i = 0; i < rows.arcs(); i++) {
                starts[rows.target(i) + 1]++;
            }
            for (int column = 0; column + 1 < starts.length; column++) {
                starts[column + 1] += starts[column];
            }
            int[] fill = starts.clone();
            int[] list = new int[rows.arcs()];
            for (int row = 0; row < rows.nodes(); row++) {
                for (int i = rows.start(row); i < rows.end(row); i++) {
                    list[fill[rows.target(i)]++] = row;
                }
            }
            return list;
        }

        private static void best(int agent, double[] sums, int[] touched, int count, java.util.Set<Long> pairs) {
            for (int pick = 0; pick < CANDIDATES; pick++) {
                int best = -1;
                for (int k = 0; k < count; k++) {
                    int other = touched[k];
                    if (sums[other] > 0
                            && (best < 0 || sums[other] > sums[best] || (sums[other] == sums[best] && other < best))) {
                        best = other;
                    }
                }
                if (best >= 0) {
                    pairs.add(((long) Math.min(agent, best) << 32) | Math.max(agent, best));
                    sums[best] = -1;
                }
            }
            for (int k = 0; k < count; k++) {
                sums[touched[k]] = 0;
            }
        }
    }

    @Override
    public Measured<Alike> of(Question question) {
        View view = question.view();
        int n = view.agents().size();
        Vectors vectors = view.keeping(Vectors.class, Vectors::new);
        long[] pairs = question.agent() == Question.ALL
                ? vectors.candidates()
                : IntStream.range(0, n)
                        .filter(other -> other != question.agent())
                        .mapToLong(other -> ((long) question.agent() << 32) | other)
                        .toArray();
        Map<Long, Double> scores = new HashMap<>();
        for (long pair : pairs) {
            double score = vectors.score((int) (pair >>> 32), (int) pair);
            if (score > 0) {
                scores.put(pair, score);
            }
        }
        List<Pair> best = scores.entrySet().stream()
                .sorted(Map.Entry.<Long, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(question.limit())
                .map(entry -> pair(
                        question,
                        vectors,
                        (int) (entry.getKey() >>> 32),
                        entry.getKey().intValue()))
                .toList();
        Alike alike = new Alike(n, best);
        return best.isEmpty()
                ? Measured.insufficient(question, METHOD, "no two agents have anything in common", alike)
                : Measured.ok(
                        question,
                        METHOD,
                        "The two most alike are " + best.get(0).a().name() + " and "
                                + best.get(0).b().name() + ", with "
                                + Figure.said(best.get(0).score()) + " of 1.",
                        alike);
    }

    private static Pair pair(Question question, Vectors vectors, int a, int b) {
        View view = question.view();
        return new Pair(
                question.named(a),
                question.named(b),
                Figure.of(vectors.score(a, b)),
                new Parts(
                        Figure.of(vectors.cosine(0, a, b)),
                        Figure.of(vectors.cosine(1, a, b)),
                        Figure.of(vectors.cosine(2, a, b)),
                        Figure.of(jaccard(view.follows(), a, b))),
                new Shared(
                        common(vectors, 0, a, b).stream().map(question::named).toList(),
                        common(vectors, 1, a, b).stream()
                                .map(tag -> view.world().tags()[tag])
                                .toList()),
                view.agents().owners()[a] == view.agents().owners()[b]);
    }

    /** Of two rows the share of columns that both have; NaN where neither has any. */
    static double jaccard(Graph rows, int a, int b) {
        int both = 0;
        for (int i = rows.start(a); i < rows.end(a); i++) {
            both += rows.has(b, rows.target(i)) ? 1 : 0;
        }
        return both / (double) (rows.degree(a) + rows.degree(b) - both);
    }

    private static List<Integer> common(Vectors vectors, int space, int a, int b) {
        Graph rows = vectors.spaces[space];
        List<Integer> common = new ArrayList<>();
        for (int i = rows.start(a); i < rows.end(a); i++) {
            if (rows.has(b, rows.target(i))) {
                common.add(rows.target(i));
            }
        }
        common.sort(Comparator.<Integer>comparingDouble(column -> -vectors.rarity[space][column])
                .thenComparingInt(column -> column));
        return common.subList(0, Math.min(SHARED, common.size()));
    }
}
