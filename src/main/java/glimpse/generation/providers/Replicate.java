package glimpse.generation.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.generation.providers.ProviderFailure.Kind;
import glimpse.http.Json;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replicate's predictions: most are there when the first answer comes, and the others are asked for until they are. */
final class Replicate implements ImageProvider {
    static final String BASE_URL = "https://api.replicate.com/v1";

    private static final Set<String> RESULT_HOSTS = Set.of("replicate.delivery", "replicate.com");
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "canceled", "aborted");
    private static final long LONGEST_WAIT = 60; // seconds, of the first answer
    private static final Duration POLLED_EVERY = Duration.ofMillis(500);
    private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(3);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Pattern RESETS_IN = Pattern.compile("resets in ~([0-9]{1,4})s");
    private static final Pattern REJECTED = Pattern.compile("flagged as sensitive|\\(E005\\)|NSFW");

    private final Endpoint endpoint;

    Replicate(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "replicate";
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public KeyUse keyUse() {
        return KeyUse.REQUIRED;
    }

    @Override
    public Takes takes(String model) {
        return new Takes(Integer.MAX_VALUE, false);
    }

    @Override
    public Picture generate(Order order, Exchange exchange) {
        long seconds = Math.max(1, Math.min(LONGEST_WAIT, exchange.left().toSeconds()));
        boolean isVersion = order.model().contains(":");
        String path = isVersion ? "/predictions" : "/models/" + order.model() + "/predictions";
        ObjectNode body = Json.MAPPER.createObjectNode();
        if (isVersion) {
            body.put("version", order.model());
        }
        body.set("input", input(order));
        Reply reply = exchange.create(
                exchange.bearer(Exchange.post(endpoint.baseUrl() + path, body))
                        .header("Prefer", "wait=" + seconds)
                        .header("Cancel-After", endpoint.timeout().toSeconds() + "s"),
                Replicate::refusal);
        Reply done = isDone(reply) ? reply : awaited(reply.text("/id"), exchange);
        return picture(done, order, exchange);
    }

    private static ObjectNode input(Order order) {
        ObjectNode input =
                Json.MAPPER.createObjectNode().put("prompt", order.prompt()).put("output_format", "png");
        if (order.aspectRatio() != null) {
            input.put("aspect_ratio", order.aspectRatio().text());
        }
        return order.seed() == null ? input : input.put("seed", order.seed());
    }

    // In what it answers at once, the picture can be there while the status still says "processing".
    private static boolean isDone(Reply reply) {
        return ENDED.contains(reply.text("/status")) || !output(reply).isEmpty();
    }

    private static String output(Reply reply) {
        JsonNode output = reply.json().path("output");
        return output.isArray() ? output.path(0).asText("") : output.asText("");
    }

    private Reply awaited(String id, Exchange exchange) {
        if (!ID.matcher(id).matches()) {
            throw ProviderFailure.unusable("a prediction without an id");
        }
        String url = endpoint.baseUrl() + "/predictions/" + id;
        try {
            Reply reply;
            do {
                exchange.pause(POLLED_EVERY);
                reply = exchange.send(exchange.bearer(Exchange.get(url)));
                if (!Exchange.isSuccess(reply) && reply.status() != 429 && reply.status() < 500) {
                    throw refusal(reply);
                }
            } while (!isDone(reply));
            return reply;
        } catch (ProviderFailure failure) {
            if (failure.kind() == Kind.TIMEOUT) {
                exchange.tell(
                        exchange.bearer(Exchange.post(url + "/cancel", Json.MAPPER.createObjectNode())),
                        CANCELLED_WITHIN);
            }
            throw failure;
        }
    }

    private Picture picture(Reply reply, Order order, Exchange exchange) {
        String status = reply.text("/status");
        if (status.equals("failed")) {
            throw REJECTED.matcher(reply.text("/error")).find()
                    ? ProviderFailure.of(Kind.REJECTED_PROMPT)
                    : ProviderFailure.unusable("the prediction failed");
        }
        if (status.equals("canceled") || status.equals("aborted")) {
            throw ProviderFailure.of(Kind.TIMEOUT);
        }
        return exchange.picture(reply, output(reply), endpoint.baseUrl(), RESULT_HOSTS, order.seed());
    }

    private static ProviderFailure refusal(Reply reply) {
        return switch (reply.status()) {
            case 422 ->
                reply.text("/detail").contains("Invalid version or not permitted")
                        ? ProviderFailure.of(Kind.MODEL_UNAVAILABLE)
                        : ProviderFailure.ofStatus(reply);
            case 429 -> ProviderFailure.of(Kind.RATE_LIMITED, wait(reply));
            case 504 -> ProviderFailure.of(Kind.TIMEOUT);
            default ->
                reply.status() >= 500
                        ? ProviderFailure.of(Kind.UNAVAILABLE, reply.retryAfter())
                        : ProviderFailure.ofStatus(reply);
        };
    }

    private static @Nullable Duration wait(Reply reply) {
        JsonNode told = reply.json().path("retry_after");
        if (told.isNumber()) {
            return Reply.seconds(told.asText());
        }
        Matcher words = RESETS_IN.matcher(reply.text("/detail"));
        return words.find() ? Reply.seconds(words.group(1)) : reply.retryAfter();
    }
}
