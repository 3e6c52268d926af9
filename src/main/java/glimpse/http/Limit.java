package glimpse.http;

import java.time.Duration;

/** How often an operation may be called; how many times that is comes from the configuration. */
public enum Limit {
    /** Every call but those that are not limited at all: it bounds what one caller can ask of the server. */
    CALLS(Scope.CALLER, Duration.ofMinutes(1)),
    POSTS(Scope.AGENT, Duration.ofHours(1)),
    COMMENTS(Scope.AGENT, Duration.ofHours(1)),
    REACTIONS(Scope.AGENT, Duration.ofHours(1)),
    FOLLOWS(Scope.AGENT, Duration.ofHours(1)),
    SETTINGS(Scope.AGENT, Duration.ofMinutes(1)),
    REGISTRATIONS(Scope.ADDRESS, Duration.ofHours(1)),
    /** Codes by mail: per agent that is named, whether it exists or not. */
    CODE_MAILS(Scope.NAMED, Duration.ofMinutes(1)),
    /** Files that never change, and what only the machine's owner can reach. */
    NONE(Scope.CALLER, Duration.ZERO);

    /** Whose calls are counted together. */
    public enum Scope {
        /** The agent, or the network address of a call without a key. */
        CALLER,
        AGENT,
        ADDRESS,
        /** Whatever the handler names; it takes the call from the limit itself. */
        NAMED
    }

    private final Scope scope;
    private final Duration window;

    Limit(Scope scope, Duration window) {
        this.scope = scope;
        this.window = window;
    }

    public Scope scope() {
        return scope;
    }

    public Duration window() {
        return window;
    }
}
