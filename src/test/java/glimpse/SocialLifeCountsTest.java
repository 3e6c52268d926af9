package glimpse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What agents do to each other, and every count compared with a recount of the rows. */
class SocialLifeCountsTest {
    private static final int CLIENTS = 16;
    private static final int ACCOUNTS = 8; // two clients each: an agent races itself, too
    private static final Duration LENGTH = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(1); // with a slow machine
    private static final int NEWEST = 40; // what a client picks from: few enough to meet the others

    private static final List<String> EVERYTHING = List.of(
            "like 200",
            "dislike 200",
            "remove 200",
            "comment 201",
            "reply 201",
            "uncomment 204",
            "follow 200",
            "unfollow 200",
            "post 201",
            "caption 200",
            "unpost 204",
            "leave 204");

    /** Finds what should not be. */
    private static final String WRONG = """
            SELECT seq FROM posts
             WHERE likes_count <> (SELECT count(*) FROM reactions WHERE post_seq = posts.seq AND kind = 'like');
            SELECT seq FROM posts
             WHERE dislikes_count <> (SELECT count(*) FROM reactions WHERE post_seq = posts.seq AND kind = 'dislike');
            SELECT seq FROM posts
             WHERE comments_count <> (SELECT count(*) FROM comments WHERE post_seq = posts.seq);
            SELECT seq FROM agents
             WHERE posts_count <> (SELECT count(*) FROM posts WHERE agent_seq = agents.seq);
            SELECT seq FROM agents
             WHERE followers_count <> (SELECT count(*) FROM follows WHERE followee_seq = agents.seq);
            SELECT seq FROM agents
             WHERE following_count <> (SELECT count(*) FROM follows WHERE follower_seq = agents.seq);
            SELECT seq FROM agents
             WHERE likes_received_count <> (SELECT count(*) FROM reactions JOIN posts ON posts.seq = post_seq
                                             WHERE posts.agent_seq = agents.seq AND kind = 'like');
            SELECT tag FROM hashtags
             WHERE posts_count <> (SELECT count(*) FROM post_hashtags WHERE tag = hashtags.tag) OR posts_count = 0;
            SELECT seq, value FROM posts, json_each(hashtags)
            EXCEPT SELECT post_seq, tag FROM post_hashtags;
            SELECT post_seq, tag FROM post_hashtags
            EXCEPT SELECT seq, value FROM posts, json_each(hashtags);
            SELECT tag FROM post_hashtags WHERE tag NOT IN (SELECT tag FROM hashtags);

            SELECT reactions.seq FROM reactions JOIN posts ON posts.seq = post_seq
             WHERE 1 <> (SELECT count(*) FROM notifications WHERE reaction_seq = reactions.seq)
                        + (posts.agent_seq = reactions.agent_seq);
            SELECT comments.seq FROM comments JOIN posts ON posts.seq = post_seq
             WHERE 1 <> (SELECT count(*) FROM notifications WHERE comment_seq = comments.seq AND kind = 'comment')
                        + (posts.agent_seq = comments.agent_seq);
            SELECT seq FROM follows WHERE 1 <> (SELECT count(*) FROM notifications WHERE follow_seq = follows.seq);
            SELECT agent_seq FROM notifications WHERE comment_seq IS NOT NULL
             GROUP BY agent_seq, comment_seq HAVING count(*) > 1;
            SELECT agent_seq FROM notifications WHERE kind = 'mention' AND comment_seq IS NULL
             GROUP BY agent_seq, post_seq HAVING count(*) > 1;
            SELECT seq FROM notifications WHERE actor_seq = agent_seq OR actor_seq NOT IN (SELECT seq FROM agents);
            SELECT * FROM pragma_foreign_key_check;
            SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'
            """;

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private final AtomicReferenceArray<TestAgent> accounts = new AtomicReferenceArray<>(ACCOUNTS);
    private final AtomicInteger names = new AtomicInteger();
    private final List<String> agents = new CopyOnWriteArrayList<>();
    private final List<String> posts = new CopyOnWriteArrayList<>();
    private final List<JsonNode> comments = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();

    @Test
    void counts_are_exact_after_sixteen_clients_did_everything_at_once() throws Exception {
        glimpse.liftLimits();
        for (int account = 0; account < ACCOUNTS; account++) {
            register(account);
            posts.add(accounts.get(account).post("the first #art").at("/id"));
        }
        long begin = System.nanoTime();
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.add(pool.submit(() -> live(number, begin)));
        }
        pool.shutdown();
        for (Future<?> client : clients) {
            client.get();
        }
        assertThat(done.keySet()).containsAll(EVERYTHING);
        glimpse.stop();
        assertThat(found(WRONG)).isEmpty();
    }

    @Test
    void a_deleted_post_leaves_no_row_behind() throws SQLException {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        ada.post("#one #two for @bob");
        bob.client().post("/api/v1/posts/1/like", "").is(200);
        Answer comment = bob.client()
                .post("/api/v1/posts/1/comment", Map.of("content", "hello"))
                .is(201);
        ada.client()
                .post("/api/v1/posts/1/comment", Map.of("content", "@bob", "parent_id", comment.at("/id")))
                .is(201);
        ada.client().delete("/api/v1/posts/1").is(204);
        glimpse.stop();
        assertThat(found("""
                SELECT seq FROM posts;
                SELECT seq FROM images;
                SELECT seq FROM reactions;
                SELECT seq FROM comments;
                SELECT seq FROM notifications;
                SELECT tag FROM post_hashtags;
                SELECT tag FROM hashtags;
                SELECT rowid FROM post_search WHERE post_search MATCH 'one';
                SELECT seq FROM agents WHERE posts_count + likes_received_count <> 0
                """)).isEmpty();
        assertThat(found(WRONG)).isEmpty();
    }

    private void register(int account) {
        TestAgent agent = glimpse.agent("agent_" + names.incrementAndGet());
        agents.add(agent.id());
        accounts.set(account, agent);
    }

    private void live(int client, long begin) {
        Random random = new Random(client);
        while (goesOn(System.nanoTime() - begin)) {
            act(client % ACCOUNTS, random);
        }
    }

    private boolean goesOn(long nanos) {
        boolean isMissing = !done.keySet().containsAll(EVERYTHING);
        return nanos < (isMissing ? PATIENCE : LENGTH).toNanos();
    }

    private void act(int account, Random random) {
        TestAgent self = accounts.get(account);
        String post = "/api/v1/posts/" + any(posts, random);
        String agent = "/api/v1/agents/" + any(agents, random);
        int choice = random.nextInt(100);
        if (choice < 18) {
            note("like", self.client().post(post + "/like", ""));
        } else if (choice < 28) {
            note("dislike", self.client().post(post + "/dislike", ""));
        } else if (choice < 36) {
            note("remove", self.client().delete(post + "/reaction"));
        } else if (choice < 46) {
            keep(note("comment", self.client().post(post + "/comment", Map.of("content", text(random)))));
        } else if (choice < 54) {
            reply(self, random);
        } else if (choice < 66) {
            uncomment(self, random);
        } else if (choice < 74) {
            note("follow", self.client().post(agent + "/follow", ""));
        } else if (choice < 80) {
            note("unfollow", self.client().delete(agent + "/follow"));
        } else if (choice < 86) {
            post(self, random);
        } else if (choice < 90) {
            note("caption", self.client().patch(post, Map.of("caption", text(random))));
        } else if (choice < 97) {
            note("unpost", self.client().delete(post));
        } else if (choice < 99) {
            note("read", self.client().get(random.nextBoolean() ? "/api/v1/notifications" : post + "/likes"));
        } else {
            leave(account, self);
        }
    }

    private void reply(TestAgent self, Random random) {
        if (!comments.isEmpty()) {
            JsonNode parent = any(comments, random);
            String path = "/api/v1/posts/" + parent.at("/post_id").asText() + "/comment";
            keep(note(
                    "reply",
                    self.client()
                            .post(
                                    path,
                                    Map.of(
                                            "content",
                                            text(random),
                                            "parent_id",
                                            parent.at("/id").asText()))));
        }
    }

    private void uncomment(TestAgent self, Random random) {
        if (!comments.isEmpty()) {
            String id = any(comments, random).at("/id").asText();
            note("uncomment", self.client().delete("/api/v1/comments/" + id));
        }
    }

    private void post(TestAgent self, Random random) {
        byte[] picture = Pictures.png(8, 8, random.nextInt(4));
        Answer made = self.client().form("/api/v1/posts", "image", picture, Map.of("caption", text(random)));
        if (note("post", made).status() == 201) {
            posts.add(made.at("/id"));
        }
    }

    private void leave(int account, TestAgent self) {
        note("leave", self.client().delete("/api/v1/agents/me"));
        register(account);
    }

    private void keep(Answer comment) {
        if (comment.status() == 201) {
            comments.add(comment.json());
        }
    }

    // Most of what is picked is there; some is gone, or another's, and refused.
    private Answer note(String action, Answer answer) {
        assertThat(answer.status()).as(() -> action + ": " + answer.text()).isLessThan(500);
        done.computeIfAbsent(action + " " + answer.status(), key -> new AtomicInteger())
                .incrementAndGet();
        return answer;
    }

    private static <T> T any(List<T> all, Random random) {
        int size = all.size(); // only ever grows
        return all.get(size - 1 - random.nextInt(Math.min(NEWEST, size)));
    }

    private String text(Random random) {
        return "#art #t%d for @agent_%d and @agent_%d"
                .formatted(random.nextInt(6), 1 + random.nextInt(ACCOUNTS), 1 + random.nextInt(names.get()));
    }

    /** The first row of each query that finds any. */
    private List<String> found(String queries) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection file = DriverManager.getConnection(
                        "jdbc:sqlite:" + glimpse.data().resolve("glimpse.db"));
                Statement statement = file.createStatement()) {
            for (String query : queries.split(";", -1)) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    if (rows.next()) {
                        found.add(rows.getString(1) + " from " + query);
                    }
                }
            }
            // Fails when the index is not what the texts make.
            statement.execute("INSERT INTO post_search (post_search, rank) VALUES ('integrity-check', 1)");
            statement.execute("INSERT INTO agent_search (agent_search, rank) VALUES ('integrity-check', 1)");
        }
        return found;
    }
}
