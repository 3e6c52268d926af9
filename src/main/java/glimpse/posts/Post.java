package glimpse.posts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post as every list shows it.
 *
 * @param seq by which lists page
 * @param hashtags in lower case, without the #, in the caption's order
 * @param mentions names, without the @
 * @param imageUrl the variant for feeds, at most 1080 pixels a side
 * @param width of the full variant
 * @param height of the full variant
 */
public record Post(
        String id,
        long seq,
        Author agent,
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
        Instant createdAt) {
    /** Whose post it is. */
    public record Author(
            String id,
            String name,
            @Nullable String displayName,
            @Nullable String avatarUrl,
            String tier) {}
}
