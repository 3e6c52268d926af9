package glimpse.generation.providers;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.generation.providers.ProviderFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Stable Diffusion 3.5 at Stability AI: a form in, and JSON out, where a refused picture comes blurred. */
final class Stability implements ImageProvider {
    static final String BASE_URL = "https://api.stability.ai";

    private static final long LARGEST_SEED = 4_294_967_294L;
    private static final String FILTERED = "CONTENT_FILTERED";

    private final Endpoint endpoint;
    private final RandomGenerator random;

    Stability(Endpoint endpoint, RandomGenerator random) {
        this.endpoint = endpoint;
        this.random = random;
    }

    @Override
    public String name() {
        return "stability";
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public KeyUse keyUse() {
        return KeyUse.REQUIRED;
    }

    @Override
    public Takes takes(String model) {
        return new Takes(LARGEST_SEED, true);
    }

    @Override
    public boolean takesPresets() {
        return true;
    }

    @Override
    public Picture generate(Order order, Exchange exchange) {
        String url = endpoint.baseUrl() + "/v2beta/stable-image/generate/sd3";
        // Nobody can know it beforehand, so no prompt can have it in it.
        String boundary = "glimpse-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(form(fields(order), boundary)));
        Reply reply = exchange.create(exchange.bearer(request), Stability::refusal);
        String finish = reply.isJson() ? reply.text("/finish_reason") : reply.header("finish-reason");
        if (finish.equals(FILTERED)) {
            throw ProviderFailure.of(Kind.REJECTED_PROMPT);
        }
        if (!reply.isJson()) {
            return Exchange.raw(reply, order.seed());
        }
        JsonNode told = reply.json().path("seed");
        @Nullable Long seed = told.canConvertToLong() ? Long.valueOf(told.longValue()) : order.seed();
        return exchange.decoded(reply, reply.text("/image"), seed);
    }

    private static Map<String, String> fields(Order order) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("prompt", order.prompt());
        fields.put("mode", "text-to-image");
        fields.put("model", order.model());
        fields.put("output_format", "png");
        if (order.aspectRatio() != null) {
            fields.put("aspect_ratio", order.aspectRatio().text());
        }
        if (order.seed() != null) {
            fields.put("seed", order.seed().toString());
        }
        if (order.negativePrompt() != null) {
            fields.put("negative_prompt", order.negativePrompt());
        }
        if (order.preset() != null) {
            fields.put("style_preset", order.preset());
        }
        return fields;
    }

    // Fields without a file name: with one, a field is taken for a file.
    private static byte[] form(Map<String, String> fields, String boundary) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        fields.forEach(
                (name, value) -> form.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(boundary, name, value)
                        .getBytes(StandardCharsets.UTF_8)));
        form.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static ProviderFailure refusal(Reply reply) {
        return reply.status() == 403 && reply.text("/name").equals("content_moderation")
                ? ProviderFailure.of(Kind.REJECTED_PROMPT)
                : ProviderFailure.ofStatus(reply);
    }
}
