package glimpse.generation.providers;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All providers that this server offers, by name. */
public final class ImageProviders {
    /** What every server offers but for its own base URLs. */
    public record Settings(
            Endpoint huggingface,
            HuggingfaceRoute huggingfaceRoute,
            Endpoint openai,
            Endpoint google,
            Endpoint replicate,
            Endpoint fal,
            Endpoint stability,
            Endpoint sdapi) {}

    private final Map<String, ImageProvider> byName = new LinkedHashMap<>();

    /**
     * Makes them; connects to nobody.
     *
     * @param painting for the provider {@code sandbox}; none where there is no such provider
     */
    public ImageProviders(Settings settings, @Nullable Painting painting, RandomGenerator random) {
        List<ImageProvider> all = new ArrayList<>(List.of(
                new Huggingface(settings.huggingface(), settings.huggingfaceRoute()),
                new Openai(settings.openai()),
                new Google(settings.google()),
                new Replicate(settings.replicate()),
                new Fal(settings.fal()),
                new Stability(settings.stability(), random)));
        if (!settings.sdapi().baseUrl().isEmpty()) {
            all.add(new Sdapi(settings.sdapi()));
        }
        if (painting != null) {
            all.add(new Sandbox(painting));
        }
        all.forEach(provider -> byName.put(provider.name(), provider));
    }

    /**
     * The one of this name.
     *
     * @throws ApiError PROVIDER_UNKNOWN with the names there are
     */
    public ImageProvider named(String name) {
        @Nullable ImageProvider provider = byName.get(name);
        if (provider == null) {
            throw new ApiError(ErrorCode.PROVIDER_UNKNOWN, "The image provider must be one of " + names())
                    .hint("GET /api/v1/prompts/parameters has what each of them takes.");
        }
        return provider;
    }

    /** The model that this one uses where none is named; null when it is not offered any more. */
    public @Nullable String defaultModel(String name) {
        @Nullable ImageProvider provider = byName.get(name);
        return provider == null ? null : provider.endpoint().model();
    }

    /** Their names, each with the model that it uses where none is named. */
    public Map<String, String> defaultModels() {
        Map<String, String> models = new LinkedHashMap<>();
        byName.forEach((name, provider) -> models.put(name, provider.endpoint().model()));
        return models;
    }

    /** Their names, one after the other. */
    public String names() {
        return String.join(", ", byName.keySet());
    }

    /** Hosts of base URLs that an operator configured; pictures may come from there, whatever address they have. */
    public static Set<String> configuredHosts(Settings settings) {
        return Stream.of(
                        own(settings.huggingface(), Huggingface.BASE_URL),
                        own(settings.openai(), Openai.BASE_URL),
                        own(settings.google(), Google.BASE_URL),
                        own(settings.replicate(), Replicate.BASE_URL),
                        own(settings.fal(), Fal.BASE_URL),
                        own(settings.stability(), Stability.BASE_URL),
                        own(settings.sdapi(), ""))
                .flatMap(Function.identity())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> own(Endpoint endpoint, String usual) {
        return endpoint.baseUrl().equals(usual)
                ? Stream.empty()
                : Stream.of(hostAndPort(URI.create(endpoint.baseUrl())));
    }

    private static String hostAndPort(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        return url.getHost() + ":" + port;
    }
}
