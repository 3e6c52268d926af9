package glimpse.generation.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's images as they are since the GPT image models: {@code response_format} and {@code style} are unknown
 * parameters, DALL-E is gone, every model but the image models is none.
 */
public final class FakeOpenai extends FakeProvider {
    private static final Set<String> KNOWN = Set.of(
            "model",
            "prompt",
            "n",
            "size",
            "quality",
            "output_format",
            "output_compression",
            "background",
            "moderation",
            "complexity",
            "stream",
            "partial_images",
            "safety_identifier");
    private static final Pattern SIZE = Pattern.compile("auto|([0-9]+)x([0-9]+)");

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String key() {
        return "sk-proj-standInStandInStandIn0123456789";
    }

    @Override
    public String baseUrl() {
        return origin() + "/v1";
    }

    @Override
    Reply answer(Seen request, String mode) {
        if (!request.header("Authorization").equals("Bearer " + key())) {
            return error(
                    401,
                    "Incorrect API key provided: sk-proj-****6789.",
                    "invalid_request_error",
                    null,
                    "invalid_api_key");
        }
        if (!request.method().equals("POST") || !request.path().equals("/v1/images/generations")) {
            return error(404, "Invalid URL", "invalid_request_error", null, null);
        }
        JsonNode body = request.json();
        for (var names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KNOWN.contains(name)) {
                return error(
                        400, "Unknown parameter: '" + name + "'.", "invalid_request_error", name, "unknown_parameter");
            }
        }
        String model = body.path("model").asText("");
        if (!model.startsWith("gpt-image-2")) {
            return error(
                    400,
                    "The model '" + model + "' does not exist.",
                    "image_generation_user_error",
                    "model",
                    "invalid_value");
        }
        if (!isSize(body.path("size").asText("auto"))) {
            return error(400, "Invalid size.", "invalid_request_error", "size", "invalid_value");
        }
        return switch (mode) {
            case "limited" ->
                error(429, "Rate limit reached for org-secret", "requests", null, "rate_limit_exceeded")
                        .with("Retry-After", "7");
            case "limited-once" ->
                first(mode)
                        ? error(429, "Slow down", "requests", null, "slow_down")
                                .with("retry-after-ms", "300")
                                .with("Retry-After", "1")
                        : success(request, picture());
            case "quota" ->
                error(
                        429,
                        "You exceeded your current quota, please check your plan and billing details.",
                        "insufficient_quota",
                        null,
                        "insufficient_quota");
            case "quota-2" -> error(429, "No credit", "billing", null, "credit_balance_exhausted");
            case "rejected" ->
                error(
                        400,
                        "Your request was rejected by the safety system.",
                        "image_generation_user_error",
                        null,
                        "moderation_blocked");
            case "unverified" ->
                error(
                        403,
                        "Your organization must be verified to use the model `gpt-image-2`.",
                        "invalid_request_error",
                        null,
                        null);
            case "gone" -> error(404, "The model does not exist", "invalid_request_error", null, "model_not_found");
            case "overloaded" -> error(503, "Overloaded", "server_error", null, "server_is_overloaded");
            default -> success(request, picture());
        };
    }

    private static boolean isSize(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            return false;
        }
        if (size.group(1) == null) {
            return true;
        }
        int width = Integer.parseInt(size.group(1));
        int height = Integer.parseInt(size.group(2));
        long pixels = (long) width * height;
        return width % 16 == 0
                && height % 16 == 0
                && width <= 3 * height
                && height <= 3 * width
                && pixels >= 655_360
                && pixels <= 8_294_400;
    }

    @Override
    Reply success(Seen request, byte[] picture) {
        return Reply.json(200, """
                {"created":1763900000,"background":"opaque","output_format":"png","quality":"low","size":"1024x1024",
                 "data":[{"b64_json":"%s"}],
                 "usage":{"total_tokens":1,"input_tokens":1,"output_tokens":0,
                          "input_tokens_details":{"text_tokens":1,"image_tokens":0}}}
                """.formatted(base64(picture))).with("x-request-id", "req_standin");
    }

    static Reply error(int status, String message, String type, @Nullable String parameter, @Nullable String code) {
        return Reply.json(
                        status,
                        "{\"error\":{\"message\":%s,\"type\":%s,\"param\":%s,\"code\":%s}}"
                                .formatted(quoted(message), quoted(type), quoted(parameter), quoted(code)))
                .with("x-request-id", "req_standin");
    }
}
