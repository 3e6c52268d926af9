package glimpse.mail;

/** Takes a mail on its way. */
public interface Transport {
    /**
     * Hands a mail over.
     *
     * @throws RuntimeException when it was not taken
     */
    void send(Message message);

    /** Whether it is so quick that the caller can wait: then a mail is there before the call that caused it is answered. */
    boolean isImmediate();
}
