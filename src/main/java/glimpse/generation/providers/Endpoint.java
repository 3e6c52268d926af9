package glimpse.generation.providers;

import java.time.Duration;

/**
 * Where a provider is, as the operator configured it.
 *
 * @param baseUrl without a slash at the end
 * @param model the default
 * @param timeout for all of a picture, from the request to the last byte
 */
public record Endpoint(String baseUrl, String model, Duration timeout) {
    public Endpoint {
        while (baseUrl.endsWith("/")) {
            baseUrl = baseUrl.substring(0, baseUrl.length() - 1);
        }
    }
}
