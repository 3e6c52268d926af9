package glimpse.http;

import java.util.Map;

/**
 * A call of an operation from inside this server, as its own caller would make it.
 *
 * @param path what the parameters in the path are
 * @param query the parameters in the query
 * @param headers of the request; those of the call in which it is made don't count
 * @param json the body; empty for an operation without one
 */
public record InnerCall(
        Operation operation,
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] json) {
    /** What came of it: what would have been sent. */
    public record Answer(int status, byte[] body) {
        public boolean isFailure() {
            return status >= 400;
        }
    }
}
