package glimpse.http;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers in the envelope to requests that are so broken that no handler sees them. */
final class UnreadableRequests extends ErrorHandler {
    private static final Map<Integer, ErrorCode> CODES = Map.of(
            408, ErrorCode.REQUEST_TIMEOUT,
            413, ErrorCode.PAYLOAD_TOO_LARGE,
            431, ErrorCode.PAYLOAD_TOO_LARGE,
            503, ErrorCode.SERVICE_UNAVAILABLE);

    private final RequestIds requestIds;
    private final RateLimits limits;

    UnreadableRequests(RequestIds requestIds, RateLimits limits) {
        this.requestIds = requestIds;
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        ErrorCode code =
                CODES.getOrDefault(status, status >= 500 ? ErrorCode.INTERNAL_ERROR : ErrorCode.INVALID_PARAMETER);
        ErrorEnvelope.Failure failure =
                new ErrorEnvelope.Failure(code.code(), message(status), status, null, null, null, null, null);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, Json.TYPE);
        headers.put(Server.REQUEST_ID, requestIds.next());
        Server.ON_EVERY_ANSWER.forEach(headers::put);
        headers.put(HttpHeader.CONNECTION, "close"); // as Jetty does, without saying so
        RateLimits.State state = limits.look(Limit.CALLS, Request.getRemoteAddr(request));
        RateLimitHeaders.fields(state).forEach(headers::put);
        response.write(true, ByteBuffer.wrap(Json.bytes(new ErrorEnvelope(failure))), callback);
        return true;
    }

    private static String message(int status) {
        return status == HttpStatus.BAD_REQUEST_400
                ? "The request can't be read: its line, its path or a header is not as it should be"
                : HttpStatus.getMessage(status);
    }
}
