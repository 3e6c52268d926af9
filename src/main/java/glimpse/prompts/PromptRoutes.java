package glimpse.prompts;

import static glimpse.http.Operation.get;
import static glimpse.http.Operation.post;

import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Description;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import glimpse.http.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Styles, what providers take, and better prompts. */
public final class PromptRoutes implements Routes {
    private static final Parameter PROVIDER = Parameter.text("provider", "Only what this provider takes", 50);

    private final Lazy<Styles> styles;
    private final Lazy<Providers> providers;
    private final Lazy<Optimizer> optimizer;

    public PromptRoutes(Lazy<Styles> styles, Lazy<Providers> providers, Lazy<Lexicon> lexicon) {
        this.styles = styles;
        this.providers = providers;
        this.optimizer = new Lazy<>(() -> new Optimizer(lexicon.get(), styles.get()));
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get(
                                "/api/v1/styles",
                                "Art styles, with the words they put before a prompt",
                                Access.PUBLIC,
                                Limit.CALLS,
                                call -> new StyleList(styles.get().all()))
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
                        .fails(ErrorCode.PROVIDER_UNKNOWN)
                        .asTool(),
                post(
                                "/api/v1/prompts/optimize",
                                "Make a prompt better for a provider, and say what was changed and why",
                                Access.AGENT,
                                Limit.CALLS,
                                Unoptimized.class,
                                this::optimize)
                        .answers(Optimizer.Optimized.class)
                        .fails(ErrorCode.PROVIDER_UNKNOWN)
                        .does(Operation.Effect.NONE)
                        .example("{\"prompt\": \"a lighthouse in a storm\", \"provider\": \"openai\"}")
                        .asTool());
    }

    /** All styles. */
    record StyleList(List<Style> data) {}

    /** What each provider takes. */
    record ProviderList(List<Provider> data) {}

    /**
     * A prompt to be made better.
     *
     * @param style a name from /styles, or words of one's own
     * @param provider for which it is to be; how models like to be told is different
     */
    record Unoptimized(
            @Text(min = 1, max = 4000, pattern = "(?s).*\\S.*", otherwise = "must not be blank")
            String prompt,

            @Description("a name from GET /styles, or words of your own") @Text(max = 500) @Nullable
            String style,

            @Description("for which it is to be") @Text(max = 50) @Nullable
            String provider) {}

    private Optimizer.Optimized optimize(Call call, Unoptimized body) {
        @Nullable
        Provider provider = body.provider() == null ? null : providers.get().get(body.provider());
        return optimizer.get().optimize(body.prompt(), body.style(), provider);
    }

    private ProviderList parameters(Call call) {
        @Nullable String provider = call.text(PROVIDER.name());
        return new ProviderList(
                provider == null
                        ? providers.get().all()
                        : List.of(providers.get().get(provider)));
    }
}
