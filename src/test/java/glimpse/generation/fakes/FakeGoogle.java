package glimpse.generation.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Pictures;
import java.util.Set;

/** The Gemini API's {@code generateContent} for its image models. A bad key is a 400, and most refusals are a 200. */
public final class FakeGoogle extends FakeProvider {
    private static final Set<String> MODELS = Set.of(
            "gemini-3.1-flash-image", "gemini-3.1-flash-lite-image", "gemini-3-pro-image", "gemini-nano-banana-2.1");
    private static final Set<String> RATIOS =
            Set.of("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9");

    @Override
    public String name() {
        return "google";
    }

    @Override
    public String key() {
        return "AIzaStandInStandInStandInStandInStandIn";
    }

    @Override
    Reply answer(Seen request, String mode) {
        if (!request.header("x-goog-api-key").equals(key())) {
            return Reply.json(400, """
                    {"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT",
                     "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID",
                                 "domain":"googleapis.com","metadata":{"service":"generativelanguage.googleapis.com"}}]}}
                    """);
        }
        String path = request.path();
        String model = path.replaceAll("^/v1beta/models/|:generateContent$", "");
        if (!path.equals("/v1beta/models/" + model + ":generateContent") || !MODELS.contains(model)) {
            return error(404, "models/" + model + " is not found for API version v1beta", "NOT_FOUND");
        }
        JsonNode settings = request.json().path("generationConfig");
        String ratio = settings.at("/imageConfig/aspectRatio").asText("1:1");
        if (request.json().at("/contents/0/parts/0/text").asText("").isEmpty()
                || !RATIOS.contains(ratio)
                || settings.has("negativePrompt")
                || settings.at("/imageConfig").has("outputMimeType")) {
            return error(400, "Invalid JSON payload received.", "INVALID_ARGUMENT");
        }
        return failure(request, mode);
    }

    private Reply failure(Seen request, String mode) {
        return switch (mode) {
            case "country" -> error(400, "User location is not supported for the API use.", "FAILED_PRECONDITION");
            case "leaked" -> error(403, "Your API key was reported as leaked.", "PERMISSION_DENIED");
            case "prepaid" -> error(402, "Prepaid credit used up", "RESOURCE_EXHAUSTED");
            case "quota" ->
                error(
                        429,
                        "Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: gemini-3.1-flash-image",
                        "RESOURCE_EXHAUSTED");
            case "limited" -> Reply.json(429, limited("57.2s", "PerMinute"));
            case "limited-once" ->
                first(mode) ? Reply.json(429, limited("0.6s", "PerMinute")) : success(request, picture());
            case "limited-day" -> Reply.json(429, limited("3s", "PerDay"));
            case "overloaded" -> error(503, "The model is overloaded.", "UNAVAILABLE");
            case "late" -> error(504, "Deadline expired", "DEADLINE_EXCEEDED");
            case "rejected" ->
                Reply.json(
                        200,
                        "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"usageMetadata\":{\"promptTokenCount\":8}}");
            case "rejected-picture" ->
                Reply.json(200, "{\"candidates\":[{\"finishReason\":\"IMAGE_SAFETY\",\"index\":0}]}");
            case "rejected-words" ->
                Reply.json(
                        200,
                        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"I can't draw that.\"}]},\"finishReason\":\"STOP\",\"index\":0}]}");
            case "no-image" -> Reply.json(200, "{\"candidates\":[{\"finishReason\":\"NO_IMAGE\",\"index\":0}]}");
            case "gone" -> error(404, "models/gemini-2.5-flash-image is no longer available", "NOT_FOUND");
            default -> success(request, Pictures.jpeg(96, 64, System.nanoTime()));
        };
    }

    private static String limited(String delay, String window) {
        return """
                {"error":{"code":429,"message":"Quota exceeded, limit: 10. Please retry in %1$s.","status":"RESOURCE_EXHAUSTED",
                 "details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequests%2$s"}]},
                            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%1$s"}]}}
                """.formatted(delay, window);
    }

    private static Reply error(int code, String message, String status) {
        return Reply.json(
                code,
                "{\"error\":{\"code\":%d,\"message\":%s,\"status\":\"%s\"}}".formatted(code, quoted(message), status));
    }

    // With a draft among its thoughts, which is not the picture.
    @Override
    Reply success(Seen request, byte[] picture) {
        return Reply.json(200, """
                {"candidates":[{"content":{"role":"model","parts":[
                   {"text":"Let me think","thought":true},
                   {"inlineData":{"mimeType":"image/png","data":"AAAA"},"thought":true},
                   {"text":"Here it is"},
                   {"inlineData":{"mimeType":"image/png","data":"%s"}}]},"finishReason":"STOP","index":0}],
                 "usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":1290,"totalTokenCount":1298},
                 "modelVersion":"gemini-3.1-flash-image","responseId":"standin"}
                """.formatted(base64(picture)));
    }
}
