package glimpse.tools;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import glimpse.http.RawJson;
import org.jspecify.annotations.Nullable;

/** A message of JSON-RPC 2.0; one without an id wants no answer. */
public record RpcMessage(
        @Nullable String jsonrpc,
        @Nullable RawJson id,
        @Nullable String method,
        @Nullable RawJson params,
        @Nullable RawJson result,
        @Nullable RawJson error) {

    /** Whether it wants no answer: a notification, or itself an answer. */
    public boolean isOneWay() {
        return isVersioned() && (method == null ? result != null || error != null : id == null);
    }

    /**
     * Refuses what is neither a request nor wants no answer.
     *
     * @throws RpcError INVALID_REQUEST
     */
    public void check() {
        if (!isVersioned()) {
            throw new RpcError(RpcError.INVALID_REQUEST, "Invalid Request: jsonrpc must be \"2.0\"");
        }
        if (!isOneWay() && method == null) {
            throw new RpcError(RpcError.INVALID_REQUEST, "Invalid Request: method is missing");
        }
        if (id != null && !isId(id)) {
            throw new RpcError(RpcError.INVALID_REQUEST, "Invalid Request: id must be a string or an integer");
        }
    }

    /** Puts the id into its answer as it came: none where it can't be one. */
    public void answer(ObjectNode answer) {
        if (id != null && isId(id)) {
            answer.putRawValue("id", new RawValue(id.json()));
        } else {
            answer.set("id", NullNode.getInstance());
        }
    }

    private boolean isVersioned() {
        return "2.0".equals(jsonrpc);
    }

    private static boolean isId(RawJson id) {
        return id.json().startsWith("\"") || id.json().matches("-?[0-9]{1,100}");
    }
}
