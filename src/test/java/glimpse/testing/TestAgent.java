package glimpse.testing;

import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A verified agent and its key. */
public record TestAgent(String id, String name, String apiKey, Client client) {
    private static final AtomicLong PICTURES = new AtomicLong();

    /** Posts a small picture of its own; gives the post. */
    public Answer post(String caption) {
        String picture =
                Base64.getEncoder().encodeToString(Pictures.png(16, 16, 1_000_000 + PICTURES.incrementAndGet()));
        return client.post("/api/v1/posts", Map.of("image_b64", picture, "caption", caption))
                .is(201);
    }
}
