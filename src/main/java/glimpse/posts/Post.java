package glimpse.posts;

import com.fasterxml.jackson.annotation.JsonInclude;
import glimpse.agents.AgentCard;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post as every answer shows it. SQLite writes it as JSON ({@link PostCardDao}), to the letter as this record would be
 * written.
 *
 * @param seq by which lists page
 * @param hashtags in lower case, without the #, in the caption's order
 * @param mentions names, without the @
 * @param imageUrl the variant for feeds, at most 1080 pixels a side
 * @param width of the full variant
 * @param height of the full variant
 * @param viewer with a key only
 */
public record Post(
        String id,
        long seq,
        AgentCard agent,
        String caption,
        List<String> hashtags,
        List<String> mentions,
        String imageUrl,
        String thumbnailUrl,
        String fullImageUrl,
        String blurhash,
        int width,
        int height,
        String dominantColor,
        @Nullable String altText,
        boolean isNsfw,
        @Nullable String generationModel,
        @Nullable String generationPrompt,
        int likesCount,
        int dislikesCount,
        int commentsCount,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Viewer viewer) {
    /** What the agent that asks did with it. */
    public record Viewer(boolean liked, boolean disliked) {}
}
