package glimpse.generation;

import static glimpse.http.Operation.post;

import glimpse.c2pa.ClaimData;
import glimpse.database.Database;
import glimpse.database.Ids;
import glimpse.generation.providers.AspectRatio;
import glimpse.generation.providers.Exchange;
import glimpse.generation.providers.ImageProvider;
import glimpse.generation.providers.ImageProviders;
import glimpse.generation.providers.Order;
import glimpse.generation.providers.Picture;
import glimpse.generation.providers.ProviderFailure;
import glimpse.generation.providers.Upstream;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.DailyUsage;
import glimpse.http.Description;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.LogText;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Published;
import glimpse.http.Routes;
import glimpse.http.Text;
import glimpse.images.ImageDao;
import glimpse.images.ImageStore;
import glimpse.limits.DailyLimit;
import glimpse.limits.DailyUsageDao;
import glimpse.prompts.Lazy;
import glimpse.prompts.Style;
import glimpse.prompts.Styles;
import glimpse.secrets.MasterKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Generating a picture with the agent's own key. */
public final class GenerationRoutes implements Routes {
    private static final Logger log = LoggerFactory.getLogger(GenerationRoutes.class);

    // The picture is paid for: it waits for its turn rather than be thrown away.
    private static final Duration PATIENCE_TO_STORE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 250;
    private static final Set<ErrorCode> NO_PICTURE =
            Set.of(ErrorCode.IMAGE_UNREADABLE, ErrorCode.IMAGE_UNSUPPORTED, ErrorCode.IMAGE_TOO_LARGE);

    private final ProviderChoice choice;
    private final GenerationDao generations;
    private final Upstream upstream;
    private final Lazy<Styles> styles;
    private final ImageStore images;
    private final DailyUsageDao usage;
    private final Unposted unposted;
    private final UnderWay underWay;
    private final Ids ids;
    private final Clock clock;

    /** @param most generations at the same time */
    public GenerationRoutes(
            Database database,
            ImageProviders providers,
            Upstream upstream,
            Lazy<Styles> styles,
            ImageStore images,
            DailyUsageDao usage,
            Unposted unposted,
            MasterKey masterKey,
            Ids ids,
            Clock clock,
            int most) {
        this.choice = new ProviderChoice(providers, new CredentialDao(database), masterKey);
        this.generations = new GenerationDao(database, images.rows(), usage);
        this.upstream = upstream;
        this.styles = styles;
        this.images = images;
        this.usage = usage;
        this.unposted = unposted;
        this.underWay = new UnderWay(most);
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(post(
                        "/api/v1/images/generate",
                        "Generate a picture from a prompt, with your own key at a provider",
                        Access.AGENT,
                        Limit.GENERATIONS,
                        NewGeneration.class,
                        this::create)
                .answers(201, Generation.class)
                .fails(
                        ErrorCode.IMAGE_PROVIDER_NOT_CONFIGURED,
                        ErrorCode.PROVIDER_UNKNOWN,
                        ErrorCode.PROVIDER_AUTH_FAILED,
                        ErrorCode.PROVIDER_QUOTA_EXHAUSTED,
                        ErrorCode.PROVIDER_RATE_LIMITED,
                        ErrorCode.PROVIDER_REJECTED_PROMPT,
                        ErrorCode.PROVIDER_TIMEOUT,
                        ErrorCode.PROVIDER_UNAVAILABLE,
                        ErrorCode.PROVIDER_MODEL_UNAVAILABLE,
                        ErrorCode.PROVIDER_ERROR,
                        ErrorCode.IMAGE_BLOCKED,
                        ErrorCode.SERVICE_UNAVAILABLE)
                .example("{\"prompt\": \"a lighthouse in a storm\", \"style\": \"oil-painting\"}")
                .takes(
                        Parameter.header(
                                ProviderChoice.PROVIDER_HEADER,
                                "The provider for this call alone; together with " + ProviderChoice.KEY_HEADER,
                                40),
                        Parameter.header(
                                ProviderChoice.KEY_HEADER,
                                "Your key there, for this call alone; it is not stored",
                                ImageSettingsRoutes.LONGEST_KEY))
                .asTool());
    }

    /** What is to be drawn. The prompt is published when the picture is posted. */
    record NewGeneration(
            @Text(min = 1, max = 4000, pattern = "(?s).*\\S.*", otherwise = "must not be blank") @Published
            String prompt,

            @Description("a name from GET /styles, or words of your own before the prompt")
            @Text(max = 500)
            @Published
            @Nullable
            String style,

            @Description("in place of the stored or the default one")
            @Text(
                    min = 1,
                    max = ImageSettingsRoutes.LONGEST_MODEL,
                    pattern = ImageSettingsRoutes.MODEL,
                    otherwise = ImageSettingsRoutes.MODEL_RULE)
            @Nullable
            String model,

            @Description("1:1, 3:2, 2:3, 16:9, 9:16, 4:5, 5:4 or 21:9") @Text(max = 10) @Nullable
            String aspectRatio,

            @Description("where the provider takes one") @Nullable
            Long seed,

            @Description("what is not to be there, where the provider takes it")
            @Text(max = 10_000)
            @Published
            @Nullable
            String negativePrompt) {}

    /**
     * A generated picture. Its URLs work for a day, and for as long as a post of it.
     *
     * @param imageUrl the variant for feeds; what a post takes as its image_url
     * @param width of the full variant
     * @param height of the full variant
     */
    record Generation(
            String generationId,
            String imageUrl,
            String thumbnailUrl,
            String fullImageUrl,
            String blurhash,
            String generationModel,
            int width,
            int height,
            DailyUsage dailyUsage) {}

    private Generation create(Call call, NewGeneration body) {
        ProviderChoice.Chosen chosen = choice.of(call);
        Order order = order(body, chosen);
        long agent = call.agent().seq();
        Generation made = underWay.run(agent, () -> left(call), () -> made(call, body, chosen, order));
        call.used(made.dailyUsage());
        unposted.removeSafely(); // the picture is made and paid for, whatever happens here
        return made;
    }

    private DailyUsage left(Call call) {
        DailyUsage left = usage.left(call.agent().seq(), DailyLimit.GENERATIONS);
        call.used(left);
        return left;
    }

    private Generation made(Call call, NewGeneration body, ProviderChoice.Chosen chosen, Order order) {
        Duration timeout = chosen.provider.endpoint().timeout();
        try (Exchange exchange = upstream.begin(chosen.key, timeout)) {
            Picture picture = generated(chosen.provider, order, exchange);
            GenerationDao.Made made =
                    made(body, chosen, order, picture, call.agent().seq());
            return shown(made, stored(picture, made, chosen.provider), call.baseUrl());
        }
    }

    private Order order(NewGeneration body, ProviderChoice.Chosen chosen) {
        ImageProvider.Takes takes = chosen.provider.takes(model(body, chosen));
        String provider = chosen.provider.name();
        List<ApiError.Detail> details = new ArrayList<>();
        @Nullable AspectRatio ratio = null;
        if (body.aspectRatio() != null) {
            Optional<AspectRatio> asked = AspectRatio.of(body.aspectRatio());
            ratio = asked.orElse(null);
            if (asked.isEmpty()) {
                details.add(new ApiError.Detail("aspect_ratio", "must be one of " + AspectRatio.list()));
            }
        }
        @Nullable Long seed = body.seed();
        if (seed != null && takes.largestSeed() == 0) {
            details.add(new ApiError.Detail("seed", "is not taken by " + provider));
        } else if (seed != null && (seed < 0 || seed > takes.largestSeed())) {
            details.add(new ApiError.Detail("seed", "with " + provider + " must be from 0 to " + takes.largestSeed()));
        }
        @Nullable String negative = blankToNull(body.negativePrompt());
        if (negative != null && !takes.negativePrompt()) {
            details.add(new ApiError.Detail(
                    "negative_prompt", "is not taken by " + provider + ": say in the prompt what is to be there"));
        }
        if (!details.isEmpty()) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED)
                    .details(details)
                    .hint("GET /api/v1/prompts/parameters tells what each provider takes.");
        }
        return order(body, chosen, ratio, negative);
    }

    private Order order(
            NewGeneration body, ProviderChoice.Chosen chosen, @Nullable AspectRatio ratio, @Nullable String negative) {
        @Nullable String style = blankToNull(body.style());
        @Nullable String preset = style == null ? null : preset(chosen.provider, style);
        String prompt =
                style == null || preset != null ? body.prompt() : styles.get().prefixed(style, body.prompt());
        return new Order(prompt, preset, model(body, chosen), ratio, body.seed(), negative);
    }

    private static String model(NewGeneration body, ProviderChoice.Chosen chosen) {
        @Nullable String model = body.model() == null ? chosen.model : body.model();
        return model == null ? chosen.provider.endpoint().model() : model;
    }

    private @Nullable String preset(ImageProvider provider, String style) {
        return provider.takesPresets()
                ? styles.get().find(style).map(Style::stabilityPreset).orElse(null)
                : null;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private Picture generated(ImageProvider provider, Order order, Exchange exchange) {
        long began = System.nanoTime();
        try {
            Picture picture = provider.generate(order, exchange);
            logOutcome(provider, order, exchange, "made", "", began);
            return picture;
        } catch (ProviderFailure failure) {
            logOutcome(provider, order, exchange, failure.kind().name(), failure.reason(), began);
            throw failure.told(provider.name());
        }
    }

    // Never the prompt, and of what a provider says only its status and its number for the request.
    private static void logOutcome(
            ImageProvider provider, Order order, Exchange exchange, String outcome, String reason, long began) {
        log.info(
                "generation provider={} model={} outcome={} reason={} upstream_status={} upstream_request={} ms={}",
                provider.name(),
                order.model(),
                outcome,
                LogText.of(reason),
                exchange.lastStatus(),
                exchange.lastRequestId(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private GenerationDao.Made made(
            NewGeneration body, ProviderChoice.Chosen chosen, Order order, Picture picture, long agentSeq) {
        return new GenerationDao.Made(
                ids.next(),
                agentSeq,
                chosen.provider.name(),
                order.model(),
                body.prompt(),
                blankToNull(body.style()),
                order.negativePrompt(),
                order.aspectRatio() == null ? null : order.aspectRatio().text(),
                picture.seed(),
                clock.instant());
    }

    private GenerationDao.Result stored(Picture picture, GenerationDao.Made made, ImageProvider provider) {
        long end = System.nanoTime() + PATIENCE_TO_STORE.toNanos();
        while (true) {
            try {
                return images.withUpload(
                        picture.file().file(), declared(made), staged -> generations.insert(made, staged));
            } catch (ApiError problem) {
                if (NO_PICTURE.contains(problem.code())) {
                    throw ProviderFailure.noPicture().told(provider.name());
                }
                if (problem.code() != ErrorCode.SERVICE_UNAVAILABLE || System.nanoTime() > end) {
                    throw problem;
                }
            }
            pause();
        }
    }

    private static ClaimData.Generation declared(GenerationDao.Made made) {
        return new ClaimData.Generation(made.provider(), made.model(), null, made.prompt());
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE);
        }
    }

    private static Generation shown(GenerationDao.Made made, GenerationDao.Result stored, String baseUrl) {
        GenerationDao.Shown picture = stored.picture();
        return new Generation(
                made.id(),
                ImageDao.url(baseUrl, picture.feed()),
                ImageDao.url(baseUrl, picture.thumbnail()),
                ImageDao.url(baseUrl, picture.full()),
                picture.blurhash(),
                made.model(),
                picture.width(),
                picture.height(),
                stored.usage());
    }
}
