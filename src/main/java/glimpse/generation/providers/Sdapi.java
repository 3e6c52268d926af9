package glimpse.generation.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.generation.providers.ProviderFailure.Kind;
import glimpse.http.Json;
import java.net.http.HttpRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A local AUTOMATIC1111, Forge or SD.Next. A key, where there is one, is {@code user:password} ({@code --api-auth}). */
final class Sdapi implements ImageProvider {
    // By this a prompt would change how stable-diffusion.cpp runs, which speaks this protocol and OpenAI's.
    private static final Pattern EXTRA_ARGUMENTS = Pattern.compile("</?sd_cpp_extra_args>", Pattern.CASE_INSENSITIVE);

    private static final long LARGEST_SEED = 4_294_967_295L;

    private final Endpoint endpoint;

    Sdapi(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "sdapi";
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public KeyUse keyUse() {
        return KeyUse.OPTIONAL;
    }

    @Override
    public Takes takes(String model) {
        return new Takes(LARGEST_SEED, true);
    }

    @Override
    public Picture generate(Order order, Exchange exchange) {
        HttpRequest.Builder request = Exchange.post(endpoint.baseUrl() + "/sdapi/v1/txt2img", body(order));
        if (!exchange.key().isEmpty()) {
            request.header("Authorization", Exchange.basic(exchange.key()));
        }
        Reply reply = exchange.create(request, Sdapi::refusal);
        return exchange.decoded(reply, reply.text("/images/0"), order.seed());
    }

    static String plain(String prompt) {
        return EXTRA_ARGUMENTS.matcher(prompt).replaceAll(" ");
    }

    private static ObjectNode body(Order order) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("prompt", plain(order.prompt()))
                .put("batch_size", 1);
        @Nullable AspectRatio ratio = order.aspectRatio();
        if (ratio != null) {
            body.put("width", ratio.width()).put("height", ratio.height());
        }
        if (order.seed() != null) {
            body.put("seed", order.seed());
        }
        if (order.negativePrompt() != null) {
            body.put("negative_prompt", plain(order.negativePrompt()));
        }
        if (!order.model().isEmpty()) { // else whatever is loaded
            body.putObject("override_settings").put("sd_model_checkpoint", order.model());
        }
        return body;
    }

    private static ProviderFailure refusal(Reply reply) {
        return reply.status() == 404 // started without --api
                ? ProviderFailure.of(Kind.UNAVAILABLE)
                : ProviderFailure.ofStatus(reply);
    }
}
