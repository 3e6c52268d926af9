package glimpse.prompts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider of pictures takes.
 *
 * @param promptForm how its models like to be told: {@code sentences}, {@code instructions} or {@code keywords}
 * @param models those it is known to serve; none where that is the engine's own affair
 * @param parameters of all models, but for what a model has differently
 */
public record Provider(
        String name,
        String title,
        String promptForm,
        String description,
        List<Model> models,
        List<AspectRatio> aspectRatios,
        List<Setting> parameters) {
    /** A model, and the parameters that it takes differently. */
    public record Model(String name, boolean isDefault, String description, List<Setting> differing) {}

    /** A shape, and the pixels that it is asked for in; the picture tells what came of it. */
    public record AspectRatio(String ratio, int width, int height) {}

    /**
     * A parameter.
     *
     * @param settable whether a request to generate a picture takes it; this server leaves the others at their default, or
     *     fills them from those that it takes
     * @param min the smallest number, or the shortest length of a string
     * @param max the largest number, or the greatest length of a string
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Setting(
            String name,
            String type,
            boolean settable,
            @Nullable Number min,
            @Nullable Number max,
            @Nullable List<String> choices,
            @JsonProperty("default") @Nullable Object standard,
            String description) {}

    /** The same with another model that is used where none is named; it need not be a known one. */
    Provider withDefault(String model) {
        List<Model> changed = new ArrayList<>();
        if (!model.isEmpty() && models.stream().noneMatch(known -> known.name().equals(model))) {
            changed.add(new Model(model, true, "What this server uses where none is named.", List.of()));
        }
        models.stream()
                .map(known ->
                        new Model(known.name(), known.name().equals(model), known.description(), known.differing()))
                .forEach(changed::add);
        return new Provider(name, title, promptForm, description, changed, aspectRatios, parameters);
    }

    /** The model that is used where none is named. */
    public Optional<String> defaultModel() {
        return models.stream().filter(Model::isDefault).map(Model::name).findFirst();
    }

    /** The parameters of one model; those of the provider for a model that is not listed. */
    public List<Setting> parameters(String model) {
        List<Setting> merged = new ArrayList<>(parameters);
        models.stream()
                .filter(known -> known.name().equals(model))
                .flatMap(known -> known.differing().stream())
                .forEach(other -> merged.replaceAll(usual -> usual.name().equals(other.name()) ? other : usual));
        return merged;
    }

    /** A parameter that a request to generate a picture may have; nothing where this provider can't take it. */
    public Optional<Setting> settable(String parameter) {
        return parameters.stream()
                .filter(Setting::settable)
                .filter(setting -> setting.name().equals(parameter))
                .findFirst();
    }

    /** What a request to generate a picture may have. */
    public List<String> settable() {
        return parameters.stream().filter(Setting::settable).map(Setting::name).toList();
    }

    /** The pixels of a shape. */
    public Optional<AspectRatio> aspectRatio(String ratio) {
        return aspectRatios.stream()
                .filter(known -> known.ratio().equals(ratio))
                .findFirst();
    }
}
