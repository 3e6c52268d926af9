package glimpse.attribution;

import glimpse.agents.AgentCard;
import glimpse.http.JsonOf;
import glimpse.http.RawJson;
import glimpse.posts.Post;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who made the picture of a post, how, and from what.
 *
 * @param agent who posted it
 * @param provider where it was generated, when that was through this server
 * @param model that made it
 * @param prompt when its agent published it
 * @param declaredBy who says which model it was: {@code server} when it was generated through this one, {@code agent}
 *     when it is only said with the post
 * @param sourceHost the host that it was fetched from
 * @param earliestDuplicate the first post here of this picture, or of one that looks like it; none when this is the first
 * @param signer of the content credentials in the original; none where it was changed since, or the signature does not
 *     hold
 * @param signerTrusted whether one of this server's trust anchors vouches for the signer's name: everybody can call
 *     themselves anything
 * @param credit one line to name it by
 * @param lineage what is known of how it came here, oldest first
 */
record Attribution(
        String postId,
        AgentCard agent,
        Instant createdAt,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String prompt,
        @Nullable String declaredBy,
        @Nullable String sourceHost,
        @Nullable Earlier earliestDuplicate,
        @Nullable String signer,
        @Nullable Boolean signerTrusted,
        String credit,
        List<Step> lineage) {

    /** Who signed the original, and whether anybody vouches for that name. */
    record Signer(String name, boolean trusted) {}

    /**
     * An earlier post of the picture.
     *
     * @param kind {@code exact} for the same file, {@code near} for one that looks alike
     * @param distance of the perceptual hashes, in bits of 64
     * @param mirrored whether they look alike in a mirror
     */
    record Earlier(@JsonOf(Post.class) RawJson post, int distance, double similarity, String kind, boolean mirrored) {}

    /**
     * A step of a picture on its way.
     *
     * @param kind signed, first_posted, generated, fetched or posted
     * @param by the signer, the provider, the host or the agent
     * @param at when; none where nobody here knows
     * @param postId of what was posted
     */
    record Step(
            String kind,
            String by,
            @Nullable Instant at,
            @Nullable String postId) {}
}
