package glimpse.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes a call of an operation from request to answer: key, limits, body, earlier answer, handler. */
final class Dispatcher {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,64}");
    private static final int MOST_IGNORED = 20;

    // They count although they failed: by then a picture has been fetched or decoded, or a provider been asked for one.
    private static final Set<ErrorCode> COSTLY = EnumSet.of(
            ErrorCode.IMAGE_FETCH_FAILED,
            ErrorCode.IMAGE_UNREADABLE,
            ErrorCode.IMAGE_TOO_LARGE,
            ErrorCode.PROVIDER_AUTH_FAILED,
            ErrorCode.PROVIDER_QUOTA_EXHAUSTED,
            ErrorCode.PROVIDER_RATE_LIMITED,
            ErrorCode.PROVIDER_REJECTED_PROMPT,
            ErrorCode.PROVIDER_TIMEOUT,
            ErrorCode.PROVIDER_UNAVAILABLE,
            ErrorCode.PROVIDER_MODEL_UNAVAILABLE,
            ErrorCode.PROVIDER_ERROR);

    private final RateLimits limits;
    private final DailyLimits dailyLimits;
    private final Authentication authentication;
    private final BodyReader bodies;
    private final Idempotency idempotency;
    private final EventStreams streams;

    Dispatcher(
            RateLimits limits,
            DailyLimits dailyLimits,
            Authentication authentication,
            BodyReader bodies,
            Idempotency idempotency,
            EventStreams streams) {
        this.limits = limits;
        this.dailyLimits = dailyLimits;
        this.authentication = authentication;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.streams = streams;
    }

    void handle(Operation operation, Context context, String address, String baseUrl) throws IOException {
        @Nullable Caller caller;
        Charge charge;
        try {
            caller = admitted(operation, context, address);
            charge = new Charge(operation.limit(), caller, address);
            if (!Idempotency.mayReplay(operation, context)) {
                charge.take();
            }
        } catch (ApiError refused) {
            discardBody(operation, context);
            throw refused;
        }
        boolean isSpent = false;
        @Nullable Object answer;
        Call call = new Call(context, operation, limits, address, baseUrl, caller, this);
        try {
            refuseBrokenQuery(context.queryString());
            Outcome outcome = answerOrRefuse(operation, call, context, name(caller, address), charge);
            answer = outcome.answer();
            isSpent = outcome.isNew();
            if (!call.isStatusChosen()) {
                context.status(operation.status());
            }
            link(call, answer);
        } catch (ApiError failure) {
            countMessage(operation, call);
            isSpent = COSTLY.contains(failure.code());
            throw failure;
        } finally {
            charge.settle(context, isSpent);
        }
        countMessage(operation, call);
        if (answer instanceof EventStream stream) {
            streams.begin(context, stream, address);
        } else if (answer instanceof Streamed streamed) {
            Responses.write(context, streamed);
        } else if (answer != null) {
            Responses.write(context, answer instanceof Content ready ? ready : Content.json(Json.bytes(answer)));
        }
    }

    private static void countMessage(Operation operation, Call call) {
        if (operation.access() == Access.RELAYED && !call.isRelayed()) {
            call.take(Limit.CALLS, name(call.caller(), call.address()));
        }
    }

    /** Calls an operation within a call of another: its key, its limits, its body and its failures are its own. */
    InnerCall.Answer inside(Context outer, InnerCall inner, String address, String baseUrl) throws IOException {
        InnerContext context = new InnerContext(outer, inner);
        try {
            handle(inner.operation(), context, address, baseUrl);
        } catch (ApiError refused) {
            ErrorResponses.write(context, refused);
        } catch (RuntimeException problem) {
            ErrorResponses.write(context, ErrorResponses.unforeseen(problem));
        }
        RateLimitHeaders.pass(context, outer);
        return context.answer();
    }

    private static void link(Call call, @Nullable Object answer) {
        if (answer instanceof Paged page && !page.leads().isEmpty()) {
            call.header("Link", call.links(page.leads()));
        }
    }

    /** What is to be sent, and whether it is a new success or the repetition of an earlier one. */
    private record Outcome(@Nullable Object answer, boolean isNew) {}

    /** A call's part of its operation's own limit, beside the one on all calls. A call that came to nothing costs nothing. */
    private final class Charge {
        private final Limit limit;
        private final @Nullable Caller caller;
        private final @Nullable String counted;
        private RateLimits.@Nullable State taken;

        Charge(Limit limit, @Nullable Caller caller, String address) {
            this.limit = limit;
            this.caller = caller;
            this.counted = counted(limit, caller, address);
        }

        void take() {
            if (counted != null && taken == null) {
                taken = limits.take(limit, counted);
            }
        }

        void settle(Context context, boolean isSpent) {
            if (counted == null) {
                return;
            }
            RateLimits.State unspent = taken == null ? limits.look(limit, counted) : taken;
            RateLimitHeaders.write(context, taken == null || isSpent ? unspent : limits.giveBack(limit, counted));
            if (!isSpent && caller != null) { // else the handler has told
                dailyLimits.beside(limit, caller.seq()).ifPresent(usage -> RateLimitHeaders.write(context, usage));
            }
        }
    }

    /** Checks the key, and takes the call from the limit on all calls. */
    private @Nullable Caller admitted(Operation operation, Context context, String address) {
        @Nullable Caller caller = authenticated(operation, context, address);
        String name = name(caller, address);
        boolean isCounted = operation.limit() != Limit.NONE && operation.access() != Access.RELAYED;
        RateLimitHeaders.write(context, isCounted ? limits.take(Limit.CALLS, name) : limits.look(Limit.CALLS, name));
        return caller;
    }

    // Until the key is known to work, and where none is asked for, the address stands for the caller.
    private static String name(@Nullable Caller caller, String address) {
        return caller == null ? address : caller.id();
    }

    // Most clients write the whole body before they read, and would find a closed connection instead of the reason.
    // Those that ask beforehand (Expect) have not begun.
    private static void discardBody(Operation operation, Context context) throws IOException {
        if (operation.body() != null && context.header("Expect") == null) {
            Spool.drain(context.bodyInputStream());
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

    // Whoever deletes its account while another call of its own is under way leaves that one without an owner for its
    // rows: that is no fault of this server.
    private Outcome answerOrRefuse(Operation operation, Call call, Context context, String scope, Charge charge)
            throws IOException {
        try {
            return answer(operation, call, context, scope, charge);
        } catch (ApiError known) {
            throw known;
        } catch (RuntimeException problem) {
            if (call.caller() != null) {
                authentication.authenticate(context, operation.access());
            }
            throw problem;
        }
    }

    private Outcome answer(Operation operation, Call call, Context context, String scope, Charge charge)
            throws IOException {
        @Nullable Class<? extends Record> type = operation.body();
        Body body = type == null ? Body.NONE : bodies.read(context, type);
        try {
            nameIgnored(operation, context, body.ignored());
            return answerOnce(operation, call, context, scope, charge, body);
        } finally {
            body.uploads().forEach(Upload::close);
        }
    }

    // A repetition is looked for before the limit is asked: whoever lost the answer that used it up still gets it.
    private Outcome answerOnce(
            Operation operation, Call call, Context context, String scope, Charge charge, Body body) {
        Idempotency.Begun begun = idempotency.begin(context, operation, scope, fingerprint(context, body));
        Idempotency.@Nullable Answer replay = begun.replay();
        if (replay != null) {
            context.header("Idempotency-Replayed", "true");
            call.status(replay.status());
            if (replay.location() != null) {
                context.header("Location", replay.location());
            }
            return new Outcome(Content.json(replay.body()), false);
        }
        Idempotency.@Nullable Attempt attempt = begun.attempt();
        if (attempt == null) {
            return new Outcome(operation.handle(call, body.record()), true);
        }
        try {
            charge.take();
            Object answer = operation.handle(call, body.record());
            byte[] bytes = answer == null ? new byte[0] : Json.bytes(answer);
            int status = call.isStatusChosen() ? context.statusCode() : operation.status();
            attempt.finish(new Idempotency.Answer(status, context.res().getHeader("Location"), bytes));
            return new Outcome(Content.json(bytes), true);
        } finally {
            attempt.end();
        }
    }

    // With the path: the same comment on another post is another request.
    private static byte[] fingerprint(Context context, Body body) {
        MessageDigest digest = Sha256.digest();
        digest.update(body.fingerprint());
        return digest.digest(context.path().getBytes(StandardCharsets.UTF_8));
    }

    // Javalin drops what it can't decode, as if it had not been said.
    private static void refuseBrokenQuery(@Nullable String query) {
        try {
            if (query != null) {
                URLDecoder.decode(query, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException broken) {
            throw new ApiError(ErrorCode.INVALID_PARAMETER, "The query is not percent-encoded as it should be");
        }
    }

    private static void nameIgnored(Operation operation, Context context, Set<String> fields) {
        if (fields.isEmpty() && context.queryString() == null) {
            return;
        }
        Set<String> declared = operation.parameters().stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .collect(Collectors.toSet());
        List<String> ignored = Stream.concat(
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
