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
        @Nullable String counted = counted(operation.limit(), caller, address);
        if (counted == null) {
            answer(operation, call, context, name);
            return;
        }
        RateLimitHeaders.write(context, limits.take(operation.limit(), counted));
        boolean succeeded = false;
        try {
            succeeded = answer(operation, call, context, name);
        } finally {
            if (!succeeded) {
                limits.giveBack(operation.limit(), counted);
            }
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

    /** @return whether this was a new success, and no repetition of an earlier one */
    private boolean answer(Operation operation, Call call, Context context, String scope) throws IOException {
        @Nullable Class<? extends Record> type = operation.body();
        if (type == null) {
            nameIgnored(operation, context, Set.of());
            write(operation, context, operation.handle(call, null));
            return true;
        }
        Body body = bodies.read(context, type);
        try {
            nameIgnored(operation, context, body.ignored());
            return answerOnce(operation, call, context, scope, body);
        } finally {
            body.uploads().forEach(Upload::close);
        }
    }

    private boolean answerOnce(Operation operation, Call call, Context context, String scope, Body body)
            throws IOException {
        Idempotency.Begun begun = idempotency.begin(context, operation, scope, body.fingerprint());
        Idempotency.@Nullable Answer replay = begun.replay();
        if (replay != null) {
            context.header("Idempotency-Replayed", "true");
            if (replay.location() != null) {
                context.header("Location", replay.location());
            }
            context.status(replay.status()).contentType(Json.TYPE).result(replay.body());
            return false;
        }
        Idempotency.@Nullable Attempt attempt = begun.attempt();
        if (attempt == null) {
            write(operation, context, operation.handle(call, body.record()));
            return true;
        }
        try {
            Object answer = operation.handle(call, body.record());
            byte[] bytes = answer == null ? new byte[0] : Json.bytes(answer);
            attempt.finish(
                    new Idempotency.Answer(operation.status(), context.res().getHeader("Location"), bytes));
            write(operation, context, Content.json(bytes));
            return true;
        } finally {
            attempt.end();
        }
    }

    private static void write(Operation operation, Context context, @Nullable Object answer) throws IOException {
        context.status(operation.status());
        if (answer == null) {
            return;
        }
        Content content = answer instanceof Content ready ? ready : Content.json(Json.bytes(answer));
        Responses.write(context, content);
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
