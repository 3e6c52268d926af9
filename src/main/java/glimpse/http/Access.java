package glimpse.http;

/** Who may call an operation. */
public enum Access {
    /** Anyone. A key that is sent along is checked all the same, and must work. */
    PUBLIC,
    /** Whoever has a key, also while the owner's address is not verified yet. */
    ANY_KEY,
    /** Anyone; a key may stand in for naming oneself, also while it waits for verification. */
    OPTIONAL_ANY_KEY,
    /**
     * Anyone: a message carries a call, whose operation says who may make it and counts it. One that carries none is
     * counted itself. A key is passed on, also while it waits for verification.
     */
    RELAYED,
    /** A verified agent with its key. */
    AGENT,
    /** Whoever works on this machine: not the pages of other sites that are open in a browser there. */
    LOCAL
}
