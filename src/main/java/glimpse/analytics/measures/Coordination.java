package glimpse.analytics.measures;

import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Groups of agents who do the same to the same things within a minute, again and again (Pacheco et al. 2021): what everybody
 * likes counts little, what few do counts much. It looks like coordination; whether it is, nobody can tell from here.
 */
public final class Coordination implements Measure {
    private static final int WITHIN = 60; // seconds
    private static final int FEWEST_ACTIONS = 10;
    private static final int FEWEST_ACTORS = 3;
    private static final int FEWEST_OBJECTS = 3;
    private static final double LEAST_WEIGHT = 0.5;
    private static final double UNLIKELY = 4;
    private static final int MOST_ON_OBJECT = 500;
    private static final int MOST_PAIRS = 1_000_000;
    private static final int SHOWN_OBJECTS = 10;
    private static final String[] KINDS = {"like", "dislike", "comment", "follow", "same_picture", "same_hashtags"};
    private static final Method METHOD = Method.of(
                    "co-action network, TF-IDF cosine",
                    "Pacheco et al. 2021 (arXiv:2001.05658); CooRTweet: Righetti & Balluff 2025")
            .with("within_seconds", WITHIN)
            .with("same_picture", "the same file, or an equal perceptual hash")
            .with("minimum_actions", FEWEST_ACTIONS)
            .with("minimum_shared_objects", FEWEST_OBJECTS)
            .with("minimum_weight", LEAST_WEIGHT)
            .with("rarity", "ln((1 + active agents) / (0.5 + agents who acted on the object))")
            .with("minimum_z", UNLIKELY)
            .with("null", "Poisson, by the popularity of objects and by how often any two actions fall within the time")
            .with("most_actions_on_an_object", MOST_ON_OBJECT);

    /**
     * What looks coordinated.
     *
     * @param flaggedShare of the agents with ten actions or more
     */
    public record Findings(
            int actors,
            int comparedPairs,
            List<Group> groups,
            @Nullable Double flaggedShare) {}

    /**
     * Agents who act alike.
     *
     * @param sameOwner whether they are of one owner
     * @param meanDeltaS seconds between what they do, in the mean
     * @param weight mean cosine of what they act on, rare things counting more
     * @param z how far that is from chance, in deviations
     * @param cronAligned most of it falls into the first minute of an hour or half-hour, when agents wake by the clock
     */
    public record Group(
            int id,
            List<Named> agents,
            boolean sameOwner,
            List<String> kinds,
            List<SharedObject> sharedObjects,
            @Nullable Double meanDeltaS,
            @Nullable Double weight,
            @Nullable Double z,
            boolean cronAligned) {}

    /** Something that they all acted on: a post, an agent, a picture or a set of hashtags. */
    public record SharedObject(String kind, @Nullable String id, int agents) {}

    /** Two agents who acted on the same things within the time. */
    private static final class Pair {
        private final Map<Integer, Integer> objects = new TreeMap<>(); // and seconds between
        private double squares;
        private int onTheClock;
    }

    @Override
    public Measured<Findings> of(Question question) {
        View view = question.view();
        CoActions events = CoActions.of(view);
        int n = view.agents().size();
        int[] actions = new int[n];
        for (int actor : events.actors()) {
            actions[actor]++;
        }
        int actors = (int)
                IntStream.of(actions).filter(count -> count >= FEWEST_ACTIONS).count();
        if (actors < FEWEST_ACTORS) {
            return Measured.insufficient(
                    question,
                    METHOD,
                    FEWEST_ACTORS + " agents with " + FEWEST_ACTIONS + " actions are needed, and there are " + actors,
                    new Findings(actors, 0, List.of(), null));
        }
        Pairs pairs = new Pairs(events, actions);
        List<Group> groups = groups(question, pairs);
        int flagged = groups.stream().mapToInt(group -> group.agents().size()).sum();
        Findings findings = new Findings(
                actors,
                pairs.found.size(),
                groups.stream().limit(question.limit()).toList(),
                Figure.share(flagged, actors));
        String summary = groups.isEmpty()
                ? "No group of agents looks coordinated."
                : groups.size() + " groups with " + flagged + " agents look coordinated; that is no proof.";
        return pairs.truncated
                ? Measured.truncated(question, METHOD, summary, findings)
                : Measured.ok(question, METHOD, summary, findings);
    }

    /** Pairs of agents with enough in common. */
    private static final class Pairs {
        private final Map<Long, Pair> found = new HashMap<>();
        private final TreeMap<Long, Double> weights = new TreeMap<>();
        private final Map<Long, Double> unlikely = new HashMap<>();
        private final CoActions events;
        private boolean truncated;

        Pairs(CoActions events, int[] actions) {
            this.events = events;
            long active = IntStream.of(actions).filter(count -> count > 0).count();
            double[] norms = new double[actions.length];
            double squaredShares = 0;
            for (int object = 0; object < events.objects(); object++) {
                int from = events.starts()[object];
                int until = events.starts()[object + 1];
                int[] all =
                        Arrays.stream(events.actors(), from, until).distinct().toArray();
                // Among everybody who acts: among the few who act often, what a ring does is common.
                double rarity = Math.log((1.0 + active) / (all.length + 0.5));
                int[] distinct = Arrays.stream(all)
                        .filter(actor -> actions[actor] >= FEWEST_ACTIONS)
                        .toArray();
                for (int actor : distinct) {
                    norms[actor] += rarity * rarity;
                }
                squaredShares += Math.pow((until - from) / (double) events.actors().length, 2);
                if (distinct.length > 1) {
                    collect(object, actions, rarity);
                }
            }
            double together = events.together(WITHIN);
            for (Map.Entry<Long, Pair> entry : found.entrySet()) {
                Pair pair = entry.getValue();
                if (pair.objects.size() >= FEWEST_OBJECTS) {
                    int a = (int) (entry.getKey() >>> 32);
                    int b = entry.getKey().intValue();
                    double weight = pair.squares / Math.sqrt(norms[a] * norms[b]);
                    double expected = Math.max(1e-6, (double) actions[a] * actions[b] * squaredShares * together);
                    double z = (pair.objects.size() - expected) / Math.sqrt(Math.max(expected, 0.25));
                    if (weight >= LEAST_WEIGHT && z >= UNLIKELY) {
                        weights.put(entry.getKey(), weight);
                        unlikely.put(entry.getKey(), z);
                    }
                }
            }
        }

        private void collect(int object, int[] actions, double rarity) {
            int from = events.starts()[object];
            int until = events.starts()[object + 1];
            truncated |= until - from > MOST_ON_OBJECT;
            int last = Math.min(until, from + MOST_ON_OBJECT);
            for (int i = from; i < last; i++) {
                for (int j = i + 1; j < last && events.times()[j] - events.times()[i] <= WITHIN; j++) {
                    int a = Math.min(events.actors()[i], events.actors()[j]);
                    int b = Math.max(events.actors()[i], events.actors()[j]);
                    if (a == b || actions[a] < FEWEST_ACTIONS || actions[b] < FEWEST_ACTIONS) {
                        continue;
                    }
                    if (found.size() >= MOST_PAIRS) {
                        truncated = true;
                        return;
                    }
                    Pair pair = found.computeIfAbsent(((long) a << 32) | b, key -> new Pair());
                    if (pair.objects.putIfAbsent(object, events.times()[j] - events.times()[i]) == null) {
                        pair.squares += rarity * rarity;
                        pair.onTheClock += Math.floorMod(events.times()[i], Seconds.HOUR / 2) < WITHIN ? 1 : 0;
                    }
                }
            }
        }
    }

    private static List<Group> groups(Question question, Pairs pairs) {
        int n = question.agents().size();
        int[] root = IntStream.range(0, n).toArray();
        for (long key : pairs.weights.keySet()) {
            Union.join(root, (int) (key >>> 32), (int) key);
        }
        Map<Integer, List<Long>> edges = new TreeMap<>();
        for (long key : pairs.weights.keySet()) {
            edges.computeIfAbsent(Union.find(root, (int) key), first -> new ArrayList<>())
                    .add(key);
        }
        List<Group> groups = new ArrayList<>();
        for (List<Long> keys : edges.values().stream()
                .sorted(Comparator.comparingInt(keys -> -keys.size()))
                .toList()) {
            TreeSet<Integer> members = new TreeSet<>();
            keys.forEach(key -> {
                members.add((int) (key >>> 32));
                members.add(key.intValue());
            });
            if (members.size() >= FEWEST_ACTORS) {
                groups.add(group(question, pairs, groups.size(), members, keys));
            }
        }
        return groups;
    }

    private static Group group(Question question, Pairs pairs, int id, SortedSet<Integer> members, List<Long> keys) {
        Map<Integer, Set<Integer>> shared = new TreeMap<>();
        double seconds = 0;
        double coactions = 0;
        double onTheClock = 0;
        for (long key : keys) {
            Pair pair = pairs.found.getOrDefault(key, new Pair());
            onTheClock += pair.onTheClock;
            for (Map.Entry<Integer, Integer> object : pair.objects.entrySet()) {
                Set<Integer> actors = shared.computeIfAbsent(object.getKey(), first -> new TreeSet<>());
                actors.add((int) (key >>> 32));
                actors.add((int) key);
                seconds += object.getValue();
                coactions++;
            }
        }
        return new Group(
                id,
                members.stream().map(question::named).toList(),
                members.stream()
                                .map(agent -> question.agents().owners()[agent])
                                .distinct()
                                .count()
                        == 1,
                shared.keySet().stream()
                        .map(object -> KINDS[pairs.events.kind(object)])
                        .distinct()
                        .sorted()
                        .toList(),
                shared.entrySet().stream()
                        .sorted(Comparator.<Map.Entry<Integer, Set<Integer>>>comparingInt(
                                        object -> -object.getValue().size())
                                .thenComparing(Map.Entry::getKey))
                        .limit(SHOWN_OBJECTS)
                        .map(object -> new SharedObject(
                                KINDS[pairs.events.kind(object.getKey())],
                                id(question, pairs.events, object.getKey()),
                                object.getValue().size()))
                        .toList(),
                Figure.of(seconds / coactions),
                Figure.of(keys.stream()
                        .mapToDouble(key -> pairs.weights.getOrDefault(key, 0.0))
                        .average()
                        .orElse(0)),
                Figure.of(keys.stream()
                        .mapToDouble(key -> pairs.unlikely.getOrDefault(key, 0.0))
                        .average()
                        .orElse(0)),
                onTheClock > coactions / 2);
    }

    private static @Nullable String id(Question question, CoActions events, int object) {
        int kind = events.kind(object);
        int number = events.number(object);
        return kind == CoActions.FOLLOW
                ? question.named(number).id()
                : kind < CoActions.FOLLOW ? question.post(number) : null;
    }
}
