package glimpse.generation.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.generation.providers.ProviderFailure.Kind;
import glimpse.http.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hugging Face's router, which passes a request on to one of the providers behind it: the route. */
final class Huggingface implements ImageProvider {
    static final String BASE_URL = "https://router.huggingface.co";

    private static final String FLUX_SCHNELL = "black-forest-labs/FLUX.1-schnell";
    private static final String FLUX_SCHNELL_AT_FAL = "fal-ai/flux/schnell";
    private static final Set<String> RESULT_HOSTS = Set.of("huggingface.co", "hf.co", "fal.media");

    private final Endpoint endpoint;
    private final HuggingfaceRoute route;

    Huggingface(Endpoint endpoint, HuggingfaceRoute route) {
        this.endpoint = endpoint;
        this.route = route;
    }

    @Override
    public String name() {
        return "huggingface";
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
        return new Takes(Integer.MAX_VALUE, route == HuggingfaceRoute.HF_INFERENCE);
    }

    @Override
    public Picture generate(Order order, Exchange exchange) {
        Reply reply = exchange.create(
                exchange.bearer(Exchange.post(url(order), body(order))).setHeader("Accept", "*/*"),
                Huggingface::refusal);
        if (!reply.isJson()) {
            return Exchange.raw(reply, order.seed());
        }
        if (reply.json().at("/has_nsfw_concepts/0").asBoolean()) {
            throw ProviderFailure.of(Kind.REJECTED_PROMPT);
        }
        if (reply.json().has("data")) {
            return Openai.picture(reply, order, exchange, endpoint.baseUrl(), RESULT_HOSTS);
        }
        String url = reply.text("/images/0/url");
        return exchange.picture(
                reply,
                url.isEmpty() ? reply.text("/output/0") : url,
                endpoint.baseUrl(),
                RESULT_HOSTS,
                seed(reply, order));
    }

    private static @Nullable Long seed(Reply reply, Order order) {
        JsonNode told = reply.json().path("seed");
        return told.canConvertToLong() ? Long.valueOf(told.longValue()) : order.seed();
    }

    private String url(Order order) {
        return endpoint.baseUrl()
                + switch (route) {
                    case NSCALE -> "/nscale/v1/images/generations";
                    case HF_INFERENCE -> "/hf-inference/models/" + order.model();
                    case FAL_AI ->
                        "/fal-ai/" + (order.model().equals(FLUX_SCHNELL) ? FLUX_SCHNELL_AT_FAL : order.model());
                };
    }

    private ObjectNode body(Order order) {
        return switch (route) {
            case NSCALE -> {
                ObjectNode body = Json.MAPPER
                        .createObjectNode()
                        .put("model", order.model())
                        .put("prompt", order.prompt())
                        .put("response_format", "b64_json");
                sizeAndSeed(body, order);
                yield body;
            }
            case HF_INFERENCE -> {
                ObjectNode body = Json.MAPPER.createObjectNode().put("inputs", order.prompt());
                ObjectNode parameters = body.putObject("parameters");
                sizeAndSeed(parameters, order);
                if (order.negativePrompt() != null) {
                    parameters.put("negative_prompt", order.negativePrompt());
                }
                yield body;
            }
            case FAL_AI -> Fal.body(order);
        };
    }

    private static void sizeAndSeed(ObjectNode body, Order order) {
        @Nullable AspectRatio ratio = order.aspectRatio();
        if (ratio != null) {
            body.put("width", ratio.width()).put("height", ratio.height());
        }
        if (order.seed() != null) {
            body.put("seed", order.seed());
        }
    }

    private static ProviderFailure refusal(Reply reply) {
        String text = reply.text("/error").toLowerCase(Locale.ROOT);
        boolean retired = text.contains("no longer supported") || text.contains("not supported by provider");
        return switch (reply.status()) {
            case 400 -> retired ? ProviderFailure.of(Kind.MODEL_UNAVAILABLE) : ProviderFailure.ofStatus(reply);
            case 422 -> Fal.refusal(reply);
            case 500, 502 -> ProviderFailure.of(Kind.UNAVAILABLE, null);
            case 503 -> ProviderFailure.of(Kind.UNAVAILABLE, loading(reply));
            default -> ProviderFailure.ofStatus(reply);
        };
    }

    private static @Nullable Duration loading(Reply reply) {
        JsonNode estimated = reply.json().path("estimated_time");
        return estimated.isNumber() ? Reply.seconds(estimated.asText()) : reply.retryAfter();
    }
}
