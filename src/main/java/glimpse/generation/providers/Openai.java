package glimpse.generation.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.generation.providers.ProviderFailure.Kind;
import glimpse.http.Json;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's images, and every server that speaks the same: LocalAI, stable-diffusion.cpp, vLLM, LiteLLM and more. Those
 * want no key, as a rule, and {@code response_format}, which OpenAI's own models refuse, also behind a proxy.
 */
final class Openai implements ImageProvider {
    static final String BASE_URL = "https://api.openai.com/v1";

    // Each at least 655,360 pixels, both sides in steps of 16.
    private static final Map<AspectRatio, String> SIZES = new EnumMap<>(Map.of(
            AspectRatio.SQUARE, "1024x1024",
            AspectRatio.LANDSCAPE_3_2, "1536x1024",
            AspectRatio.PORTRAIT_2_3, "1024x1536",
            AspectRatio.LANDSCAPE_5_4, "1280x1024",
            AspectRatio.PORTRAIT_4_5, "1024x1280",
            AspectRatio.LANDSCAPE_16_9, "1536x864",
            AspectRatio.PORTRAIT_9_16, "864x1536",
            AspectRatio.WIDE_21_9, "1344x576"));
    private static final long LARGEST_SEED = Integer.MAX_VALUE;

    private static final Set<String> NO_MONEY = Set.of(
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
            "billing_hard_limit_reached",
            "insufficient_quota");
    private static final Set<String> REJECTIONS = Set.of("moderation_blocked", "content_policy_violation");

    private static final Pattern OWN_MODELS = Pattern.compile("(?:chat)?gpt-image.*");

    private final Endpoint endpoint;

    Openai(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public KeyUse keyUse() {
        return endpoint.baseUrl().equals(BASE_URL) ? KeyUse.REQUIRED : KeyUse.OPTIONAL;
    }

    @Override
    public Takes takes(String model) {
        return new Takes(isOwn(model) ? 0 : LARGEST_SEED, false);
    }

    private boolean isOwn(String model) {
        return endpoint.baseUrl().equals(BASE_URL) || OWN_MODELS.matcher(model).matches();
    }

    @Override
    public Picture generate(Order order, Exchange exchange) {
        String url = endpoint.baseUrl() + "/images/generations";
        ObjectNode body = body(order);
        Reply reply;
        try {
            reply = exchange.create(exchange.bearer(Exchange.post(url, body)), refused -> refusal(refused, body));
        } catch (WithoutFormat asked) {
            body.remove("response_format");
            reply = exchange.create(exchange.bearer(Exchange.post(url, body)), Openai::meaning);
        }
        return picture(reply, order, exchange, endpoint.baseUrl(), Set.of());
    }

    private ObjectNode body(Order order) {
        boolean own = isOwn(order.model());
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("model", order.model())
                .put("prompt", prompt(order, own))
                .put("n", 1)
                .put("size", SIZES.get(order.aspectRatio() == null ? AspectRatio.SQUARE : order.aspectRatio()));
        if (own) {
            return body.put("output_format", "png"); // lossless, and it bears content credentials
        }
        body.put("response_format", "b64_json");
        return order.seed() == null ? body : body.put("seed", order.seed());
    }

    private String prompt(Order order, boolean own) {
        if (endpoint.baseUrl().equals(BASE_URL)) {
            return order.prompt();
        }
        String plain = Sdapi.plain(order.prompt()); // also with a model of OpenAI's: that engine asks for none
        return own ? plain : plain.replace('|', ','); // LocalAI takes what stands behind a bar for a negative prompt
    }

    /** What an answer of this form holds, whoever gave it. */
    static Picture picture(Reply reply, Order order, Exchange exchange, String base, Set<String> hosts) {
        String inline = reply.text("/data/0/b64_json");
        return inline.isEmpty()
                ? exchange.picture(reply, reply.text("/data/0/url"), base, hosts, order.seed())
                : exchange.decoded(reply, inline, order.seed());
    }

    /** A server that does not know {@code response_format}. */
    private static final class WithoutFormat extends RuntimeException {
        WithoutFormat() {
            super("", null, false, false);
        }
    }

    private static ProviderFailure refusal(Reply reply, ObjectNode body) {
        if (body.has("response_format")
                && reply.status() == 400
                && message(reply).contains("response_format")) {
            throw new WithoutFormat();
        }
        return meaning(reply);
    }

    private static ProviderFailure meaning(Reply reply) {
        String code = reply.text("/error/code");
        if (NO_MONEY.contains(code) || NO_MONEY.contains(reply.text("/error/type"))) {
            return ProviderFailure.of(Kind.QUOTA_EXHAUSTED);
        }
        if (REJECTIONS.contains(code)) {
            return ProviderFailure.of(Kind.REJECTED_PROMPT);
        }
        boolean noModel = code.equals("model_not_found") || message(reply).contains("does not exist");
        return noModel ? ProviderFailure.of(Kind.MODEL_UNAVAILABLE) : ProviderFailure.ofStatus(reply);
    }

    private static String message(Reply reply) {
        @Nullable String plain = reply.json().path("error").textValue();
        return plain == null ? reply.text("/error/message") : plain;
    }
}
