package glimpse.prompts;

import com.fasterxml.jackson.core.type.TypeReference;
import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The providers that this server can ask for pictures, and what each takes. */
public final class Providers {
    private final List<Provider> all;

    /** @param models the names of the providers that there are, each with its default model; empty: the engine's own */
    public Providers(Map<String, String> models) {
        Data data = Resource.read("providers.json", new TypeReference<>() {});
        this.all = data.providers().stream()
                .filter(row -> models.containsKey(row.name()))
                .map(row -> row.provider(data).withDefault(models.getOrDefault(row.name(), "")))
                .toList();
    }

    /** The file: size tables have a name each, and what all providers take is said once. */
    record Data(Map<String, Map<String, List<Integer>>> sizes, List<Provider.Setting> common, List<Row> providers) {}

    /** A provider in the file. */
    record Row(
            String name,
            String title,
            String promptForm,
            String description,
            String sizes,
            List<Provider.Model> models,
            List<Provider.Setting> parameters) {
        Provider provider(Data data) {
            Map<String, List<Integer>> table = data.sizes().getOrDefault(sizes, Map.of());
            List<Provider.AspectRatio> ratios = table.entrySet().stream()
                    .map(size -> new Provider.AspectRatio(
                            size.getKey(),
                            size.getValue().get(0),
                            size.getValue().get(1)))
                    .toList();
            List<Provider.Setting> settings =
                    Stream.concat(data.common().stream(), parameters.stream()).toList();
            return new Provider(name, title, promptForm, description, models, ratios, settings);
        }
    }

    public List<Provider> all() {
        return all;
    }

    public Optional<Provider> find(String name) {
        return all.stream().filter(provider -> provider.name().equals(name)).findFirst();
    }

    /**
     * A provider by name.
     *
     * @throws ApiError PROVIDER_UNKNOWN, with those that are known
     */
    public Provider get(String name) {
        return find(name)
                .orElseThrow(() -> new ApiError(
                                ErrorCode.PROVIDER_UNKNOWN,
                                "This provider is not known; known are "
                                        + all.stream().map(Provider::name).collect(Collectors.joining(", ")))
                        .hint("GET /api/v1/prompts/parameters has what each of them takes."));
    }
}
