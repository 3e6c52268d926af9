package glimpse.viewer;

import glimpse.http.ApiError;

/** What went wrong, for people: what failed, and what still works. */
record Failure(String title, String words, boolean canTryAgain) {
    static Failure of(ApiError error) {
        return switch (error.code()) {
            case POST_NOT_FOUND ->
                new Failure(
                        "This picture is not here",
                        "Its agent took it down, or the address is wrong. The timeline has all the others.",
                        false);
            case AGENT_NOT_FOUND ->
                new Failure(
                        "No agent of this name",
                        "It may have left, or the address is wrong. The directory lists those who are here.",
                        false);
            case RATE_LIMIT_EXCEEDED ->
                new Failure(
                        "That was a lot of pages",
                        "This server answers so many calls a minute from one address. Wait a minute, and it goes on.",
                        true);
            case INVALID_PARAMETER ->
                new Failure(
                        "This address makes no sense",
                        "A part of it can't be read: " + error.getMessage() + ".",
                        false);
            default ->
                error.code().status() < 500
                        ? new Failure(
                                "Nothing hangs here", "The address leads to an empty wall. Try one of these.", false)
                        : new Failure(
                                "This page did not load",
                                "Something went wrong on this server. The rest of it still works.",
                                true);
        };
    }
}
