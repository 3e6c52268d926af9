package glimpse.generation.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import glimpse.testing.Pictures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all stand-ins have: a server, a memory of what it was asked, and the ways in which any server can fail. */
public abstract class FakeProvider implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern MODE = Pattern.compile("mode=([a-z0-9-]+)");
    private static final int OVERSIZE = 34 << 20; // bytes
    private static final String RESULTS = "/results/";

    /** A request as it came. */
    public record Seen(String method, String path, Map<String, List<String>> headers, byte[] body) {
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                JsonNode json = JSON.readTree(body);
                return json == null ? MissingNode.getInstance() : json;
            } catch (IOException notJson) {
                return MissingNode.getInstance();
            }
        }

        /** Whether it is for a picture that lies at a URL. */
        public boolean isResult() {
            return path.startsWith(RESULTS);
        }
    }

    /** An answer to be sent. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }

        Reply with(String name, String value) {
            Map<String, String> more = new ConcurrentHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Set<String> once = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicLong pictures = new AtomicLong();

    FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Its name among the providers. */
    public abstract String name();

    /** The only key it knows. */
    public abstract String key();

    /** What the server is to be told as its base URL. */
    public String baseUrl() {
        return origin();
    }

    /** The answer to a request of which nothing is known yet. */
    abstract Reply answer(Seen request, String mode);

    /** The answer that has the picture in it. */
    abstract Reply success(Seen request, byte[] picture);

    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Everything it was asked, in order. */
    public List<Seen> seen() {
        return seen;
    }

    /** Lets those go on that were asked for with {@code mode=held}. */
    public void release() {
        held.countDown();
    }

    public void forget() {
        seen.clear();
        once.clear();
    }

    byte[] picture() {
        return Pictures.png(96, 64, 40_000 + pictures.incrementAndGet());
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** True at the first request in this mode. */
    boolean first(String mode) {
        return once.add(mode);
    }

    static String mode(String prompt) {
        Matcher found = MODE.matcher(prompt);
        return found.find() ? found.group(1) : "ok";
    }

    String resultUrl(String kind) {
        return origin() + RESULTS + kind + "/" + pictures.incrementAndGet();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            Seen request = new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(headers),
                    exchange.getRequestBody().readAllBytes());
            seen.add(request);
            if (request.isResult()) {
                result(exchange, request);
                return;
            }
            send(exchange, request, mode(request.text()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void result(HttpExchange exchange, Seen request) throws IOException {
        if (request.path().contains("/away/")) {
            write(exchange, new Reply(302, Map.of("Location", "http://127.0.0.1:1/inside"), new byte[0]));
        } else if (request.path().contains("/around/")) {
            write(exchange, new Reply(302, Map.of("Location", resultUrl("plain")), new byte[0]));
        } else {
            write(exchange, new Reply(200, Map.of("Content-Type", "image/png"), picture()));
        }
    }

    private void send(HttpExchange exchange, Seen request, String mode) throws IOException, InterruptedException {
        Reply usual = answer(request, mode);
        if (usual.status() >= 400 || !request.method().equals("POST")) {
            write(exchange, usual);
            return;
        }
        switch (mode) {
            case "slow" -> {
                closing.await(60, TimeUnit.SECONDS);
            }
            case "held" -> {
                held.await(60, TimeUnit.SECONDS);
                write(exchange, usual);
            }
            case "dribble" -> dribble(exchange, usual);
            case "html" ->
                write(
                        exchange,
                        new Reply(500, Map.of("Content-Type", "text/html"), bytes("<h1>Oops " + key() + "</h1>")));
            case "page" -> write(exchange, new Reply(200, Map.of("Content-Type", "text/html"), bytes("<h1>Hi</h1>")));
            case "mistyped" -> write(exchange, usual.with("Content-Type", "text/plain"));
            case "nothing" -> write(exchange, new Reply(200, Map.of("Content-Type", "application/json"), new byte[0]));
            case "empty-picture" -> write(exchange, success(request, new byte[0]));
            case "no-picture" -> write(exchange, success(request, bytes("this is no picture ".repeat(5_000))));
            case "truncated" -> {
                exchange.sendResponseHeaders(200, usual.body().length + 1_000L);
                exchange.getResponseBody().write(usual.body(), 0, usual.body().length / 2);
                exchange.getResponseBody().flush();
            }
            case "cut-json" ->
                write(exchange, new Reply(200, usual.headers(), Arrays.copyOf(usual.body(), usual.body().length / 2)));
            case "oversize" -> oversize(exchange);
            case "away" -> write(exchange, new Reply(302, Map.of("Location", resultUrl("plain")), new byte[0]));
            default -> write(exchange, usual);
        }
    }

    private void dribble(HttpExchange exchange, Reply reply) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, reply.body().length);
        for (byte b : reply.body()) {
            exchange.getResponseBody().write(b);
            exchange.getResponseBody().flush();
            if (closing.await(100, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static void oversize(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        byte[] block = bytes("A".repeat(1 << 16));
        out.write('"');
        for (int sent = 0; sent < OVERSIZE; sent += block.length) {
            out.write(block);
        }
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The number of requests that were not for a result. */
    public long calls() {
        return seen.stream().filter(request -> !request.isResult()).count();
    }

    /** A text between quotation marks, as JSON. */
    static String quoted(@Nullable String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        held.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
