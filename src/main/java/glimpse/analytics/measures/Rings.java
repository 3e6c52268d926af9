package glimpse.analytics.measures;

import glimpse.analytics.graph.Graph;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.Tally;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Core, active, peripheral agents and lurkers, by coreness in the social graph (Seidman 1983; Batagelj and Zaveršnik 2003) and
 * by what they did; and how well a core with its periphery describes the graph at all (Borgatti and Everett 1999).
 */
public final class Rings implements Measure {
    private static final int FEWEST_AGENTS = 5;
    private static final int CORE_DAYS = 3;
    private static final int LEAST_DEGENERACY = 3;
    private static final double CORE_SHARE = 0.7;
    private static final int ACTIVE_ACTIONS = 3;
    private static final int ACTIVE_CORENESS = 2;
    private static final Method METHOD = Method.of(
                    "k-core rings",
                    "Seidman 1983; Batagelj & Zaveršnik 2003; Borgatti & Everett 1999; Gallagher et al. 2021")
            .with("minimum_agents", FEWEST_AGENTS)
            .with(
                    "core",
                    "coreness at least 0.7 of the highest, which is 3 or more, and active on 3 days; on 1 with 24h")
            .with("active", "3 actions and coreness 2")
            .with("core_periphery_fit", "of agents with ties")
            .with("peripheral", "1 action")
            .with("lurker", "no public action in the window");

    /** How far inside an agent is, the innermost first. */
    public enum Ring {
        CORE,
        ACTIVE,
        PERIPHERAL,
        LURKER;

        /** As answers show it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The rings of a world.
     *
     * @param degeneracy the highest coreness
     * @param corePeripheryFit correlation of the graph with one of a core to which all are tied and nobody else
     * @param agent with {@code agent} only
     */
    public record Standing(
            Circles rings,
            @Nullable Integer degeneracy,
            @Nullable Double corePeripheryFit,
            String ruleOfThumb,
            @Nullable Place agent) {}

    /** All four rings. */
    public record Circles(Circle core, Circle active, Circle peripheral, Circle lurker) {}

    /** One ring: agents of the highest coreness first. */
    public record Circle(int count, @Nullable Double share, List<Named> agents) {}

    /**
     * Where one agent stands.
     *
     * @param missing what it takes to come into the next ring; empty in the innermost
     */
    public record Place(Named agent, String ring, int coreness, int actions, int activeDays, List<String> missing) {}

    /** The ring of each agent; null where there are too few. */
    public static Ring @Nullable [] of(View view) {
        if (view.agents().size() < FEWEST_AGENTS) {
            return null;
        }
        int most = IntStream.of(view.coreness()).max().orElse(0);
        Ring[] rings = new Ring[view.agents().size()];
        for (int agent = 0; agent < rings.length; agent++) {
            rings[agent] = ring(view, agent, most);
        }
        return rings;
    }

    private static Ring ring(View view, int agent, int most) {
        Tally tally = view.tally();
        int coreness = view.coreness()[agent];
        if (tally.actions(agent) == 0) {
            return Ring.LURKER;
        }
        if (most >= LEAST_DEGENERACY && coreness >= coreFrom(most) && tally.days()[agent] >= coreDays(view)) {
            return Ring.CORE;
        }
        return tally.actions(agent) >= ACTIVE_ACTIONS && coreness >= ACTIVE_CORENESS ? Ring.ACTIVE : Ring.PERIPHERAL;
    }

    private static int coreFrom(int most) {
        return (int) Math.ceil(CORE_SHARE * most);
    }

    private static int coreDays(View view) {
        return Math.min(CORE_DAYS, Math.max(1, view.window().seconds() / Seconds.DAY));
    }

    @Override
    public Measured<Standing> of(Question question) {
        View view = question.view();
        Ring @Nullable [] rings = of(view);
        if (rings == null) {
            int active = view.tally().active();
            int lurkers = view.agents().size() - active;
            Circle none = new Circle(0, null, List.of());
            Circles circles =
                    new Circles(none, none, new Circle(active, null, List.of()), new Circle(lurkers, null, List.of()));
            return Measured.insufficient(
                    question,
                    METHOD,
                    FEWEST_AGENTS + " agents are needed, and there are "
                            + view.agents().size(),
                    new Standing(circles, null, null, "90-9-1", null));
        }
        Circles circles = new Circles(
                circle(question, rings, Ring.CORE),
                circle(question, rings, Ring.ACTIVE),
                circle(question, rings, Ring.PERIPHERAL),
                circle(question, rings, Ring.LURKER));
        int most = IntStream.of(view.coreness()).max().orElse(0);
        @Nullable Place place = question.agent() == Question.ALL ? null : place(question, rings, most);
        return Measured.ok(
                question,
                METHOD,
                Figure.percent(circles.core().share()) + " of agents are in the core, "
                        + Figure.percent(circles.lurker().share()) + " only watch.",
                new Standing(circles, most, Figure.of(fit(view.social(), rings)), "90-9-1", place));
    }

    private static Circle circle(Question question, Ring[] rings, Ring ring) {
        int[] coreness = question.view().coreness();
        Tally tally = question.view().tally();
        List<Integer> members = IntStream.range(0, rings.length)
                .filter(agent -> rings[agent] == ring)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(agent -> -coreness[agent])
                        .thenComparingInt(agent -> -tally.actions(agent))
                        .thenComparingInt(agent -> agent))
                .toList();
        return new Circle(
                members.size(),
                Figure.share(members.size(), rings.length),
                members.stream().limit(question.limit()).map(question::named).toList());
    }

    private static Place place(Question question, Ring[] rings, int most) {
        View view = question.view();
        int agent = question.agent();
        int coreness = view.coreness()[agent];
        int actions = view.tally().actions(agent);
        int days = view.tally().days()[agent];
        List<String> missing = new ArrayList<>();
        switch (rings[agent]) {
            case LURKER -> missing.add("1 public action in the window");
            case PERIPHERAL -> {
                more(missing, ACTIVE_ACTIONS - actions, "public actions");
                more(
                        missing,
                        ACTIVE_CORENESS - coreness,
                        "steps of coreness: ties with agents who are tied themselves");
            }
            case ACTIVE -> {
                more(missing, Math.max(LEAST_DEGENERACY, coreFrom(most)) - coreness, "steps of coreness");
                more(missing, coreDays(view) - days, "days with an action");
            }
            case CORE -> {}
        }
        return new Place(question.named(agent), rings[agent].word(), coreness, actions, days, missing);
    }

    private static void more(List<String> missing, int count, String what) {
        if (count > 0) {
            missing.add(count + " more " + what);
        }
    }

    /** Pearson's correlation with the ideal graph, from counts of edges alone; NaN where either is empty or full. */
    static double fit(Graph graph, Ring[] rings) {
        double nodes = 0;
        double outer = 0;
        double arcs = 0;
        double arcsOutside = 0;
        for (int v = 0; v < graph.nodes(); v++) {
            if (graph.degree(v) == 0) {
                continue;
            }
            nodes++;
            outer += rings[v] == Ring.CORE ? 0 : 1;
            for (int i = graph.start(v); i < graph.end(v); i++) {
                arcs++;
                arcsOutside += rings[v] != Ring.CORE && rings[graph.target(i)] != Ring.CORE ? 1 : 0;
            }
        }
        double pairs = nodes * (nodes - 1) / 2;
        double edges = arcs / 2;
        double ideal = pairs - outer * (outer - 1) / 2;
        double both = edges - arcsOutside / 2;
        return (pairs * both - edges * ideal) / Math.sqrt(edges * (pairs - edges) * ideal * (pairs - ideal));
    }
}
