package glimpse.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes a call of an operation from request to answer: key, limits, body, earlier answer, handler. */
final class Dispatcher {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MOST_IGNORED = 20;

    private final RateLimits limits;
    private final Authentication authentication;
    private final BodyReader bodies;
    private final Idempotency idempotency;

    Dispatcher(RateLimits limits, Authentication authentication, BodyReader bodies, Idempotency idempotency) {
        this.limits = limits;
        this.authentication = authentication;
        this.bodies = bodies;
        this.idempotency = idempotency;
    }

    void handle(Operation operation, Context context, String address, String baseUrl) throws IOException {
        // Until the key is known to work, and where none is asked for, the address stands for the caller.
        @Nullable Caller caller = authenticated(operation, context, address);
        String name = caller == null ? address : caller.id();
        if (operation.limit() == Limit.NONE) {
            RateLimitHeaders.write(context, limits.look(Limit.CALLS, name));
        } else {
            RateLimitHeaders.write(context, limits.take(Limit.CALLS, name));
        }
        Call call = new Call(context, operation, limits, address, baseUrl, caller);
        Outcome outcome = limited(operation, call, context, name, counted(operation.limit(), caller, address));
        context.status(operation.status());
        if (outcome.content() != null) {
            Responses.write(context, outcome.content());
        }
    }

    /** What is to be sent, and whether it is a new success or the repetition of an earlier one. */
    private record Outcome(@Nullable Content content, boolean isNew) {}

    private Outcome limited(Operation operation, Call call, Context context, String scope, @Nullable String counted)
            throws IOException {
        if (counted == null) {
            return answer(operation, call, context, scope);
        }
        RateLimits.State state = limits.take(operation.limit(), counted);
        boolean spent = false;
        try {
            Outcome outcome = answer(operation, call, context, scope);
            spent = outcome.isNew();
            return outcome;
        } finally {
            RateLimitHeaders.write(context, spent ? state : limits.giveBack(operation.limit(), counted));
        }
    }

    private @Nullable Caller authenticated(Operation operation, Context context, String address) {
        try {
            if (operation.access() == Access.LOCAL) {
                refuseOtherSites(context);
                return null;
            }
            return authentication.authenticate(context, operation.access());
        } catch (ApiError refused) {
            RateLimitHeaders.write(context, limits.take(Limit.CALLS, address));
            throw refused;
        }
    }

    // A browser names the page that calls; programs have no Origin.
    private static void refuseOtherSites(Context context) {
        context.res().setHeader("Access-Control-Allow-Origin", null);
        @Nullable String origin = context.header("Origin");
        if (origin != null && !origin.endsWith("//" + context.host())) {
            throw new ApiError(ErrorCode.FORBIDDEN, "Pages of other sites may not call this");
        }
    }

    /** Who is counted for an operation's own limit, beside the one on all calls. */
    private static @Nullable String counted(Limit limit, @Nullable Caller caller, String address) {
        if (limit == Limit.CALLS || limit == Limit.NONE) {
            return null;
        }
        return switch (limit.scope()) {
            case CALLER, AGENT -> caller == null ? address : caller.id();
            case ADDRESS -> address;
            case NAMED -> null;
        };
    }

    private Outcome answer(Operation operation, Call call, Context context, String scope) throws IOException {
        @Nullable Class<? extends Record> type = operation.body();
        if (type == null) {
            nameIgnored(operation, context, Set.of());
            return new Outcome(content(operation.handle(call, null)), true);
        }
        Body body = bodies.read(context, type);
        try {
            nameIgnored(operation, context, body.ignored());
            return answerOnce(operation, call, context, scope, body);
        } finally {
            body.uploads().forEach(Upload::close);
        }
    }

    private Outcome answerOnce(Operation operation, Call call, Context context, String scope, Body body) {
        Idempotency.Begun begun = idempotency.begin(context, operation, scope, body.fingerprint());
        Idempotency.@Nullable Answer replay = begun.replay();
        if (replay != null) {
            context.header("Idempotency-Replayed", "true");
            if (replay.location() != null) {
                context.header("Location", replay.location());
            }
            return new Outcome(Content.json(replay.body()), false);
        }
        Idempotency.@Nullable Attempt attempt = begun.attempt();
        if (attempt == null) {
            return new Outcome(content(operation.handle(call, body.record())), true);
        }
        try {
            Object answer = operation.handle(call, body.record());
            byte[] bytes = answer == null ? new byte[0] : Json.bytes(answer);
            attempt.finish(new Idempotency.Answer(context.res().getHeader("Location"), bytes));
            return new Outcome(Content.json(bytes), true);
        } finally {
            attempt.end();
        }
    }

    private static @Nullable Content content(@Nullable Object answer) {
        return answer == null || answer instanceof Content ? (Content) answer : Content.json(Json.bytes(answer));
    }

    private static void nameIgnored(Operation operation, Context context, Set<String> fields) {
        if (fields.isEmpty() && context.queryString() == null) {
            return;
        }
        Set<String> declared =
                operation.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        List<String> ignored = java.util.stream.Stream.concat(
                        fields.stream(),
                        context.queryParamMap().keySet().stream().filter(name -> !declared.contains(name)))
                .filter(name -> PLAIN_NAME.matcher(name).matches())
                .limit(MOST_IGNORED)
                .toList();
        if (!ignored.isEmpty()) {
            context.header("X-Glimpse-Ignored-Fields", String.join(", ", ignored));
        }
    }
}
