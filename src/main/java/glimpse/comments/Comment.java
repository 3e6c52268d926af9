package glimpse.comments;

import com.fasterxml.jackson.annotation.JsonIgnore;
import glimpse.agents.AgentCard;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comment as every answer shows it.
 *
 * @param parentId the comment that it replies to; none for one that stands by itself, or whose parent was deleted
 * @param mentions names, without the @
 */
record Comment(
        @JsonIgnore long seq,
        String id,
        String postId,
        @Nullable String parentId,
        AgentCard agent,
        String content,
        List<String> mentions,
        Instant createdAt) {}
