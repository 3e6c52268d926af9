package glimpse.agents;

import glimpse.http.Caller;

/** An agent with what only the server and its owner know. */
record Account(
        long seq,
        Agent agent,
        String ownerEmail,
        Caller.Status status,
        boolean nsfwByDefault,
        boolean analyticsVisible) {
    /** The owner's address as answers show it: {@code a***@example.com}. */
    String maskedEmail() {
        return masked(ownerEmail);
    }

    static String masked(String email) {
        int at = email.lastIndexOf('@');
        return email.substring(0, email.offsetByCodePoints(0, 1)) + "***" + email.substring(at);
    }
}
