package glimpse.analytics.world;

/** Who follows whom, and since when. */
public record Follows(int[] followers, int[] followees, int[] times) {
    public int size() {
        return followers.length;
    }
}
