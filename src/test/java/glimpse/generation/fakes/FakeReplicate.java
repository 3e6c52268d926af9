package glimpse.generation.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Replicate's predictions: done at once, done later, failed, and cancelled. */
public final class FakeReplicate extends FakeProvider {
    private static final String MODEL = "/v1/models/black-forest-labs/flux-schnell/predictions";
    private static final Pattern PREFER = Pattern.compile("wait(=([1-9]|[1-9][0-9]|60))?");
    private static final Set<String> RATIOS =
            Set.of("1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21");
    private static final Set<String> INPUTS = Set.of(
            "prompt",
            "aspect_ratio",
            "num_outputs",
            "num_inference_steps",
            "output_format",
            "output_quality",
            "seed",
            "megapixels",
            "go_fast",
            "disable_safety_checker");

    private final Map<String, Integer> polls = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "replicate";
    }

    @Override
    public String key() {
        return "r8_StandInStandInStandInStandInStandInSt";
    }

    @Override
    public String baseUrl() {
        return origin() + "/v1";
    }

    @Override
    Reply answer(Seen request, String mode) {
        if (!request.header("Authorization").equals("Bearer " + key())) {
            return error(401, "Unauthenticated", "You did not pass a valid authentication token");
        }
        if (request.path().startsWith("/v1/predictions/")) {
            return poll(request);
        }
        if (!request.path().equals(MODEL) || !request.method().equals("POST")) {
            return error(404, "Not found", "The requested resource could not be found.");
        }
        String prefer = request.header("Prefer");
        if (!prefer.isEmpty() && !PREFER.matcher(prefer).matches()) {
            return error(400, "Bad request", "Prefer is not valid");
        }
        JsonNode input = request.json().path("input");
        for (var names = input.fieldNames(); names.hasNext(); ) {
            if (!INPUTS.contains(names.next())) {
                return error(422, "Input validation failed", "- input: Additional property is not allowed");
            }
        }
        if (input.path("prompt").asText("").isEmpty()
                || !RATIOS.contains(input.path("aspect_ratio").asText("1:1"))) {
            return error(422, "Input validation failed", "- input.prompt: is required");
        }
        return created(request, mode);
    }

    private Reply created(Seen request, String mode) {
        return switch (mode) {
            case "quota" ->
                error(
                        402,
                        "Insufficient credit",
                        "You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit.");
            case "limited" ->
                Reply.json(
                        429,
                        "{\"detail\":\"Request was throttled. Your rate limit for creating predictions is reduced to 6 requests per minute, resets in ~25s.\",\"status\":429}");
            case "limited-once" ->
                first(mode)
                        ? Reply.json(429, "{\"detail\":\"Request was throttled.\",\"status\":429,\"retry_after\":1}")
                        : success(request, picture());
            case "gone" -> error(422, "Invalid version or not permitted", "Invalid version or not permitted");
            case "down" -> error(502, "Bad gateway", "down");
            case "rejected" ->
                prediction(
                        201,
                        "failed",
                        "null",
                        "\"All generated images contained NSFW content. Try running it again with a different prompt.\"");
            case "failed" -> prediction(201, "failed", "null", "\"CUDA out of memory\"");
            case "cancelled" -> prediction(201, "canceled", "null", "null");
            case "processing" -> prediction(201, "processing", "[\"" + resultUrl("plain") + "\"]", "null");
            case "later" -> prediction(202, "starting", "null", "null", "later");
            case "never" -> prediction(202, "starting", "null", "null", "never");
            case "later-rejected" -> prediction(202, "starting", "null", "null", "rejected");
            case "url" -> prediction(201, "succeeded", "[\"" + resultUrl("plain") + "\"]", "null");
            case "around" -> prediction(201, "succeeded", "[\"" + resultUrl("around") + "\"]", "null");
            case "redirected" -> prediction(201, "succeeded", "[\"" + resultUrl("away") + "\"]", "null");
            case "foreign" -> prediction(201, "succeeded", "[\"https://169.254.169.254/latest/meta-data\"]", "null");
            case "file" -> prediction(201, "succeeded", "[\"file:///etc/passwd\"]", "null");
            default -> success(request, picture());
        };
    }

    private Reply poll(Seen request) {
        if (request.path().endsWith("/cancel")) {
            return prediction(200, "canceled", "null", "null");
        }
        String id = request.path().substring("/v1/predictions/".length());
        int count = polls.merge(id, 1, Integer::sum);
        if (id.equals("never") || count < 2) {
            return prediction(200, "processing", "null", "null", id);
        }
        if (count == 2 && id.equals("later")) {
            return error(503, "Unavailable", "for a moment"); // a poll that fails is no failed prediction
        }
        return id.equals("rejected")
                ? prediction(200, "failed", "null", "\"The input or output was flagged as sensitive. (E005)\"")
                : prediction(200, "succeeded", "[\"" + resultUrl("plain") + "\"]", "null");
    }

    @Override
    public void forget() {
        super.forget();
        polls.clear();
    }

    private static Reply prediction(int status, String state, String output, String error) {
        return prediction(status, state, output, error, "cky5standin");
    }

    private static Reply prediction(int status, String state, String output, String error, String id) {
        return Reply.json(status, """
                {"id":"%1$s","model":"black-forest-labs/flux-schnell","version":"hidden","input":{},"logs":"Using seed: 7",
                 "output":%2$s,"data_removed":false,"error":%3$s,"source":"api","status":"%4$s",
                 "created_at":"2026-11-23T00:00:00Z","metrics":{"predict_time":0.4},
                 "urls":{"get":"https://evil.example/steal-the-key","cancel":"https://evil.example/cancel"}}
                """.formatted(id, output, error, state));
    }

    private static Reply error(int status, String title, String detail) {
        return Reply.json(
                status, "{\"title\":%s,\"detail\":%s,\"status\":%d}".formatted(quoted(title), quoted(detail), status));
    }

    @Override
    Reply success(Seen request, byte[] picture) {
        return prediction(201, "succeeded", "[\"data:image/png;base64," + base64(picture) + "\"]", "null");
    }
}
