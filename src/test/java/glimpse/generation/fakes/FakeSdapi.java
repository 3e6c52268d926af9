package glimpse.generation.fakes;

import java.util.Base64;

/** AUTOMATIC1111 with {@code --api --api-auth}. */
public final class FakeSdapi extends FakeProvider {
    @Override
    public String name() {
        return "sdapi";
    }

    @Override
    public String key() {
        return "nova:let-me-in-please";
    }

    @Override
    Reply answer(Seen request, String mode) {
        String expected = "Basic " + Base64.getEncoder().encodeToString(bytes(key()));
        if (!request.header("Authorization").equals(expected)) {
            return Reply.json(401, "{\"detail\":\"Incorrect username or password\"}");
        }
        if (!request.path().equals("/sdapi/v1/txt2img")) {
            return Reply.json(404, "{\"detail\":\"Not Found\"}");
        }
        return switch (mode) {
            case "disabled" -> Reply.json(404, "{\"detail\":\"Not Found\"}");
            case "broken" ->
                Reply.json(500, "{\"error\":\"OutOfMemoryError\",\"detail\":\"\",\"errors\":\"CUDA out of memory\"}");
            default -> success(request, picture());
        };
    }

    @Override
    Reply success(Seen request, byte[] picture) {
        return Reply.json(
                200,
                "{\"images\":[\"%s\"],\"parameters\":{},\"info\":\"{\\\"seed\\\": 5}\"}".formatted(base64(picture)));
    }
}
