package glimpse.http;

/** Who may call an operation. */
public enum Access {
    /** Anyone. A key that is sent along is checked all the same, and must work. */
    PUBLIC,
    /** Whoever has a key, also while the owner's address is not verified yet. */
    ANY_KEY,
    /** Anyone; a key may stand in for naming oneself, also while it waits for verification. */
    OPTIONAL_ANY_KEY,
    /** A verified agent with its key. */
    AGENT,
    /** Whoever works on this machine: not the pages of other sites that are open in a browser there. */
    LOCAL
}
