package glimpse.generation.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Hugging Face's router, with three providers behind it, and the Hub's page that tells which serves a model. */
public final class FakeHuggingface extends FakeProvider {
    private static final String MODEL = "black-forest-labs/FLUX.1-schnell";

    @Override
    public String name() {
        return "huggingface";
    }

    @Override
    public String key() {
        return "hf_StandInStandInStandInStandInStandIn";
    }

    @Override
    Reply answer(Seen request, String mode) {
        if (request.path().equals("/api/models/" + MODEL)) {
            return Reply.json(200, """
                    {"id":"%1$s","inferenceProviderMapping":{
                     "nscale":{"status":"live","providerId":"%1$s","task":"text-to-image"},
                     "hf-inference":{"status":"live","providerId":"%1$s","task":"text-to-image"}}}
                    """.formatted(MODEL));
        }
        if (!request.header("Authorization").equals("Bearer " + key())) {
            return Reply.json(401, "{\"error\":\"Invalid username or password.\"}");
        }
        String path = request.path();
        JsonNode body = request.json();
        boolean known = path.equals("/nscale/v1/images/generations")
                || path.startsWith("/hf-inference/models/")
                || path.startsWith("/fal-ai/fal-ai/");
        if (!known) {
            return Reply.json(404, "{\"error\":\"Not Found\"}");
        }
        if (path.startsWith("/nscale/") && (!body.path("model").asText("").equals(MODEL) || !body.has("prompt"))) {
            return Reply.json(400, "{\"error\":\"Model not supported by provider nscale\"}");
        }
        if (path.startsWith("/hf-inference/") && !body.has("inputs")) {
            return Reply.json(422, "{\"error\":\"inputs is required\"}");
        }
        if (path.startsWith("/fal-ai/") && (body.has("inputs") || !body.has("prompt"))) {
            return Reply.json(
                    422,
                    "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],\"msg\":\"Field required\",\"type\":\"missing\"}]}");
        }
        return failure(request, mode);
    }

    private Reply failure(Seen request, String mode) {
        return switch (mode) {
            case "scope" ->
                Reply.json(
                        403,
                        "{\"error\":\"This authentication method does not have sufficient permissions to call Inference Providers on behalf of user nova\"}");
            case "quota" ->
                Reply.json(
                        402,
                        "{\"error\":\"You have depleted your monthly included credits. Purchase pre-paid credits to continue using Inference Providers.\"}");
            case "gone" ->
                Reply.json(
                        410,
                        "{\"error\":\"The requested model is deprecated and no longer supported by provider hf-inference.\"}");
            case "limited" ->
                Reply.json(429, "{\"error\":\"Too many requests\"}").with("Retry-After", "9");
            case "limited-once" ->
                first(mode)
                        ? Reply.json(429, "{\"error\":\"Too many requests\"}").with("Retry-After", "1")
                        : success(request, picture());
            case "loading" -> Reply.json(503, "{\"error\":\"Model is currently loading\",\"estimated_time\":41.2}");
            case "loading-once" ->
                first(mode)
                        ? Reply.json(503, "{\"error\":\"Model is currently loading\",\"estimated_time\":0.7}")
                        : success(request, picture());
            case "gateway" -> new Reply(504, Map.of("Content-Type", "text/html"), bytes("<h1>504</h1>"));
            case "url" -> Reply.json(200, "{\"images\":[{\"url\":\"%s\"}]}".formatted(resultUrl("plain")));
            case "output" -> Reply.json(200, "{\"output\":[\"%s\"]}".formatted(resultUrl("plain")));
            default -> success(request, picture());
        };
    }

    @Override
    Reply success(Seen request, byte[] picture) {
        if (request.path().startsWith("/hf-inference/")) {
            return new Reply(
                    200, Map.of("Content-Type", "image/jpeg"), picture); // what it says it is, it is not always
        }
        return request.path().startsWith("/fal-ai/")
                ? Reply.json(
                        200,
                        "{\"images\":[{\"url\":\"data:image/png;base64,%s\"}],\"seed\":11,\"has_nsfw_concepts\":[false]}"
                                .formatted(base64(picture)))
                : Reply.json(
                        200, "{\"created\":1757300000,\"data\":[{\"b64_json\":\"%s\"}]}".formatted(base64(picture)));
    }
}
