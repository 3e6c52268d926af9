package glimpse.generation.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.generation.providers.ProviderFailure.Kind;
import glimpse.http.Json;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gemini's image models, by {@code generateContent}. Most of its refusals come with status 200. */
final class Google implements ImageProvider {
    static final String BASE_URL = "https://generativelanguage.googleapis.com";

    private static final Set<String> REJECTIONS = Set.of(
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION",
            "SAFETY",
            "PROHIBITED_CONTENT",
            "BLOCKLIST",
            "SPII",
            "RECITATION");
    private static final Pattern NO_FREE_TIER = Pattern.compile("limit: 0(?![0-9.])");
    private static final Duration TOMORROW = Duration.ofHours(12);

    private final Endpoint endpoint;

    Google(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "google";
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
        String url = endpoint.baseUrl() + "/v1beta/models/" + order.model() + ":generateContent";
        Reply reply = exchange.create(
                // In the header: an address with the key in it would be in every log on the way.
                Exchange.post(url, body(order)).header("x-goog-api-key", exchange.key()), Google::refusal);
        JsonNode candidate = reply.json().at("/candidates/0");
        String finish = candidate.path("finishReason").asText("");
        if (!reply.text("/promptFeedback/blockReason").isEmpty() || REJECTIONS.contains(finish)) {
            throw ProviderFailure.of(Kind.REJECTED_PROMPT);
        }
        String picture = "";
        boolean onlyWords = true;
        for (JsonNode part : candidate.at("/content/parts")) {
            boolean thought = part.path("thought").asBoolean();
            String inline = part.at("/inlineData/data").asText("");
            picture = inline.isEmpty() || thought ? picture : inline;
            onlyWords &= part.has("text") || thought;
        }
        if (candidate.at("/content/parts").size() > 0 && onlyWords && finish.equals("STOP")) {
            throw ProviderFailure.of(Kind.REJECTED_PROMPT); // it says in a sentence why not
        }
        return exchange.decoded(reply, picture, order.seed());
    }

    private static ObjectNode body(Order order) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putArray("contents")
                .addObject()
                .put("role", "user")
                .putArray("parts")
                .addObject()
                .put("text", order.prompt());
        ObjectNode settings = body.putObject("generationConfig");
        settings.putArray("responseModalities").add("IMAGE");
        if (order.aspectRatio() != null) {
            settings.putObject("imageConfig")
                    .put("aspectRatio", order.aspectRatio().text());
        }
        if (order.seed() != null) {
            settings.put("seed", order.seed());
        }
        return body;
    }

    private static ProviderFailure refusal(Reply reply) {
        JsonNode details = reply.json().at("/error/details");
        return switch (reply.status()) {
            case 400 -> {
                boolean badKey =
                        reply.text("/error/status").equals("FAILED_PRECONDITION"); // no free tier in its country
                for (JsonNode detail : details) {
                    badKey |= detail.path("reason").asText("").equals("API_KEY_INVALID");
                }
                yield badKey ? ProviderFailure.of(Kind.AUTH_FAILED) : ProviderFailure.ofStatus(reply);
            }
            case 429 ->
                NO_FREE_TIER.matcher(reply.text("/error/message")).find()
                        ? ProviderFailure.of(Kind.QUOTA_EXHAUSTED)
                        : ProviderFailure.of(Kind.RATE_LIMITED, wait(reply, details));
            case 499 -> ProviderFailure.of(Kind.TIMEOUT);
            default -> ProviderFailure.ofStatus(reply);
        };
    }

    private static @Nullable Duration wait(Reply reply, JsonNode details) {
        @Nullable Duration told = reply.retryAfter();
        for (JsonNode detail : details) {
            @Nullable Duration delay = Reply.seconds(detail.path("retryDelay").asText(""));
            told = delay == null ? told : delay;
            for (JsonNode violation : detail.path("violations")) {
                if (violation.path("quotaId").asText("").contains("PerDay")) {
                    return TOMORROW;
                }
            }
        }
        return told;
    }
}
