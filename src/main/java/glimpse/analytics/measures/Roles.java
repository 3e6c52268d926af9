package glimpse.analytics.measures;

import glimpse.analytics.graph.Authorities;
import glimpse.analytics.graph.Communities;
import glimpse.analytics.graph.Graph;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.Tally;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What part each agent plays, by rules on its place among the others: rules rather than clusters, so that names last and a
 * role can be explained. Authorities: Kleinberg 1999; connectors: Guimerà and Amaral 2005.
 */
public final class Roles implements Measure {
    private static final int FEWEST_AGENTS = 8;
    private static final int FEWEST_ACTIONS = 3;
    private static final int FEWEST_REACTIONS = 10;
    private static final double CONNECTING = 0.62;
    private static final int EXAMPLES = 3;
    private static final Method METHOD = Method.of(
                    "first rule that fits, on percentiles",
                    "Kleinberg 1999; Guimerà & Amaral 2005; hubs and authorities among agents: arXiv:2602.20044")
            .with("minimum_agents", FEWEST_AGENTS)
            .with("1_newcomer", "registered less than 24 hours ago, or 1 to 2 actions")
            .with("2_lurker", "no action in the window")
            .with("3_critic", "10 reactions or more, half of them dislikes or more")
            .with("4_authority", "HITS authority in the top 5 %")
            .with("5_connector", "participation above 0.62, degree at the median or above")
            .with("6_broadcaster", "posts in the top quarter, what it does to others in the lowest quarter")
            .with("7_curator", "reactions in the top quarter, posts at the median or below")
            .with("8_conversationalist", "comments in the top quarter, reciprocity at the median or above")
            .with("9_regular", "everybody else");

    /** Parts to play, in the order in which they are tried. */
    public enum Role {
        NEWCOMER,
        LURKER,
        CRITIC,
        AUTHORITY,
        CONNECTOR,
        BROADCASTER,
        CURATOR,
        CONVERSATIONALIST,
        REGULAR;

        /** As answers show it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The parts that are played.
     *
     * @param agents those with the most actions first
     * @param transitions how many changed from which role to which since the window before
     */
    public record Cast(List<Part> roles, List<Player> agents, List<Transition> transitions) {}

    /** A role and who plays it. */
    public record Part(String role, int count, @Nullable Double share, List<Named> examples) {}

    /**
     * An agent and its role.
     *
     * @param runnerUp the next role whose rule fits as well
     */
    public record Player(Named agent, String role, Evidence evidence, String runnerUp) {}

    /** Where the agent stands among all, as percentiles from 0 to 1; participation as it is. */
    public record Evidence(
            @Nullable Double posts,
            @Nullable Double reactions,
            @Nullable Double comments,
            @Nullable Double outgoing,
            @Nullable Double degree,
            @Nullable Double authority,
            @Nullable Double reciprocity,
            @Nullable Double participation) {}

    /** Agents who changed their role. */
    public record Transition(String from, String to, int count) {}

    /** What rules look at, of everybody. */
    private static final class Features {
        private final View view;
        private final Tally tally;
        private final double[] participation;
        private final Feature posts;
        private final Feature reactions;
        private final Feature comments;
        private final Feature outgoing;
        private final Feature degree;
        private final Feature authority;
        private final Feature reciprocity;

        Features(View view) {
            this.view = view;
            this.tally = view.tally();
            int n = view.agents().size();
            Graph social = view.social();
            Graph interactions = view.interactions();
            double[] authorities = Authorities.of(interactions);
            double[] mutual = mutual(interactions);
            this.participation = participation(social, view.communities());
            this.posts = new Feature(n, agent -> tally.posts()[agent]);
            this.reactions = new Feature(n, tally::reactions);
            this.comments = new Feature(n, agent -> tally.comments()[agent]);
            this.outgoing =
                    new Feature(n, agent -> tally.reactions(agent) + tally.comments()[agent] + tally.follows()[agent]);
            this.degree = new Feature(n, social::degree);
            this.authority = new Feature(n, agent -> authorities[agent]);
            this.reciprocity = new Feature(n, agent -> mutual[agent]);
        }

        /** Share of those one interacts with who do so, too. */
        private static double[] mutual(Graph graph) {
            double[] mutual = new double[graph.nodes()];
            for (int v = 0; v < mutual.length; v++) {
                for (int i = graph.start(v); i < graph.end(v); i++) {
                    mutual[v] += graph.has(graph.target(i), v) ? 1.0 / graph.degree(v) : 0;
                }
            }
            return mutual;
        }

        /** From 0, all ties in one community, towards 1, ties spread over many. */
        private static double[] participation(Graph graph, Communities communities) {
            double[] participation = new double[graph.nodes()];
            double[] into = new double[communities.count()];
            for (int v = 0; v < participation.length; v++) {
                double all = graph.strength(v);
                for (int i = graph.start(v); i < graph.end(v); i++) {
                    into[communities.of(graph.target(i))] += graph.weight(i);
                }
                double squares = 0;
                for (int i = graph.start(v); i < graph.end(v); i++) {
                    int community = communities.of(graph.target(i));
                    squares += into[community] * into[community];
                    into[community] = 0;
                }
                participation[v] = all == 0 ? 0 : 1 - squares / (all * all);
            }
            return participation;
        }

        List<Role> fitting(int agent) {
            List<Role> fitting = new ArrayList<>();
            for (Role role : Role.values()) {
                if (fits(role, agent)) {
                    fitting.add(role);
                }
            }
            return fitting;
        }

        private boolean fits(Role role, int agent) {
            int actions = tally.actions(agent);
            return switch (role) {
                case NEWCOMER ->
                    view.until() - view.agents().joined()[agent] < Seconds.DAY
                            || (actions > 0 && actions < FEWEST_ACTIONS);
                case LURKER -> actions == 0;
                case CRITIC ->
                    tally.reactions(agent) >= FEWEST_REACTIONS && 2 * tally.dislikes()[agent] >= tally.reactions(agent);
                case AUTHORITY -> authority.isTop(agent, 0.95);
                case CONNECTOR -> participation[agent] > CONNECTING && degree.isTop(agent, 0.5);
                case BROADCASTER -> posts.isTop(agent, 0.75) && outgoing.isLow(agent, 0.25);
                case CURATOR -> reactions.isTop(agent, 0.75) && posts.isLow(agent, 0.5);
                case CONVERSATIONALIST -> comments.isTop(agent, 0.75) && reciprocity.isTop(agent, 0.5);
                case REGULAR -> true;
            };
        }

        Evidence evidence(int agent) {
            return new Evidence(
                    posts.percentile(agent),
                    reactions.percentile(agent),
                    comments.percentile(agent),
                    outgoing.percentile(agent),
                    degree.percentile(agent),
                    authority.percentile(agent),
                    reciprocity.percentile(agent),
                    Figure.of(participation[agent]));
        }
    }

    /** One thing to tell agents apart by. */
    private static final class Feature {
        private final double[] values;
        private final double[] sorted;

        Feature(int n, IntToDoubleFunction value) {
            this.values = IntStream.range(0, n).mapToDouble(value).toArray();
            this.sorted = values.clone();
            Arrays.sort(sorted);
        }

        boolean isTop(int agent, double share) {
            return values[agent] > 0 && values[agent] >= Figure.quantile(sorted, share);
        }

        boolean isLow(int agent, double share) {
            return values[agent] <= Figure.quantile(sorted, share);
        }

        @Nullable
        Double percentile(int agent) {
            return Figure.of(Figure.percentile(sorted, values[agent]));
        }
    }

    /** The role of each agent; nothing where there are too few. */
    public static Role[] of(View view) {
        if (view.agents().size() < FEWEST_AGENTS) {
            return new Role[0];
        }
        Features features = view.keeping(Features.class, Features::new);
        return IntStream.range(0, view.agents().size())
                .mapToObj(agent -> features.fitting(agent).get(0))
                .toArray(Role[]::new);
    }

    @Override
    public Measured<Cast> of(Question question) {
        View view = question.view();
        int n = view.agents().size();
        if (n < FEWEST_AGENTS) {
            return Measured.insufficient(
                    question,
                    METHOD,
                    FEWEST_AGENTS + " agents are needed, and there are " + n,
                    new Cast(List.of(), List.of(), List.of()));
        }
        Features features = view.keeping(Features.class, Features::new);
        Role[] roles = IntStream.range(0, n)
                .mapToObj(agent -> features.fitting(agent).get(0))
                .toArray(Role[]::new);
        List<Part> parts = Arrays.stream(Role.values())
                .map(role -> part(question, roles, role))
                .filter(part -> part.count() > 0)
                .toList();
        Part most = parts.stream().max(Comparator.comparingInt(Part::count)).orElseThrow();
        return Measured.ok(
                question,
                METHOD,
                "Of " + n + " agents " + most.count() + " are " + most.role() + "s; " + parts.size()
                        + " of 9 roles are played.",
                new Cast(parts, players(question, features, roles), transitions(view, roles)));
    }

    private static Part part(Question question, Role[] roles, Role role) {
        int[] players = IntStream.range(0, roles.length)
                .filter(agent -> roles[agent] == role)
                .toArray();
        Tally tally = question.view().tally();
        return new Part(
                role.word(),
                players.length,
                Figure.share(players.length, roles.length),
                IntStream.of(players)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingInt(agent -> -tally.actions(agent))
                                .thenComparingInt(agent -> agent))
                        .limit(EXAMPLES)
                        .map(question::named)
                        .toList());
    }

    private static List<Player> players(Question question, Features features, Role[] roles) {
        Tally tally = question.view().tally();
        IntStream asked =
                question.agent() == Question.ALL ? IntStream.range(0, roles.length) : IntStream.of(question.agent());
        return asked.boxed()
                .sorted(Comparator.<Integer>comparingInt(agent -> -tally.actions(agent))
                        .thenComparingInt(agent -> agent))
                .limit(question.limit())
                .map(agent -> {
                    List<Role> fitting = features.fitting(agent);
                    Role next = fitting.size() > 1 ? fitting.get(1) : fitting.get(0);
                    return new Player(
                            question.named(agent), roles[agent].word(), features.evidence(agent), next.word());
                })
                .toList();
    }

    private static List<Transition> transitions(View view, Role[] roles) {
        View before = view.before();
        if (before.tally().active() == 0) {
            return List.of();
        }
        Role[] earlier = of(before);
        Map<Role, Map<Role, Integer>> counts = new EnumMap<>(Role.class);
        for (int agent = 0; agent < roles.length; agent++) {
            if (view.agents().joined()[agent] <= before.until() && roles[agent] != earlier[agent]) {
                counts.computeIfAbsent(earlier[agent], from -> new EnumMap<>(Role.class))
                        .merge(roles[agent], 1, Integer::sum);
            }
        }
        List<Transition> transitions = new ArrayList<>();
        counts.forEach((from, into) ->
                into.forEach((to, count) -> transitions.add(new Transition(from.word(), to.word(), count))));
        return transitions;
    }
}
