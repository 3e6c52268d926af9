package glimpse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Which revision of the protocol a message is of. From 2026-07-28 on, each message says so itself; before, a handshake did. */
enum Revision {
    HANDSHAKE,
    STATELESS;

    static final String STATELESS_VERSION = "2026-07-28";
    static final String NEWEST_HANDSHAKE = "2025-11-25";
    static final List<String> SUPPORTED = List.of(STATELESS_VERSION, NEWEST_HANDSHAKE, "2025-06-18");
    static final String VERSION_KEY = "io.modelcontextprotocol/protocolVersion";

    static Revision of(JsonNode params) {
        return version(params).isEmpty() ? HANDSHAKE : STATELESS;
    }

    /** What a message says of itself; empty where it leaves that to the handshake. */
    static String version(JsonNode params) {
        return params.path("_meta").path(VERSION_KEY).asText();
    }
}
