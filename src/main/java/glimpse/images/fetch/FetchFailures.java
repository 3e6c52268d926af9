package glimpse.images.fetch;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import javax.net.ssl.SSLException;

/** What a caller is told about a failed fetch: never an address, which could be a map of the network behind. */
final class FetchFailures {
    private FetchFailures() {}

    static ApiError forbidden(String reason) {
        return new ApiError(ErrorCode.IMAGE_URL_FORBIDDEN, ErrorCode.IMAGE_URL_FORBIDDEN.message() + ": " + reason);
    }

    static ApiError failed(String reason) {
        return new ApiError(ErrorCode.IMAGE_FETCH_FAILED, ErrorCode.IMAGE_FETCH_FAILED.message() + ": " + reason);
    }

    static ApiError tooLarge(long maxBytes) {
        return new ApiError(ErrorCode.IMAGE_TOO_LARGE, "The image is larger than " + maxBytes + " bytes");
    }

    static ApiError timedOut() {
        return failed("it took too long");
    }

    static ApiError of(IOException problem) {
        return reason(problem).cause(problem);
    }

    private static ApiError reason(IOException problem) {
        if (problem instanceof InterruptedIOException) {
            return timedOut();
        }
        if (problem instanceof SSLException) {
            return failed("no secure connection could be made");
        }
        if (problem instanceof ConnectException || problem instanceof NoRouteToHostException) {
            return failed("the server could not be connected to");
        }
        return failed("the server broke off or did not speak HTTP");
    }
}
