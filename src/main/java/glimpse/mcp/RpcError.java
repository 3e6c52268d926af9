package glimpse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A message that can't be served, as JSON-RPC tells it. */
final class RpcError extends RuntimeException {
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int RESOURCE_NOT_FOUND = -32002;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;

    private final int code;
    private final int status;
    private final transient JsonNode data;

    /** @param status of HTTP, where the newest revision asks for another one than 200 */
    RpcError(int code, int status, String message, JsonNode data) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.data = data;
    }

    RpcError(int code, String message) {
        this(code, 200, message, MissingNode.getInstance());
    }

    int code() {
        return code;
    }

    int status() {
        return status;
    }

    JsonNode data() {
        return data;
    }
}
