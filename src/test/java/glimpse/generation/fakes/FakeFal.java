package glimpse.generation.fakes;

import com.fasterxml.jackson.databind.JsonNode;

/** fal, synchronous. Its scheme is {@code Key}, and an empty purse is a 403. */
public final class FakeFal extends FakeProvider {
    @Override
    public String name() {
        return "fal";
    }

    @Override
    public String key() {
        return "01234567-89ab-cdef-0123-456789abcdef:0123456789abcdef0123456789abcdef";
    }

    @Override
    Reply answer(Seen request, String mode) {
        String authorization = request.header("Authorization");
        if (!authorization.equals("Key " + key())) {
            return Reply.json(
                    401,
                    authorization.startsWith("Key ")
                            ? "{\"detail\":\"No user found for Key ID and Secret\"}"
                            : "{\"detail\":\"Invalid Key Authorization header format. Expected 'Key <key>'.\"}");
        }
        if (!request.path().equals("/fal-ai/flux/schnell")) {
            return Reply.json(404, "{\"detail\":\"Application not found\"}");
        }
        JsonNode body = request.json();
        if (body.path("prompt").asText("").isEmpty() || body.has("inputs")) {
            return Reply.json(
                    422,
                    "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],\"msg\":\"Field required\",\"type\":\"missing\"}]}");
        }
        return failure(request, mode);
    }

    private Reply failure(Seen request, String mode) {
        return switch (mode) {
            case "quota" ->
                Reply.json(
                        403,
                        "{\"detail\":\"User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.\"}");
            case "locked" -> Reply.json(403, "{\"detail\":\"User is locked. Reason: Admin lock.\"}");
            case "limited" ->
                Reply.json(429, "{\"detail\":[{\"type\":\"concurrent_requests_limit\"}]}")
                        .with("X-Fal-needs-retry", "1")
                        .with("Retry-After", "30");
            case "limited-once" ->
                first(mode)
                        ? Reply.json(429, "{\"detail\":[{\"type\":\"concurrent_requests_limit\"}]}")
                                .with("X-Fal-needs-retry", "1")
                        : success(request, picture());
            case "unavailable" ->
                Reply.json(503, "{\"detail\":\"no runner\",\"error_type\":\"runner_scheduling_failure\"}")
                        .with("X-Fal-Error-Type", "runner_scheduling_failure");
            case "late" -> Reply.json(504, "{\"detail\":\"Request timed out\",\"error_type\":\"request_timeout\"}");
            case "rejected" ->
                Reply.json(
                        422,
                        "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],\"msg\":\"The content could not be processed because it contained material flagged by a content checker.\",\"type\":\"content_policy_violation\",\"url\":\"https://docs.fal.ai/errors#content_policy_violation\"}]}");
            case "rejected-200" ->
                Reply.json(
                        200,
                        "{\"images\":[{\"url\":\"data:image/png;base64,%s\"}],\"has_nsfw_concepts\":[true]}"
                                .formatted(base64(picture())));
            case "invalid" -> Reply.json(422, "{\"detail\":\"something else\"}");
            case "url" -> result("plain");
            case "redirected" -> result("away");
            default -> success(request, picture());
        };
    }

    private Reply result(String kind) {
        return Reply.json(
                200,
                "{\"images\":[{\"url\":\"%s\"}],\"seed\":7,\"has_nsfw_concepts\":[false]}".formatted(resultUrl(kind)));
    }

    @Override
    Reply success(Seen request, byte[] picture) {
        long seed = request.json().path("seed").asLong(123);
        return Reply.json(200, """
                {"images":[{"url":"data:image/png;base64,%s","width":96,"height":64,"content_type":"image/png"}],
                 "timings":{"inference":0.2},"seed":%d,"has_nsfw_concepts":[false],"prompt":"as sent"}
                """.formatted(base64(picture), seed)).with("x-fal-request-id", "standin");
    }
}
