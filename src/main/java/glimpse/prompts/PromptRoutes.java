package glimpse.prompts;

import static glimpse.http.Operation.get;

import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Styles, what providers take, and better prompts. */
public final class PromptRoutes implements Routes {
    private static final Parameter PROVIDER = Parameter.text("provider", "Only what this provider takes", 50);

    private final Styles styles;
    private final Providers providers;

    public PromptRoutes(Styles styles, Providers providers) {
        this.styles = styles;
        this.providers = providers;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get(
                                "/api/v1/styles",
                                "Art styles, with the words they put before a prompt",
                                Access.PUBLIC,
                                Limit.CALLS,
                                call -> new StyleList(styles.all()))
                        .answers(StyleList.class)
                        .asTool(),
                get(
                                "/api/v1/prompts/parameters",
                                "The parameters that each provider and model takes, with ranges and defaults",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::parameters)
                        .takes(PROVIDER)
                        .answers(ProviderList.class)
                        .asTool());
    }

    /** All styles. */
    record StyleList(List<Style> data) {}

    /** What each provider takes. */
    record ProviderList(List<Provider> data) {}

    private ProviderList parameters(Call call) {
        @Nullable String provider = call.text(PROVIDER.name());
        return new ProviderList(provider == null ? providers.all() : List.of(providers.get(provider)));
    }
}
