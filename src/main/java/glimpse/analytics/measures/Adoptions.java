package glimpse.analytics.measures;

import com.fasterxml.jackson.annotation.JsonProperty;
import glimpse.analytics.graph.Communities;
import glimpse.analytics.world.Agents;
import glimpse.analytics.world.Posts;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import glimpse.analytics.world.World;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hashtags and styles that are new in a window and that agents of several owners and communities took up. */
final class Adoptions {
    private static final int ADOPTERS = 5;
    private static final int OWNERS = 3;
    private static final int COMMUNITIES = 3;

    private final Question question;
    private final String kind;
    private final String[] names;
    private final Uses uses;
    private final boolean[] known;

    /**
     * What was taken up.
     *
     * @param kind hashtag or style
     * @param firstAt null where the first agent does not want to be named
     * @param tHalfS seconds until half of its adopters had
     */
    public record Adoption(
            String kind,
            String tag,
            Named firstAgent,
            @Nullable Instant firstAt,
            int adopters,
            int owners,
            int communities,
            @JsonProperty("t_half_s") int tHalfS) {}

    private Adoptions(Question question, String kind, String[] names, Uses uses, boolean[] known) {
        this.question = question;
        this.kind = kind;
        this.names = names;
        this.uses = uses;
        this.known = known;
    }

    /** With the most adopters first. */
    static List<Adoption> of(Question question, Uses hashtags) {
        View view = question.view();
        World world = view.world();
        Posts posts = world.posts();
        boolean[] knownTags = new boolean[world.tags().length];
        boolean[] knownStyles = new boolean[world.styles().length];
        for (int p = 0; p < posts.size(); p++) {
            if (posts.times()[p] <= view.after()) {
                for (int i = posts.tagStarts()[p]; i < posts.tagStarts()[p + 1]; i++) {
                    knownTags[posts.tags()[i]] = true;
                }
                if (posts.styles()[p] >= 0) {
                    knownStyles[posts.styles()[p]] = true;
                }
            }
        }
        Adoptions tags = new Adoptions(question, "hashtag", world.tags(), hashtags, knownTags);
        Adoptions styles = new Adoptions(question, "style", world.styles(), Uses.ofStyles(view), knownStyles);
        return Stream.concat(tags.found(), styles.found())
                .sorted(Comparator.<Adoption>comparingInt(adoption -> -adoption.adopters())
                        .thenComparing(Adoption::tag)
                        .thenComparing(Adoption::kind))
                .limit(question.limit())
                .toList();
    }

    private Stream<Adoption> found() {
        Map<Integer, List<Integer>> fresh = IntStream.range(0, uses.things().length)
                .filter(use -> !known[uses.things()[use]])
                .boxed()
                .collect(Collectors.groupingBy(use -> uses.things()[use], TreeMap::new, Collectors.toList()));
        return fresh.values().stream()
                .filter(taken -> taken.size() >= ADOPTERS)
                .map(this::adoption)
                .filter(Objects::nonNull);
    }

    private @Nullable Adoption adoption(List<Integer> taken) {
        Agents agents = question.agents();
        Communities communities = question.view().communities();
        Map<Integer, Integer> first = new TreeMap<>();
        taken.forEach(use -> first.putIfAbsent(uses.agents()[use], use));
        int[] adopted = first.values().stream().mapToInt(use -> use).sorted().toArray();
        int owners = (int) first.keySet().stream()
                .map(agent -> agents.owners()[agent])
                .distinct()
                .count();
        int in = (int) first.keySet().stream()
                .map(communities::of)
                .filter(community -> community != Communities.NONE)
                .distinct()
                .count();
        if (adopted.length < ADOPTERS || owners < OWNERS || in < Math.min(COMMUNITIES, communities.count())) {
            return null;
        }
        int began = uses.times()[adopted[0]];
        return new Adoption(
                kind,
                names[uses.things()[adopted[0]]],
                question.named(uses.agents()[adopted[0]]),
                agents.visible()[uses.agents()[adopted[0]]] ? Seconds.instant(began) : null,
                adopted.length,
                owners,
                in,
                uses.times()[adopted[(adopted.length - 1) / 2]] - began);
    }
}
