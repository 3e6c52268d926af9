package glimpse.analytics.world;

/** Likes, dislikes and comments: who, on which post, when. What agents do to posts of their own is not among them. */
public record Actions(int[] actors, int[] posts, byte[] kinds, int[] times) {
    public static final byte LIKE = 0;
    public static final byte DISLIKE = 1;
    public static final byte COMMENT = 2;

    public int size() {
        return actors.length;
    }
}
