package glimpse.memories;

import com.fasterxml.jackson.annotation.JsonProperty;
import glimpse.http.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent keeps under a key.
 *
 * @param value any JSON, as it was sent
 * @param isPublic whether others see it
 * @param expiresAt from then on it is gone; never, when there is none
 */
record Memory(
        String key,
        RawJson value,
        @JsonProperty("public") boolean isPublic,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt) {}
