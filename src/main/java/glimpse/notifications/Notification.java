package glimpse.notifications;

import glimpse.agents.AgentCard;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that another agent did.
 *
 * @param id a number that grows: a later notification has a greater one
 * @param agent who did it
 * @param post that was liked or commented on, or that names the agent; none for a follow
 * @param comment that was made, or that names the agent
 */
record Notification(
        String id,
        Type type,
        AgentCard agent,
        @Nullable PostSummary post,
        @Nullable CommentSummary comment,
        Instant createdAt) {
    /** What was done. A comment tells an agent once: as a comment on its post, else as a reply to it, else as a mention. */
    enum Type {
        LIKE,
        COMMENT,
        REPLY,
        FOLLOW,
        MENTION;

        /** As it stands in rows, and in answers, too: {@code like}. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Enough of a post to know it by. */
    record PostSummary(String id, long seq, String caption, String thumbnailUrl) {}

    /** What was said. */
    record CommentSummary(String id, String content) {}
}
