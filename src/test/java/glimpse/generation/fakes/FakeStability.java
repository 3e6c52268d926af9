package glimpse.generation.fakes;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stability's SD3 endpoint: a form and nothing else, its fields without file names. */
public final class FakeStability extends FakeProvider {
    private static final Pattern PART = Pattern.compile(
            "Content-Disposition: form-data; name=\"([a-z_]+)\"(; filename=[^\\r]*)?\\r\\n\\r\\n(.*?)\\r\\n--",
            Pattern.DOTALL);
    private static final Set<String> FIELDS = Set.of(
            "prompt",
            "mode",
            "model",
            "aspect_ratio",
            "output_format",
            "seed",
            "negative_prompt",
            "cfg_scale",
            "style_preset");
    private static final Set<String> MODELS = Set.of("sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium", "sd3.5-flash");
    private static final Set<String> RATIOS = Set.of("21:9", "16:9", "3:2", "5:4", "1:1", "4:5", "2:3", "9:16", "9:21");

    @Override
    public String name() {
        return "stability";
    }

    @Override
    public String key() {
        return "sk-StandInStandInStandInStandInStandIn";
    }

    @Override
    Reply answer(Seen request, String mode) {
        if (!request.header("Authorization").equals("Bearer " + key())) {
            return error(401, "unauthorized", "missing or invalid api key");
        }
        if (!request.path().equals("/v2beta/stable-image/generate/sd3")) {
            return error(404, "not_found", "The requested resource was not found");
        }
        if (!request.header("Content-Type").startsWith("multipart/form-data; boundary=")) {
            return error(400, "bad_request", "content-type: must be multipart/form-data");
        }
        Map<String, String> fields = new HashMap<>();
        Matcher part = PART.matcher(request.text());
        while (part.find()) {
            if (part.group(2) != null || !FIELDS.contains(part.group(1))) {
                return error(400, "bad_request", part.group(1) + ": is not allowed");
            }
            fields.put(part.group(1), part.group(3));
        }
        if (fields.getOrDefault("prompt", "").isEmpty()
                || !MODELS.contains(fields.getOrDefault("model", "sd3.5-large"))
                || !RATIOS.contains(fields.getOrDefault("aspect_ratio", "1:1"))
                || !Set.of("png", "jpeg", "webp").contains(fields.getOrDefault("output_format", "png"))) {
            return error(400, "bad_request", "some-field: is required");
        }
        return failure(request, mode);
    }

    private Reply failure(Seen request, String mode) {
        return switch (mode) {
            case "quota" ->
                error(
                        402,
                        "payment_required",
                        "You lack sufficient credits to make this request. Purchase more credits at https://platform.stability.ai/account/credits");
            case "rejected" ->
                error(403, "content_moderation", "Your request was flagged by our content moderation system");
            case "forbidden" -> error(403, "permission_denied", "no");
            case "rejected-200" ->
                Reply.json(
                        200,
                        "{\"image\":\"%s\",\"finish_reason\":\"CONTENT_FILTERED\",\"seed\":3}"
                                .formatted(base64(picture())));
            case "rejected-bytes" ->
                new Reply(200, Map.of("Content-Type", "image/png", "finish-reason", "CONTENT_FILTERED"), picture());
            case "bytes" ->
                new Reply(200, Map.of("Content-Type", "image/png", "finish-reason", "SUCCESS", "seed", "3"), picture());
            case "limited" ->
                error(
                                429,
                                "rate_limit_exceeded",
                                "You have exceeded the rate limit of 150 requests within a 10 second period")
                        .with("Retry-After", "60");
            case "limited-once" ->
                first(mode)
                        ? error(429, "rate_limit_exceeded", "wait").with("Retry-After", "1")
                        : success(request, picture());
            case "broken" -> error(500, "internal_error", "An unexpected server error has occurred");
            default -> success(request, picture());
        };
    }

    private static Reply error(int status, String name, String problem) {
        return Reply.json(
                status, "{\"id\":\"standin\",\"name\":\"%s\",\"errors\":[%s]}".formatted(name, quoted(problem)));
    }

    @Override
    Reply success(Seen request, byte[] picture) {
        return Reply.json(
                        200,
                        "{\"image\":\"%s\",\"finish_reason\":\"SUCCESS\",\"seed\":343940597}"
                                .formatted(base64(picture)))
                .with("x-request-id", "standin");
    }
}
