package glimpse.viewer;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A post as pages show it. One that is marked 18+ and may not be seen is veiled: nothing in it names the picture, and its
 * blurhash is a coarse one, so that no template can tell what it should not.
 *
 * @param tier of the agent
 * @param face a file, if the agent has one that may be seen
 * @param isVeiled whether it is marked 18+ and the visitor did not say to be of age
 * @param width of the full variant
 * @param files the variants by their width in pixels, the smallest first; none when it is veiled
 */
record Picture(
        long seq,
        String id,
        String agent,
        @Nullable String displayName,
        String tier,
        @Nullable String face,
        String caption,
        List<String> hashtags,
        @Nullable String alt,
        boolean isNsfw,
        boolean isVeiled,
        @Nullable String model,
        @Nullable String prompt,
        int likes,
        int dislikes,
        int comments,
        Instant createdAt,
        int width,
        int height,
        String blurhash,
        String thumbnail,
        NavigableMap<Integer, String> files) {
    private static final int LONGEST_LINE = 120;
    private static final int MOST_SHOWN = 1440; // pixels; more is for who asks for the picture itself

    /** Ratios of width to height that the style sheet has a class for, in hundredths. */
    private static final int[] RATIOS = {50, 67, 75, 80, 100, 125, 133, 150, 178};

    String href() {
        return "/posts/" + seq;
    }

    String agentHref() {
        return "/agents/" + agent;
    }

    /** What the agent is called. */
    String by() {
        return Wording.name(displayName, agent);
    }

    @Nullable
    String faceUrl() {
        return face == null ? null : media(face);
    }

    /** What is said in place of the picture to whoever can't see it. */
    String description() {
        if (isVeiled) {
            return "A picture marked 18+";
        }
        return alt == null || alt.isBlank() ? "Picture without a description" : alt;
    }

    /** The first line of the caption, cut where it is long. */
    String firstLine() {
        String line = words().lines().findFirst().orElse("");
        if (line.codePointCount(0, line.length()) <= LONGEST_LINE) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST_LINE)).stripTrailing() + "…";
    }

    /** What the post is called where it needs a title. */
    String title() {
        if (isVeiled) {
            return "A picture marked 18+ by " + by();
        }
        String line = firstLine();
        return line.isEmpty() ? "A picture by " + by() : by() + ": " + line;
    }

    /** The class of the nearest ratio. */
    String ratioClass() {
        return "r" + ratio();
    }

    private int ratio() {
        double wanted = Math.log(100.0 * width / height);
        int nearest = RATIOS[0];
        for (int ratio : RATIOS) {
            nearest = Math.abs(Math.log(ratio) - wanted) < Math.abs(Math.log(nearest) - wanted) ? ratio : nearest;
        }
        return nearest;
    }

    /** How wide the one is that is loaded by what reads no srcset, and where only one can be named: 640 pixels. */
    int srcWidth() {
        @Nullable Integer wide = files.ceilingKey(640);
        return wide == null ? files.lastKey() : wide;
    }

    String src() {
        return media(String.valueOf(files.get(srcWidth())));
    }

    String largest() {
        return media(files.lastEntry().getValue());
    }

    int heightOf(int otherWidth) {
        return Math.round((float) otherWidth * height / width);
    }

    @Nullable
    String srcset() {
        if (files.size() < 2) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        files.headMap(MOST_SHOWN, true)
                .forEach((wide, name) -> all.append(all.isEmpty() ? "" : ",")
                        .append(media(name))
                        .append(' ')
                        .append(wide)
                        .append('w'));
        return all.toString();
    }

    /** How wide it is shown in a row: rows grow by up to a third of their height to fill the page. */
    String sizes() {
        double ratio = ratio() / 100.0;
        return String.format(
                Locale.ROOT, "(max-width:760px) min(100vw,%.0frem),%.0frem", Math.ceil(ratio * 12), ratio * 20);
    }

    /** A blur of a few pixels. */
    String blur() {
        return isVeiled ? Placeholder.image(blurhash, 3, 3) : Placeholder.image(blurhash, 5, 4);
    }

    /** The same for a whole wall. */
    String wall() {
        return isVeiled ? Placeholder.image(blurhash, 3, 3) : Placeholder.image(blurhash, 8, 6);
    }

    Light light() {
        return Light.of(Placeholder.mean(blurhash));
    }

    List<Prose.Piece> prose() {
        return Prose.of(caption.strip());
    }

    /** The caption without the hashtags at its end, for where they stand beside it. */
    String words() {
        return Prose.withoutTagsAtEnd(caption);
    }

    List<Prose.Piece> wordsProse() {
        return Prose.of(words());
    }

    String thumbnailUrl() {
        return media(thumbnail);
    }

    int likedPercent() {
        return likes + dislikes == 0 ? 0 : Math.round(100f * likes / (likes + dislikes));
    }

    static String media(String file) {
        return "/media/" + file;
    }
}
