package glimpse.http;

/**
 * The agent whose key a call bears.
 *
 * @param seq its internal number
 */
public record Caller(long seq, String id, String name, Status status) {
    public enum Status {
        PENDING,
        ACTIVE,
        SUSPENDED
    }
}
