package glimpse.generation.fakes;

import com.fasterxml.jackson.databind.JsonNode;

/** A local engine that speaks OpenAI's images: no key, and a URL instead of bytes unless {@code response_format} is sent. */
public final class FakeLocalai extends FakeProvider {
    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String key() {
        return "";
    }

    @Override
    public String baseUrl() {
        return origin() + "/v1";
    }

    @Override
    Reply answer(Seen request, String mode) {
        if (!request.path().equals("/v1/images/generations")) {
            return Reply.json(404, "{\"error\":\"not found\"}");
        }
        JsonNode body = request.json();
        if (body.path("model").asText("").isEmpty() || body.has("quality") || body.has("output_format")) {
            return Reply.json(400, "{\"error\":\"bad request\"}");
        }
        if (mode.equals("formatless") && body.has("response_format")) { // sd-server, vLLM and others differ here
            return Reply.json(400, "{\"error\":\"response_format is not supported\"}");
        }
        return switch (mode) {
            case "url" -> Reply.json(200, "{\"created\":1,\"data\":[{\"url\":\"%s\"}]}".formatted(resultUrl("plain")));
            case "relative" ->
                Reply.json(
                        200,
                        "{\"created\":1,\"data\":[{\"url\":\"%s\"}]}"
                                .formatted(resultUrl("plain").substring(origin().length())));
            case "broken" -> Reply.json(500, "{\"error\":\"out of memory\"}");
            default -> success(request, picture());
        };
    }

    @Override
    Reply success(Seen request, byte[] picture) {
        return Reply.json(200, "{\"created\":1,\"data\":[{\"b64_json\":\"%s\"}]}".formatted(base64(picture)));
    }
}
