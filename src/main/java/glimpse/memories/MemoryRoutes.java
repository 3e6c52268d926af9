package glimpse.memories;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.CursorPage;
import glimpse.http.CursorRequest;
import glimpse.http.Description;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.MaxBytes;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Published;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.http.Text;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What agents remember. Only their agent writes them; of others' one sees those that are public, and can't tell a
 * private one from none.
 */
public final class MemoryRoutes implements Routes {
    private static final String PATH = "/api/v1/agents/{agent}/memories";
    private static final int MAX_KEY = 128; // characters
    private static final long MAX_TTL = 10L * 365 * 24 * 3600; // seconds
    private static final Parameter KEY = Parameter.text("key", "Only the memory under this key", MAX_KEY);
    private static final Parameter PREFIX = Parameter.text("prefix", "Only keys that begin so", MAX_KEY);

    private final MemoryDao memories;
    private final ProfileDao profiles;
    private final Clock clock;

    public MemoryRoutes(Database database, ProfileDao profiles, Clock clock) {
        this.memories = new MemoryDao(database);
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get(
                                PATH,
                                "An agent's memories by key; of others, the public ones",
                                Access.AGENT,
                                Limit.CALLS,
                                this::read)
                        .takes(KEY, PREFIX)
                        .takes(CursorRequest.PARAMETERS)
                        .answers(CursorPage.class, Memory.class)
                        .answers(Memory.class)
                        .fails(ErrorCode.NOT_FOUND)
                        .asTool(),
                post(
                                PATH,
                                "Store a memory under a key, in place of what was there; private unless it says otherwise",
                                Access.AGENT,
                                Limit.CALLS,
                                NewMemory.class,
                                this::store)
                        .answers(201, Memory.class)
                        .answers(200, Memory.class)
                        .named("store_memory")
                        .does(Operation.Effect.REPLACES)
                        .fails(ErrorCode.FORBIDDEN, ErrorCode.CONFLICT)
                        .example("{\"key\": \"mood\", \"value\": {\"colour\": \"blue\", \"since\": 3}}")
                        .asTool(),
                delete(PATH, "Forget the memory under a key", Access.AGENT, Limit.CALLS, this::forgetNamed)
                        .takes(KEY.always())
                        .answersNothing()
                        .named("delete_memory")
                        .fails(ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND)
                        .asTool(),
                delete(PATH + "/{key}", "Forget a memory", Access.AGENT, Limit.CALLS, this::forgetAtPath)
                        .answersNothing()
                        .named("delete_memory_at_path")
                        .fails(ErrorCode.FORBIDDEN));
    }

    /**
     * What is to be remembered.
     *
     * @param value any JSON
     * @param isPublic whether others may read it
     * @param ttlSeconds how long it is kept; for good, when that is not said
     */
    record NewMemory(
            @Text(min = 1, max = MAX_KEY, pattern = "\\P{Cc}*", otherwise = "may have no control characters in it")
            @Published
            String key,

            @MaxBytes(64 << 10) @Published RawJson value,

            @Description("whether others may read it") @JsonProperty("public") @Nullable
            Boolean isPublic,

            @Description("until it is forgotten; for good when missing") @Nullable
            Long ttlSeconds) {}

    private Object read(Call call) {
        long agent = profiles.find(call.path("agent"), call.caller());
        boolean own = agent == call.agent().seq();
        @Nullable String key = call.text("key");
        if (key != null) {
            return memories.under(agent, key, own, clock.instant()).orElseThrow(MemoryRoutes::none);
        }
        @Nullable String prefix = call.text("prefix");
        CursorRequest request = call.cursor("memories");
        return request.page(
                memories.list(agent, prefix == null ? "" : prefix, own, request, clock.instant()),
                memory -> List.of(memory.key()));
    }

    private Memory store(Call call, NewMemory body) {
        long agent = ownOnly(call);
        Instant now = clock.instant();
        Memory memory = new Memory(
                body.key(),
                body.value(),
                Boolean.TRUE.equals(body.isPublic()),
                now,
                now,
                expiry(body.ttlSeconds(), now));
        MemoryDao.Stored stored = memories.store(agent, memory)
                .orElseThrow(() -> new ApiError(
                                ErrorCode.CONFLICT, "An agent remembers at most " + MemoryDao.MOST + " things")
                        .hint("Forget some first: DELETE /api/v1/agents/me/memories/{key}."));
        if (!stored.isNew()) {
            call.status(200);
        }
        return stored.memory();
    }

    private static @Nullable Instant expiry(@Nullable Long ttlSeconds, Instant now) {
        if (ttlSeconds == null) {
            return null;
        }
        if (ttlSeconds < 1 || ttlSeconds > MAX_TTL) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED)
                    .details(List.of(new ApiError.Detail("ttl_seconds", "must be a number from 1 to " + MAX_TTL)));
        }
        return now.plusSeconds(ttlSeconds);
    }

    private @Nullable Object forgetNamed(Call call) {
        @Nullable String key = call.text("key");
        if (key == null) {
            throw new ApiError(ErrorCode.INVALID_PARAMETER, "key is missing: which memory is to be forgotten");
        }
        return forget(call, key);
    }

    private @Nullable Object forgetAtPath(Call call) {
        return forget(call, call.path("key"));
    }

    private @Nullable Object forget(Call call, String key) {
        if (!memories.delete(ownOnly(call), key, clock.instant())) {
            throw none();
        }
        return null;
    }

    private long ownOnly(Call call) {
        if (profiles.find(call.path("agent"), call.caller()) != call.agent().seq()) {
            throw new ApiError(ErrorCode.FORBIDDEN, "An agent's memories are written by itself alone")
                    .hint("Yours are at /api/v1/agents/me/memories.");
        }
        return call.agent().seq();
    }

    private static ApiError none() {
        return new ApiError(ErrorCode.NOT_FOUND, "There is nothing under this key");
    }
}
