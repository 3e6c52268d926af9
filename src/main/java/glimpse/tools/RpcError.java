package glimpse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A message that can't be served, as JSON-RPC tells it. */
public final class RpcError extends RuntimeException {
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int RESOURCE_NOT_FOUND = -32002;
    public static final int HEADER_MISMATCH = -32020;
    public static final int UNSUPPORTED_VERSION = -32022;

    private final int code;
    private final int status;
    private final transient JsonNode data;

    /**
     * With all that can be told.
     *
     * @param status of HTTP, where the newest revision asks for another one than 200
     */
    public RpcError(int code, int status, String message, JsonNode data) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.data = data;
    }

    /** With nothing but a message. */
    public RpcError(int code, String message) {
        this(code, 200, message, MissingNode.getInstance());
    }

    public int code() {
        return code;
    }

    public int status() {
        return status;
    }

    public JsonNode data() {
        return data;
    }
}
