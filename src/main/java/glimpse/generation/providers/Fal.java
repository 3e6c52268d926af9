package glimpse.generation.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.generation.providers.ProviderFailure.Kind;
import glimpse.http.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** fal, in one round trip: the picture comes within the answer, and nothing is kept there. */
final class Fal implements ImageProvider {
    static final String BASE_URL = "https://fal.run";

    private static final Set<String> RESULT_HOSTS = Set.of("fal.media", "fal.ai", "fal.run");
    private static final long LARGEST_SEED = Integer.MAX_VALUE;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2); // it tells none; so its documentation says

    private final Endpoint endpoint;

    Fal(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "fal";
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
        return new Takes(LARGEST_SEED, false);
    }

    @Override
    public Picture generate(Order order, Exchange exchange) {
        Reply reply = exchange.create(
                Exchange.post(endpoint.baseUrl() + "/" + order.model(), body(order))
                        .header("Authorization", "Key " + exchange.key()),
                Fal::refusal);
        if (reply.json().at("/has_nsfw_concepts/0").asBoolean()) {
            throw ProviderFailure.of(Kind.REJECTED_PROMPT); // the picture that comes with it is blank
        }
        JsonNode seed = reply.json().path("seed");
        @Nullable Long used = seed.canConvertToLong() ? Long.valueOf(seed.longValue()) : order.seed();
        return exchange.picture(reply, reply.text("/images/0/url"), endpoint.baseUrl(), RESULT_HOSTS, used);
    }

    static ObjectNode body(Order order) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("prompt", order.prompt())
                .put("num_images", 1)
                .put("output_format", "png")
                .put("sync_mode", true);
        @Nullable AspectRatio ratio = order.aspectRatio();
        if (ratio != null) {
            body.putObject("image_size").put("width", ratio.width()).put("height", ratio.height());
        }
        return order.seed() == null ? body : body.put("seed", order.seed());
    }

    static ProviderFailure refusal(Reply reply) {
        String detail = reply.text("/detail").toLowerCase(Locale.ROOT);
        return switch (reply.status()) {
            case 403 ->
                detail.contains("exhausted balance") || detail.contains("top_up") || detail.contains("top up")
                        ? ProviderFailure.of(Kind.QUOTA_EXHAUSTED)
                        : ProviderFailure.ofStatus(reply);
            case 422 ->
                reply.text("/detail/0/type").equals("content_policy_violation")
                        ? ProviderFailure.of(Kind.REJECTED_PROMPT)
                        : ProviderFailure.ofStatus(reply);
            case 429 -> {
                @Nullable Duration told = reply.retryAfter();
                yield ProviderFailure.of(Kind.RATE_LIMITED, told == null ? BETWEEN_ATTEMPTS : told);
            }
            default -> ProviderFailure.ofStatus(reply);
        };
    }
}
