package glimpse.http;

import glimpse.secrets.MasterKey;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: mounts operations on Javalin, and gives every answer what all answers have. */
public final class Server implements AutoCloseable {
    static final String REQUEST_ID = "X-Request-Id";

    /** What browsers are told with every answer. */
    static final Map<String, String> ON_EVERY_ANSWER = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Expose-Headers",
                    "Link, Location, ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset,"
                            + " X-Request-Id, X-Glimpse-Ignored-Fields, Idempotency-Replayed",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    private static final Logger log = LoggerFactory.getLogger(Server.class);
    private static final long STOP_TIMEOUT_MILLIS = 10_000; // for calls under way
    private static final long IDLE_AT_STOP_MILLIS = 50; // for connections that only wait
    private static final int MAX_HEADERS = 16 << 10; // bytes
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final String ADDRESS = "address";

    /**
     * What the server has to be told.
     *
     * @param hosts names under which it answers; empty when any will do
     * @param callers finds an agent by the SHA-256 of its key
     * @param failurePage how people see a failure
     * @param spool a folder for bodies that wait on disk
     * @param maxUpload bytes of one file
     * @param accessLog whether each request is a line in the log
     */
    public record Settings(
            String host,
            int port,
            Set<String> hosts,
            List<AddressRange> trustedProxies,
            Function<byte[], Optional<Caller>> callers,
            RateLimits limits,
            DailyLimits dailyLimits,
            IdempotentAnswers idempotentAnswers,
            MasterKey masterKey,
            EventStreams streams,
            Supplier<String> baseUrl,
            FailurePage failurePage,
            Path spool,
            long maxUpload,
            boolean accessLog) {}

    private final Settings settings;
    private final ClientAddresses addresses;
    private final RequestIds requestIds;
    private final Dispatcher dispatcher;
    private final Javalin javalin;
    private volatile String baseUrl = "";

    public Server(Settings settings, List<Operation> operations) {
        this.settings = settings;
        this.addresses = new ClientAddresses(settings.trustedProxies());
        this.requestIds = new RequestIds();
        this.dispatcher = new Dispatcher(
                settings.limits(),
                settings.dailyLimits(),
                new Authentication(settings.callers()),
                new BodyReader(settings.spool(), settings.maxUpload()),
                new Idempotency(settings.idempotentAnswers(), settings.masterKey()),
                settings.streams());
        this.javalin = Javalin.create(config -> configure(config, operations));
    }

    /**
     * Starts to answer.
     *
     * @throws JavalinBindException when the address can't be had
     */
    public void start() {
        javalin.start();
        for (Connector connector : javalin.jettyServer().server().getConnectors()) {
            ((AbstractConnector) connector).setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
        }
    }

    /** The port it listens on, known when it has started. */
    public int port() {
        return javalin.port();
    }

    // The URL can hold the port, which is known when it is bound: just before the first call comes in.
    private String baseUrl() {
        if (baseUrl.isEmpty()) {
            baseUrl = settings.baseUrl().get();
        }
        return baseUrl;
    }

    private void configure(JavalinConfig config, List<Operation> operations) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true; // where the JVM has them
        config.http.prefer405over404 = true;
        // Clients make /agents/me/ of /agents/me/memories/.., where deleting is the end of an account.
        config.router.ignoreTrailingSlashes = false;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(MAX_HEADERS));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_TIMEOUT_MILLIS);
            server.setErrorHandler(new UnreadableRequests(requestIds, settings.limits()));
        });
        if (settings.accessLog()) {
            config.requestLogger.http(Server::logAccess);
        }
        config.routes.before(this::prepare);
        mount(config, operations);
        config.routes.exception(HttpResponseException.class, this::unmatched);
        config.routes.exception(
                EofException.class, // mostly nobody is there to read it, but a body with broken chunks ends so, too
                (broken, context) -> ErrorResponses.write(
                        context, new ApiError(ErrorCode.INVALID_PARAMETER, "The body breaks off, or is badly framed")));
        config.routes.error(
                ErrorCode.REQUEST_TIMEOUT.status(),
                context -> ErrorResponses.write(context, new ApiError(ErrorCode.REQUEST_TIMEOUT)));
        config.routes.exception(
                Exception.class,
                (problem, context) ->
                        fail(context, problem instanceof ApiError known ? known : ErrorResponses.unforeseen(problem)));
        config.router.javaLangErrorHandler(ErrorResponses::writeFatal);
    }

    private void mount(JavalinConfig config, List<Operation> operations) {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        // The first that matches answers: a path without parameters has to come before one with.
        List<Operation> inOrder = operations.stream()
                .sorted(Comparator.comparing(operation -> operation.path().contains("{")))
                .toList();
        for (Operation operation : inOrder) {
            String method = operation.method().name();
            Set<String> allowed = methods.computeIfAbsent(operation.path(), path -> new TreeSet<>(Set.of("OPTIONS")));
            endpoint(config, method, operation);
            allowed.add(method);
            if (operation.method() == Operation.Method.GET) {
                endpoint(config, "HEAD", operation); // Javalin's own HEAD answers 200 without asking the handler
                allowed.add("HEAD");
            }
        }
        methods.forEach((path, allowed) -> config.routes.addEndpoint(Endpoint.create(HandlerType.OPTIONS, path)
                .handler(context -> preflight(context, String.join(", ", allowed)))));
    }

    private void endpoint(JavalinConfig config, String method, Operation operation) {
        config.routes.addEndpoint(Endpoint.create(new HandlerType(method), operation.path())
                .handler(context -> dispatcher.handle(operation, context, address(context), baseUrl())));
    }

    /** What every answer has, whether a handler is found for it or not. */
    private void prepare(Context context) {
        context.attribute(ADDRESS, addresses.of(context));
        context.header(REQUEST_ID, requestIds.next());
        ON_EVERY_ANSWER.forEach(context::header);
        if (baseUrl().startsWith("https:")) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        refuseOtherHosts(context);
        // Javalin obeys it, past whatever a proxy in front allows.
        if (context.header("X-HTTP-Method-Override") != null) {
            takeCall(context);
            throw new ApiError(ErrorCode.INVALID_PARAMETER, "X-HTTP-Method-Override is not taken here");
        }
    }

    // A name that a stranger points at this machine (DNS rebinding) would give his pages what is only for its owner.
    private void refuseOtherHosts(Context context) {
        String host = String.valueOf(context.host());
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        if (!settings.hosts().isEmpty() && !settings.hosts().contains(name)) {
            takeCall(context);
            throw new ApiError(ErrorCode.MISDIRECTED_REQUEST)
                    .hint("Use " + baseUrl() + ", or set server.public_url or sandbox.allow_remote.");
        }
    }

    /** Counts a call that no operation sees. */
    private void takeCall(Context context) {
        RateLimitHeaders.write(context, settings.limits().take(Limit.CALLS, address(context)));
    }

    private static String address(Context context) {
        String address = context.attribute(ADDRESS);
        return String.valueOf(address);
    }

    private void preflight(Context context, String allowed) {
        RateLimitHeaders.write(context, settings.limits().look(Limit.CALLS, address(context)));
        context.status(204)
                .header("Allow", allowed)
                .header("Access-Control-Allow-Methods", allowed)
                .header(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, X-Image-Provider,"
                                + " X-Image-Key, A2A-Version, MCP-Protocol-Version, Mcp-Method, Mcp-Name")
                .header("Access-Control-Max-Age", "86400");
    }

    // Javalin's own exceptions: no such path, no such method, or a fault of the request that it found itself.
    private void unmatched(HttpResponseException problem, Context context) {
        try {
            takeCall(context);
            fail(context, known(problem, context));
        } catch (ApiError limited) {
            fail(context, limited);
        }
    }

    /** Answers in the contract's envelope; whoever opens an address in a browser gets a page. */
    private void fail(Context context, ApiError error) {
        ErrorResponses.write(context, error);
        if (!wantsPage(context)) {
            return;
        }
        Operation none = Operation.get(context.path(), "", Access.PUBLIC, Limit.NONE, call -> null);
        try {
            Call call = new Call(context, none, settings.limits(), address(context), baseUrl(), null, dispatcher);
            Content page = settings.failurePage().of(call, error);
            context.contentType(page.type()).result(page.bytes());
        } catch (RuntimeException alsoBroken) {
            log.error("failure_page_failed request={}", context.res().getHeader(REQUEST_ID), alsoBroken);
        }
    }

    // Browsers name it; programs that take anything get what programs read.
    private static boolean wantsPage(Context context) {
        String path = context.path();
        return String.valueOf(context.header("Accept")).contains("text/html")
                && !path.startsWith("/api/")
                && !path.startsWith("/_sandbox/");
    }

    private static ApiError known(HttpResponseException problem, Context context) {
        if (problem instanceof NotFoundResponse) {
            return new ApiError(ErrorCode.NOT_FOUND).hint("See /llms.txt for the paths of this server.");
        }
        if (problem instanceof MethodNotAllowedResponse) {
            @Nullable String allowed = problem.getDetails().get("availableMethods");
            context.header("Allow", String.valueOf(allowed));
            return new ApiError(ErrorCode.METHOD_NOT_ALLOWED, "This path takes " + allowed);
        }
        return problem.getStatus() < 500
                ? new ApiError(ErrorCode.INVALID_PARAMETER, "The request can't be understood")
                : ErrorResponses.unforeseen(problem);
    }

    private static void logAccess(Context context, Float millis) {
        log.info(
                "request id={} method={} path={} status={} ms={}",
                context.res().getHeader(REQUEST_ID),
                context.method(),
                LogText.of(context.path()),
                context.statusCode(),
                Math.round(millis));
    }

    @Override
    public void close() {
        settings.streams().close(); // else they would be waited for, as calls under way
        javalin.stop();
    }
}
