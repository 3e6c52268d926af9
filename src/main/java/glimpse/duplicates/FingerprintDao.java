package glimpse.duplicates;

import glimpse.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fingerprints of posts as rows. */
final class FingerprintDao {
    private final Database database;

    FingerprintDao(Database database) {
        this.database = database;
    }

    /** A post and its picture; without a hash where that is nearly flat. */
    record Post(long seq, long image, @Nullable Long hash) {}

    /** That a post is gone. */
    record Removal(long seq, long post) {}

    /** The posts directly after one, oldest first. */
    List<Post> postsAfter(long seq, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT posts.seq, posts.image_seq, images.perceptual_hash
                          FROM posts
                          JOIN images ON images.seq = posts.image_seq
                         WHERE posts.seq > :after
                         ORDER BY posts.seq
                         LIMIT :fetch
                        """)
                .bind("after", seq)
                .bind("fetch", fetch)
                .map((row, context) -> post(row))
                .list());
    }

    /** One post. */
    Optional<Post> post(long seq) {
        return database.read(handle -> handle.createQuery("""
                        SELECT posts.seq, posts.image_seq, images.perceptual_hash
                          FROM posts
                          JOIN images ON images.seq = posts.image_seq
                         WHERE posts.seq = :post
                        """)
                .bind("post", seq)
                .map((row, context) -> post(row))
                .findOne());
    }

    private static Post post(ResultSet row) throws SQLException {
        long hash = row.getLong("perceptual_hash");
        boolean flat = row.wasNull(); // speaks of the column that was read last
        return new Post(row.getLong("seq"), row.getLong("image_seq"), flat ? null : hash);
    }

    /** Posts that are gone, in the order in which they went. */
    List<Removal> removalsAfter(long seq, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq, post_seq
                          FROM removed_posts
                         WHERE seq > :after
                         ORDER BY seq
                         LIMIT :fetch
                        """)
                .bind("after", seq)
                .bind("fetch", fetch)
                .map((row, context) -> new Removal(row.getLong("seq"), row.getLong("post_seq")))
                .list());
    }

    /** Forgets what went before now, while nothing is known of what there was; gives the last of them. */
    long forgetRemovals() {
        long last = database.read(handle -> handle.createQuery("SELECT coalesce(max(seq), 0) FROM removed_posts")
                .mapTo(Long.class)
                .one());
        if (last > 0) {
            database.write(handle -> handle.createUpdate("DELETE FROM removed_posts WHERE seq <= :last")
                    .bind("last", last)
                    .execute());
        }
        return last;
    }

    /** The posts of a picture, oldest first. */
    List<Long> ofImage(long image, long after, long except, int fetch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq
                          FROM posts
                         WHERE image_seq = :image AND seq > :after AND seq <> :except
                         ORDER BY seq
                         LIMIT :fetch
                        """)
                .bind("image", image)
                .bind("after", after)
                .bind("except", except)
                .bind("fetch", fetch)
                .mapTo(Long.class)
                .list());
    }

    /** Those of some posts that show a picture. */
    Set<Long> ofImage(long image, List<Long> posts) {
        return database.read(handle -> handle.createQuery("""
                        SELECT seq
                          FROM posts
                         WHERE seq IN (SELECT value FROM json_each(:posts)) AND image_seq = :image
                        """)
                .bind("posts", posts.toString())
                .bind("image", image)
                .mapTo(Long.class)
                .set());
    }
}
