package glimpse.http;

import java.util.Optional;

/** Keeps the first answers to repeated requests; the database does. */
public interface IdempotentAnswers {
    /**
     * An earlier request with the same key.
     *
     * @param sealedAnswer none while it is under way, or when the server stopped before it was answered
     */
    record Earlier(byte[] requestHash, Optional<byte[]> sealedAnswer) {}

    /**
     * Marks a request as begun, unless there is an earlier one.
     *
     * @param caller who sends it
     */
    Optional<Earlier> begin(byte[] caller, byte[] keyHash, byte[] requestHash);

    /** Keeps the answer; the oldest of a caller that has too many go. */
    void finish(byte[] keyHash, byte[] sealedAnswer);

    /** Forgets a request that failed, so that it can be tried again. */
    void abandon(byte[] keyHash);
}
