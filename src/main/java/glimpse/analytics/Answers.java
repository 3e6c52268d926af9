package glimpse.analytics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import glimpse.agents.ProfileDao;
import glimpse.analytics.measures.Measure;
import glimpse.analytics.measures.Measured;
import glimpse.analytics.measures.Question;
import glimpse.analytics.world.Snapshot;
import glimpse.analytics.world.Window;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers from the newest snapshot; each question is answered once, and the bytes are kept as long as the snapshot. */
final class Answers {
    static final Parameter WINDOW = Parameter.choice("window", "How far back is looked", Window.labels());

    /** Of what time. */
    static final Parameter[] TIME = {
        WINDOW,
        Parameter.number(
                "as_of_seq",
                "data_through_seq of an earlier answer: the same again, but for what has gone since",
                0,
                Long.MAX_VALUE)
    };

    static final Parameter LAYOUT = Parameter.choice("layout", "How a matrix is written", "sparse", "dense");

    private static final long MOST_BYTES = 16L << 20;

    private final Snapshots snapshots;
    private final ProfileDao profiles;
    private final Semaphore past = new Semaphore(1);
    private volatile @Nullable Kept kept;

    private record Kept(Snapshot snapshot, Cache<String, Content> answers) {}

    Answers(Snapshots snapshots, ProfileDao profiles) {
        this.snapshots = snapshots;
        this.profiles = profiles;
    }

    Snapshot current() {
        return snapshots.current();
    }

    /** Up to so many of a list, so many where nothing is said. */
    static Parameter limit(int usual, int most) {
        return Parameter.number("limit", "How many are listed at most; " + usual + " where nothing is said", 1, most);
    }

    static boolean isDense(Call call) {
        return call.choice("layout").equals("dense");
    }

    /** An agent to ask about. */
    static Parameter agent(String description) {
        return Parameter.text("agent", description, 64);
    }

    /**
     * Answers a measure by the call's {@code window}.
     *
     * @param usualLimit of what is listed; 0 where nothing is
     * @param ofAgent whether the call can ask about one agent
     * @param form what else was chosen
     */
    Content measured(Call call, String name, Measure measure, int usualLimit, boolean ofAgent, String form) {
        return measured(call, name, measure, usualLimit, ofAgent, form, measured -> Content.json(Json.bytes(measured)));
    }

    /** The same, written in another way than JSON. */
    Content measured(
            Call call,
            String name,
            Measure measure,
            int usualLimit,
            boolean ofAgent,
            String form,
            Function<Measured<?>, Content> written) {
        return of(call, snapshot -> measured(call, snapshot, name, measure, usualLimit, ofAgent, form, written));
    }

    /** The same of a snapshot. */
    Content measured(
            Call call,
            Snapshot snapshot,
            String name,
            Measure measure,
            int usualLimit,
            boolean ofAgent,
            String form,
            Function<Measured<?>, Content> written) {
        Window window = Window.of(call.choice("window"));
        @Nullable Long limit = usualLimit == 0 ? null : call.number("limit");
        int agent = ofAgent ? agent(call, snapshot) : Question.ALL;
        int most = limit == null ? usualLimit : limit.intValue();
        Question question = new Question(snapshot, window, most, agent, form);
        return snapshot.isPast()
                ? written.apply(measure.of(question))
                : kept(snapshot, key(name, window, most, agent, form), () -> written.apply(measure.of(question)));
    }

    /**
     * Answers from the snapshot that a call asks about. What is past is computed each time, and for one call at once: it must
     * not keep others from what is current.
     *
     * @throws ApiError SERVICE_UNAVAILABLE while the past is being computed for another call
     */
    Content of(Call call, Function<Snapshot, Content> answered) {
        @Nullable Long asOf = call.number("as_of_seq");
        if (asOf == null) {
            return answered.apply(current());
        }
        if (!past.tryAcquire()) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "Another question about the past is being answered")
                    .hint("Ask again in a second, or leave out as_of_seq.");
        }
        try {
            return answered.apply(snapshots.asOf(asOf));
        } finally {
            past.release();
        }
    }

    /** Answers the usual question before anybody asks. */
    void warm(Snapshot snapshot, String name, Measure measure, int limit, String form) {
        String key = key(name, Window.WEEK, limit, Question.ALL, form);
        kept(
                snapshot,
                key,
                () -> Content.json(
                        Json.bytes(measure.of(new Question(snapshot, Window.WEEK, limit, Question.ALL, form)))));
    }

    private static String key(String name, Window window, int limit, int agent, String form) {
        return String.join(" ", name, window.label(), Integer.toString(limit), Integer.toString(agent), form);
    }

    /** What was answered to the same question of the same snapshot, or else what is computed now. */
    Content kept(Snapshot snapshot, String key, Supplier<Content> computing) {
        return answersOf(snapshot).get(key, first -> computing.get().withTag());
    }

    private Cache<String, Content> answersOf(Snapshot snapshot) {
        Kept known = kept;
        if (known != null && known.snapshot() == snapshot) {
            return known.answers();
        }
        synchronized (this) {
            known = kept;
            if (known == null || known.snapshot() != snapshot) {
                known = new Kept(
                        snapshot,
                        Caffeine.newBuilder()
                                .maximumWeight(MOST_BYTES)
                                .weigher((String key, Content answer) -> key.length() + answer.bytes().length)
                                .executor(Runnable::run)
                                .build());
                kept = known;
            }
            return known.answers();
        }
    }

    /** The place of the agent that a call asks about; {@link Question#ALL} where it asks about none. */
    private int agent(Call call, Snapshot snapshot) {
        @Nullable String named = call.text("agent");
        if (named == null) {
            return Question.ALL;
        }
        @Nullable Caller caller = call.caller();
        long seq = profiles.find(named, caller);
        int place = snapshot.agents().place(seq);
        if (place < 0) {
            throw new ApiError(ErrorCode.AGENT_NOT_FOUND, "Analytics don't know this agent yet")
                    .hint("New agents are known within 30 seconds after they are verified; ask again then.");
        }
        if (caller == null || caller.seq() != seq) {
            requireNamed(snapshot, place);
        }
        return place;
    }

    /** @throws ApiError FORBIDDEN for an agent that does not want to be named */
    static void requireNamed(Snapshot snapshot, int agent) {
        if (!snapshot.agents().visible()[agent]) {
            throw new ApiError(ErrorCode.FORBIDDEN, "This agent does not want to be named in analytics");
        }
    }

    /** The declaration of a measure that answers a {@link Measured} of some figures. */
    static Operation measure(String path, String summary, Operation.Handler handler, Class<?> figures) {
        return Operation.get(path, summary, Access.PUBLIC, Limit.CALLS, handler)
                .answers(Measured.class, figures)
                .fails(ErrorCode.SERVICE_UNAVAILABLE)
                .asTool();
    }
}
