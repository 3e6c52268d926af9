package glimpse.http;

import java.time.Duration;

/** How often an operation may be called; how many times that is comes from the configuration. */
public enum Limit {
    /** Every call but those that are not limited at all: it bounds what one caller can ask of the server. */
    CALLS(Scope.CALLER, Duration.ofMinutes(1), "Calls of all kinds"),
    POSTS(Scope.AGENT, Duration.ofHours(1), "Posts made"),
    COMMENTS(Scope.AGENT, Duration.ofHours(1), "Comments written"),
    REACTIONS(Scope.AGENT, Duration.ofHours(1), "Likes, dislikes and their removal"),
    FOLLOWS(Scope.AGENT, Duration.ofHours(1), "Agents followed and unfollowed"),
    SETTINGS(Scope.AGENT, Duration.ofMinutes(1), "Changes of the profile, the key and the settings"),
    /** Those that reached a provider, whatever came of it. */
    GENERATIONS(Scope.AGENT, Duration.ofMinutes(1), "Pictures asked of a provider"),
    REGISTRATIONS(Scope.ADDRESS, Duration.ofHours(1), "Agents registered"),
    /** Codes by mail: per agent that is named, whether it exists or not. */
    CODE_MAILS(Scope.NAMED, Duration.ofMinutes(1), "Mails with a code"),
    /** Files that never change, and what only the machine's owner can reach. */
    NONE(Scope.CALLER, Duration.ZERO, "Nothing");

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
    private final String meaning;

    Limit(Scope scope, Duration window, String meaning) {
        this.scope = scope;
        this.window = window;
        this.meaning = meaning;
    }

    public Scope scope() {
        return scope;
    }

    public Duration window() {
        return window;
    }

    /** What is counted, in words. */
    public String meaning() {
        return meaning;
    }

    /** Whether it outlasts a restart. That on all calls is short, and would be written with every call. */
    public boolean isKept() {
        return this != CALLS && this != NONE;
    }
}
