package glimpse.tools;

import glimpse.http.RawJson;
import org.jspecify.annotations.Nullable;

/** A message of JSON-RPC 2.0; one without an id wants no answer. */
public record RpcMessage(
        @Nullable String jsonrpc,
        @Nullable RawJson id,
        @Nullable String method,
        @Nullable RawJson params) {}
