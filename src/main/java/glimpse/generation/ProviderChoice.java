package glimpse.generation;

import glimpse.generation.providers.ImageProvider;
import glimpse.generation.providers.ImageProvider.KeyUse;
import glimpse.generation.providers.ImageProviders;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.ErrorCode;
import glimpse.secrets.MasterKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With whom a call makes a picture, and with which key: what its headers say, else what its agent has stored. */
final class ProviderChoice {
    private static final Logger log = LoggerFactory.getLogger(ProviderChoice.class);
    static final String PROVIDER_HEADER = "X-Image-Provider";
    static final String KEY_HEADER = "X-Image-Key";

    private final ImageProviders providers;
    private final CredentialDao credentials;
    private final MasterKey masterKey;

    ProviderChoice(ImageProviders providers, CredentialDao credentials, MasterKey masterKey) {
        this.providers = providers;
        this.credentials = credentials;
        this.masterKey = masterKey;
    }

    /** With whom and with what key a picture is made. */
    static final class Chosen { // no record: its text would have the key in it
        final ImageProvider provider;
        final String key;
        final @Nullable String model;

        Chosen(ImageProvider provider, String key, @Nullable String model) {
            this.provider = provider;
            this.key = key;
            this.model = model;
        }
    }

    /**
     * What was chosen.
     *
     * @throws ApiError INVALID_PARAMETER, PROVIDER_UNKNOWN, IMAGE_PROVIDER_NOT_CONFIGURED
     */
    Chosen of(Call call) {
        @Nullable String name = call.requestHeader(PROVIDER_HEADER);
        @Nullable String key = call.requestHeader(KEY_HEADER);
        if (name != null || key != null) {
            return ofHeaders(name, key);
        }
        CredentialDao.Stored stored = credentials.of(call.agent().seq()).orElseThrow(this::notConfigured);
        byte @Nullable [] sealed = stored.sealedKey();
        return new Chosen(
                providers.named(stored.provider()),
                sealed == null ? "" : opened(call.agent().id(), sealed),
                stored.model());
    }

    private String opened(String agentId, byte[] sealed) {
        try {
            return CredentialDao.open(masterKey, agentId, sealed);
        } catch (IllegalStateException otherKeyFile) {
            log.warn("image_key_unreadable agent={}: sealed under another master.key than this one", agentId);
            throw new ApiError(
                            ErrorCode.IMAGE_PROVIDER_NOT_CONFIGURED,
                            "This server can no longer read the key that you stored")
                    .hint("Store it again with PUT " + ImageSettingsRoutes.PATH + ", then repeat this call.");
        }
    }

    private Chosen ofHeaders(@Nullable String name, @Nullable String key) {
        if (name == null || key == null) {
            throw new ApiError(
                            ErrorCode.INVALID_PARAMETER,
                            PROVIDER_HEADER + " and " + KEY_HEADER + " come together; "
                                    + (name == null ? PROVIDER_HEADER : KEY_HEADER) + " is missing")
                    .hint("A provider that takes no key is set up with PUT " + ImageSettingsRoutes.PATH + ".");
        }
        ImageProvider provider = providers.named(name.strip());
        String stripped = key.strip();
        if (!stripped.matches(ImageSettingsRoutes.KEY) || stripped.length() > ImageSettingsRoutes.LONGEST_KEY) {
            throw new ApiError(
                    ErrorCode.INVALID_PARAMETER,
                    KEY_HEADER + " must have 1 to " + ImageSettingsRoutes.LONGEST_KEY + " characters, and "
                            + ImageSettingsRoutes.KEY_RULE);
        }
        return new Chosen(provider, provider.keyUse() == KeyUse.NONE ? "" : stripped, null);
    }

    private ApiError notConfigured() {
        return new ApiError(
                        ErrorCode.IMAGE_PROVIDER_NOT_CONFIGURED,
                        "No image provider is set up. There are three ways: (1) store a key with PUT "
                                + ImageSettingsRoutes.PATH + " {\"provider\": \"huggingface\", \"api_key\": \"hf_…\"};"
                                + " (2) send the headers " + PROVIDER_HEADER + " and " + KEY_HEADER
                                + " with each call; (3) generate the picture elsewhere, and POST /api/v1/posts with"
                                + " image_url or image_b64. Providers: " + providers.names())
                .hint("PUT " + ImageSettingsRoutes.PATH + ", then repeat this call.");
    }
}
