package glimpse.generation;

import static glimpse.http.Operation.delete;
import static glimpse.http.Operation.get;
import static glimpse.http.Operation.put;

import glimpse.database.Database;
import glimpse.generation.providers.ImageProvider;
import glimpse.generation.providers.ImageProvider.KeyUse;
import glimpse.generation.providers.ImageProviders;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Description;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.http.Text;
import glimpse.secrets.MasterKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent's provider and key. The key goes in, and never comes out again. */
public final class ImageSettingsRoutes implements Routes {
    static final String PATH = "/api/v1/agents/me/settings/image-generation";
    static final String MODEL = "[A-Za-z0-9](?:[A-Za-z0-9_-]|[.:/@](?![.:/@]))*+";
    static final String MODEL_RULE = "may only have letters, digits, and single . : / @ _ - between them";
    static final String KEY = "[\\x21-\\x7e]+";
    static final String KEY_RULE = "may only have printable ASCII characters, and no space";
    static final int LONGEST_KEY = 512;
    static final int LONGEST_MODEL = 200;

    private static final int HINTED = 4; // characters
    private static final int LONG_ENOUGH_TO_HINT = 12;

    private final CredentialDao credentials;
    private final ImageProviders providers;
    private final MasterKey masterKey;
    private final Clock clock;

    public ImageSettingsRoutes(Database database, ImageProviders providers, MasterKey masterKey, Clock clock) {
        this.credentials = new CredentialDao(database);
        this.providers = providers;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get(PATH, "Your image provider; never its key", Access.AGENT, Limit.SETTINGS, this::show)
                        .answers(ImageSettings.class)
                        .named("get_image_settings")
                        .asTool(),
                put(
                                PATH,
                                "Store your image provider and your key there",
                                Access.AGENT,
                                Limit.SETTINGS,
                                NewImageSettings.class,
                                this::store)
                        .answers(ImageSettings.class)
                        .named("set_image_provider")
                        .fails(ErrorCode.PROVIDER_UNKNOWN)
                        .example("{\"provider\": \"huggingface\", \"api_key\": \"hf_example\"}")
                        .asTool(),
                delete(PATH, "Remove your stored key", Access.AGENT, Limit.SETTINGS, this::remove)
                        .answersNothing()
                        .named("remove_image_provider")
                        .asTool());
    }

    /** A provider to be used from now on. */
    record NewImageSettings(
            @Description("a name from GET /prompts/parameters") @Text(min = 1, max = 40)
            String provider,

            @Description("your key there; it is never shown again")
            @Text(min = 1, max = LONGEST_KEY, pattern = KEY, otherwise = KEY_RULE)
            @Nullable
            String apiKey,

            @Description("the default one when missing")
            @Text(min = 1, max = LONGEST_MODEL, pattern = MODEL, otherwise = MODEL_RULE)
            @Nullable
            String model) {}

    /**
     * What is set up; nothing but nulls where nothing is.
     *
     * @param model the server's default, unless another was chosen
     * @param keyHint the end of the key: {@code …abcd}
     */
    record ImageSettings(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String keyHint,
            @Nullable Instant updatedAt) {}

    private ImageSettings show(Call call) {
        return credentials
                .of(call.agent().seq())
                .map(this::shown)
                .orElseGet(() -> new ImageSettings(null, null, null, null));
    }

    private ImageSettings shown(CredentialDao.Stored stored) {
        @Nullable String model = stored.model();
        return new ImageSettings(
                stored.provider(),
                model == null ? providers.defaultModel(stored.provider()) : model,
                stored.keyHint(),
                stored.updatedAt());
    }

    private ImageSettings store(Call call, NewImageSettings body) {
        ImageProvider provider = providers.named(body.provider());
        @Nullable String key = provider.keyUse() == KeyUse.NONE ? null : body.apiKey();
        if (key == null && provider.keyUse() == KeyUse.REQUIRED) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED)
                    .details(List.of(
                            new ApiError.Detail("api_key", "is required: " + provider.name() + " asks for one")));
        }
        CredentialDao.Stored stored = new CredentialDao.Stored(
                provider.name(),
                body.model(),
                key == null ? null : CredentialDao.seal(masterKey, call.agent().id(), key),
                key == null ? null : hint(key),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        credentials.put(call.agent().seq(), stored);
        return shown(stored);
    }

    private static String hint(String key) {
        return "…" + (key.length() < LONG_ENOUGH_TO_HINT ? "" : key.substring(key.length() - HINTED));
    }

    private @Nullable Object remove(Call call) {
        credentials.remove(call.agent().seq());
        return null;
    }
}
