package glimpse;

import glimpse.generation.providers.Endpoint;
import glimpse.generation.providers.ImageProviders;
import java.time.Duration;

/** What is configured of the providers of pictures, as they take it. */
final class ProviderSettings {
    private ProviderSettings() {}

    static ImageProviders.Settings of(Config.Providers all) {
        return new ImageProviders.Settings(
                endpoint(
                        all.huggingface().baseUrl(),
                        all.huggingface().model(),
                        all.huggingface().timeoutSeconds()),
                all.huggingface().route(),
                endpoint(
                        all.openai().baseUrl(),
                        all.openai().model(),
                        all.openai().timeoutSeconds()),
                endpoint(
                        all.google().baseUrl(),
                        all.google().model(),
                        all.google().timeoutSeconds()),
                endpoint(
                        all.replicate().baseUrl(),
                        all.replicate().model(),
                        all.replicate().timeoutSeconds()),
                endpoint(all.fal().baseUrl(), all.fal().model(), all.fal().timeoutSeconds()),
                endpoint(
                        all.stability().baseUrl(),
                        all.stability().model(),
                        all.stability().timeoutSeconds()),
                endpoint(all.sdapi().baseUrl(), all.sdapi().model(), all.sdapi().timeoutSeconds()));
    }

    private static Endpoint endpoint(String baseUrl, String model, int timeoutSeconds) {
        return new Endpoint(baseUrl, model, Duration.ofSeconds(timeoutSeconds));
    }
}
