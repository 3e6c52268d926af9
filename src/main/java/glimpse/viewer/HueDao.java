package glimpse.viewer;

import glimpse.database.Database;

/** The main colours of pictures, for charts. */
final class HueDao {
    private final Database database;

    HueDao(Database database) {
        this.database = database;
    }

    /** Sees a post and the number of its picture's colour, as in {@link Hues}. */
    interface Seen {
        void see(long seq, int hue);
    }

    /** Shows the newest posts from one on; at most {@code most}. */
    void forEach(long first, int most, Seen seen) {
        database.read(handle -> {
            handle.createQuery("""
                            SELECT posts.seq, images.dominant_color
                              FROM posts
                              JOIN images ON images.seq = posts.image_seq
                             WHERE posts.seq >= :first
                             ORDER BY posts.seq DESC
                             LIMIT :most
                            """)
                    .bind("first", first)
                    .bind("most", most)
                    .map((row, context) -> {
                        seen.see(row.getLong("seq"), Hues.of(row.getString("dominant_color")));
                        return 0;
                    })
                    .forEach(counted -> {});
            return 0;
        });
    }
}
