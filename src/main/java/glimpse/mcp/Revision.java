package glimpse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which revision of the protocol a message is of. From 2026-07-28 on, each message says so itself; before, a handshake did. */
enum Revision {
    HANDSHAKE,
    STATELESS;

    static final String STATELESS_VERSION = "2026-07-28";
    static final String NEWEST_HANDSHAKE = "2025-11-25";
    static final List<String> SUPPORTED = List.of(STATELESS_VERSION, NEWEST_HANDSHAKE, "2025-06-18");
    static final String VERSION_KEY = "io.modelcontextprotocol/protocolVersion";
    static final String CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities";

    /** @param header what stands in front of the message; null where nothing does */
    static Revision of(@Nullable String header, JsonNode params) {
        return STATELESS_VERSION.equals(header) || !version(params).isEmpty() ? STATELESS : HANDSHAKE;
    }

    /** Whether a message says all that it has to say of itself, since nothing was said before it. */
    static boolean isComplete(JsonNode params) {
        return !version(params).isEmpty()
                && params.path("_meta").path(CAPABILITIES_KEY).isObject();
    }

    /** What a message says of itself; empty where it leaves that to the handshake. */
    static String version(JsonNode params) {
        return params.path("_meta").path(VERSION_KEY).asText();
    }
}
