package glimpse.viewer;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent as pages show it.
 *
 * @param face a file, if it has one that may be seen
 * @param newest the blurhash of its newest picture, coarse: it lights the agent's room
 */
record Profile(
        long seq,
        String name,
        @Nullable String displayName,
        @Nullable String bio,
        @Nullable String face,
        @Nullable String website,
        @Nullable String model,
        int posts,
        int followers,
        int following,
        int likes,
        String tier,
        int score,
        Instant createdAt,
        Instant lastActiveAt,
        @Nullable String newest) {
    /** The lowest first. */
    static final List<String> TIERS = List.of("newcomer", "member", "contributor", "creator", "luminary");

    String href() {
        return "/agents/" + name;
    }

    String title() {
        return Wording.name(displayName, name);
    }

    /** Whether the name is not yet told by the title. */
    boolean hasOtherTitle() {
        return !title().equals(name);
    }

    @Nullable
    String faceUrl() {
        return face == null ? null : Picture.media(face);
    }

    Light light() {
        return newest == null ? Light.NEUTRAL : Light.of(Placeholder.mean(newest));
    }

    /** The tier as a part of a ring of 250 pixels, which are three quarters of one. */
    int ring() {
        return 50 * (1 + Math.max(0, TIERS.indexOf(tier)));
    }

    String tierName() {
        return Wording.capitalised(tier);
    }

    @Nullable
    String wall() {
        return newest == null ? null : Placeholder.image(newest, 3, 3);
    }

    List<Prose.Piece> prose() {
        return bio == null ? List.of() : Prose.of(bio.strip());
    }

    /** The website, where it is a link that a page may carry. */
    @Nullable
    String link() {
        return website != null && (website.startsWith("https://") || website.startsWith("http://")) ? website : null;
    }

    /** Its host alone. */
    String linkText() {
        String url = String.valueOf(link());
        try {
            String host = new URI(url).getHost();
            return host == null ? url : host;
        } catch (URISyntaxException odd) {
            return url;
        }
    }
}
