package glimpse.analytics.measures;

import glimpse.analytics.graph.Communities;
import glimpse.analytics.graph.Graph;
import glimpse.analytics.graph.RandomWalks;
import glimpse.analytics.graph.Rewiring;
import glimpse.analytics.world.Actions;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the network falls into camps: modularity against what chance gives (Newman and Girvan 2004), ties outside against
 * inside (Krackhardt and Stern 1988), random walks from side to side (Garimella et al. 2018), and whether dislikes cross more
 * than likes do.
 */
public final class Polarization implements Measure {
    private static final int FEWEST_AGENTS = 20;
    private static final int FEWEST_EDGES = 40;
    private static final int MOST_REWIRED = 100_000; // edges
    private static final int MANY_EDGES = 5_000;
    private static final long SEED = 2_004;
    private static final int SMALLEST_COMMUNITY = 3;
    private static final int TOP = 3;
    private static final double MODULAR = 0.3;
    private static final double UNLIKELY = 2;
    private static final double CONTROVERSIAL = 0.5;
    private static final Method METHOD = Method.of(
                    "Louvain modularity with a degree-preserving null, E–I index, random walk controversy",
                    "Newman & Girvan 2004; Blondel et al. 2008; Maslov & Sneppen 2002; Krackhardt & Stern 1988;"
                            + " Garimella et al. 2018 (arXiv:1507.05224)")
            .with("minimum_agents", FEWEST_AGENTS)
            .with("minimum_edges", FEWEST_EDGES)
            .with("null_models", "20; 5 above 5,000 edges, of at most 100,000 drawn ones")
            .with("walks_per_side", RandomWalks.WALKS)
            .with("walks", "each tie alike, until one of the best tied of either side: 5 or 1 % of it, at most a fifth")
            .with("ei_index", "of ties, whatever their weight, between communities that were found in the same ties")
            .with("high", "modularity >= 0.3, z >= 2 and rwc >= 0.5")
            .with("low", "modularity < 0.3");

    /**
     * How polarized the network is.
     *
     * @param modularity of its communities; above 0.3 they are distinct
     * @param nullModularity the mean of networks by chance in which each has as many ties
     * @param z deviations of these between them and this network
     * @param eiIndex from -1, all ties inside of communities, to 1, all between them
     * @param rwc random walk controversy of the two largest communities, up to 1
     * @param hostility share of dislikes that cross communities, less the share of likes that do; those of agents without
     *     a community count in neither
     * @param level low, moderate or high
     * @param communities of three and more, the largest first
     * @param bridges agents with the most ties into other communities
     */
    public record Camps(
            int edges,
            @Nullable Double modularity,
            @Nullable Double nullModularity,
            @Nullable Double z,
            @Nullable Double eiIndex,
            @Nullable Double rwc,
            @Nullable Double hostility,
            @Nullable String level,
            List<Community> communities,
            List<Bridge> bridges) {}

    /**
     * One community.
     *
     * @param internalShare of its members' ties
     */
    public record Community(
            int id, int size, @Nullable Double internalShare, List<Named> topAgents, List<String> topHashtags) {}

    /** An agent between communities. */
    public record Bridge(Named agent, int externalTies, int communities) {}

    @Override
    public Measured<Camps> of(Question question) {
        View view = question.view();
        Graph graph = view.social();
        int edges = graph.arcs() / 2;
        if (view.agents().size() < FEWEST_AGENTS || edges < FEWEST_EDGES) {
            return Measured.insufficient(
                    question,
                    METHOD,
                    FEWEST_AGENTS + " agents with " + FEWEST_EDGES + " ties are needed, and there are "
                            + view.agents().size() + " with " + edges,
                    new Camps(edges, null, null, null, null, null, null, null, List.of(), List.of()));
        }
        Communities communities = view.communities();
        Null chance = chance(graph, communities.modularity());
        Ties ties = Ties.of(graph, communities);
        double rwc = communities.count() > 1 && communities.size(1) >= SMALLEST_COMMUNITY
                ? RandomWalks.controversy(graph, communities, 0, 1)
                : Double.NaN;
        String level = level(communities.modularity(), chance.z(), rwc);
        return Measured.ok(
                question,
                METHOD,
                "Polarization is " + level + ": modularity " + Figure.said(communities.modularity()) + " against "
                        + Figure.said(chance.mean()) + " by chance, in " + communities.count() + " communities.",
                new Camps(
                        edges,
                        Figure.of(communities.modularity()),
                        Figure.of(chance.mean()),
                        Figure.of(chance.z()),
                        Figure.of((ties.outside() - ties.inside()) / (double) (ties.outside() + ties.inside())),
                        Figure.of(rwc),
                        Figure.of(hostility(view, communities)),
                        level,
                        communities(question, communities, ties),
                        bridges(question, ties)));
    }

    private static String level(double modularity, double z, double rwc) {
        if (modularity < MODULAR) {
            return "low";
        }
        return z >= UNLIKELY && rwc >= CONTROVERSIAL ? "high" : "moderate";
    }

    private record Null(double mean, double z) {}

    private static Null chance(Graph graph, double modularity) {
        SplittableRandom random = new SplittableRandom(SEED);
        Graph drawn = Rewiring.sample(graph, MOST_REWIRED, random);
        double observed = drawn == graph ? modularity : Communities.of(drawn).modularity();
        double[] rewired = new double[drawn.arcs() / 2 > MANY_EDGES ? 5 : 20];
        for (int i = 0; i < rewired.length; i++) {
            rewired[i] = Communities.of(Rewiring.of(drawn, random)).modularity();
        }
        Figure.Spread spread = Figure.Spread.of(rewired);
        return new Null(spread.mean(), spread.z(observed));
    }

    private static double hostility(View view, Communities communities) {
        double[] crossing = new double[3];
        double[] all = new double[3];
        view.world().forEachAction(view.after(), view.until(), (actor, author, post, kind, time) -> {
            if (communities.of(actor) != Communities.NONE && communities.of(author) != Communities.NONE) {
                all[kind]++;
                crossing[kind] += communities.of(actor) == communities.of(author) ? 0 : 1;
            }
        });
        return crossing[Actions.DISLIKE] / all[Actions.DISLIKE] - crossing[Actions.LIKE] / all[Actions.LIKE];
    }

    /** Ties of agents and communities, inside and outside; each tie counts once. */
    private record Ties(long inside, long outside, long[] insideOf, long[] of, int[] external, int[] into) {
        static Ties of(Graph graph, Communities communities) {
            long[] insideOf = new long[communities.count()];
            long[] of = new long[communities.count()];
            int[] external = new int[graph.nodes()];
            int[] into = new int[graph.nodes()];
            int[] seen = new int[communities.count()];
            Arrays.fill(seen, -1);
            long inside = 0;
            for (int v = 0; v < graph.nodes(); v++) {
                for (int i = graph.start(v); i < graph.end(v); i++) {
                    int there = communities.of(graph.target(i));
                    of[communities.of(v)]++;
                    if (there == communities.of(v)) {
                        insideOf[there]++;
                        inside++;
                    } else {
                        external[v]++;
                        into[v] += seen[there] == v ? 0 : 1;
                        seen[there] = v;
                    }
                }
            }
            return new Ties(inside / 2, (graph.arcs() - inside) / 2, insideOf, of, external, into);
        }
    }

    private static List<Community> communities(Question question, Communities communities, Ties ties) {
        View view = question.view();
        int shown = (int) IntStream.range(0, communities.count())
                .filter(community -> communities.size(community) >= SMALLEST_COMMUNITY)
                .limit(question.limit())
                .count();
        List<List<Integer>> members = new ArrayList<>();
        List<Map<Integer, Integer>> tags = new ArrayList<>();
        for (int community = 0; community < shown; community++) {
            members.add(new ArrayList<>());
            tags.add(new HashMap<>());
        }
        for (int agent = 0; agent < view.agents().size(); agent++) {
            int community = communities.of(agent);
            if (community >= 0 && community < shown) {
                members.get(community).add(agent);
            }
        }
        Posts posts = view.world().posts();
        for (int p = 0; p < posts.size(); p++) {
            int community = communities.of(posts.authors()[p]);
            if (community >= 0 && community < shown && view.has(posts.times()[p])) {
                for (int i = posts.tagStarts()[p]; i < posts.tagStarts()[p + 1]; i++) {
                    tags.get(community).merge(posts.tags()[i], 1, Integer::sum);
                }
            }
        }
        return IntStream.range(0, shown)
                .mapToObj(community -> new Community(
                        community,
                        communities.size(community),
                        Figure.share((double) ties.insideOf()[community], (double) ties.of()[community]),
                        members.get(community).stream()
                                .sorted(Comparator.<Integer>comparingInt(
                                                agent -> -view.social().degree(agent))
                                        .thenComparingInt(agent -> agent))
                                .limit(TOP)
                                .map(question::named)
                                .toList(),
                        tags.get(community).entrySet().stream()
                                .sorted(Comparator.<Map.Entry<Integer, Integer>>comparingInt(tag -> -tag.getValue())
                                        .thenComparing(tag -> view.world().tags()[tag.getKey()]))
                                .limit(TOP)
                                .map(tag -> view.world().tags()[tag.getKey()])
                                .toList()))
                .toList();
    }

    private static List<Bridge> bridges(Question question, Ties ties) {
        return IntStream.range(0, ties.external().length)
                .filter(agent -> ties.external()[agent] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(agent -> -ties.external()[agent])
                        .thenComparingInt(agent -> agent))
                .limit(Math.min(question.limit(), 10))
                .map(agent -> new Bridge(question.named(agent), ties.external()[agent], ties.into()[agent]))
                .toList();
    }
}
