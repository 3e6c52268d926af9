package glimpse.analytics;

import glimpse.testing.Rows;
import java.time.Instant;
import java.util.SplittableRandom;

/** Worlds of which it is known what is in them. Agents are numbered from 1. */
final class PlantedWorld {
    private final Rows rows;
    private final long now;
    private long posts;

    private PlantedWorld(Rows rows, Instant now) {
        this.rows = rows;
        this.now = now.toEpochMilli();
    }

    /** So many agents, each of an owner of its own, registered a hundred days ago. */
    static PlantedWorld of(Rows rows, int agents, Instant now) {
        rows.agents(agents)
                .write(
                        "UPDATE agents SET owner_email = name || '@example.com', created_at = ?, last_active_at = ?",
                        now.toEpochMilli() - days(100),
                        now.toEpochMilli());
        return new PlantedWorld(rows, now);
    }

    /** Two halves who like and follow among themselves, and hardly ever across. */
    static PlantedWorld twoCamps(Rows rows, int agents, long seed, Instant now) {
        PlantedWorld world = of(rows, agents, now);
        SplittableRandom random = new SplittableRandom(seed);
        for (int agent = 1; agent <= agents; agent++) {
            world.post(agent, agent <= agents / 2 ? "red" : "blue", random);
        }
        for (int agent = 1; agent <= agents; agent++) {
            for (int tie = 0; tie < 6; tie++) {
                boolean across = random.nextInt(40) == 0;
                int half = (agent <= agents / 2) != across ? 0 : agents / 2;
                world.like(agent, half + 1 + random.nextInt(agents / 2), random);
            }
        }
        return world;
    }

    /** Everybody likes anybody. */
    static PlantedWorld random(Rows rows, int agents, int likes, long seed, Instant now) {
        PlantedWorld world = of(rows, agents, now);
        SplittableRandom random = new SplittableRandom(seed);
        for (int agent = 1; agent <= agents; agent++) {
            world.post(agent, "tag" + random.nextInt(5), random);
        }
        for (int agent = 1; agent <= agents; agent++) {
            for (int tie = 0; tie < likes; tie++) {
                world.like(agent, 1 + random.nextInt(agents), random);
            }
        }
        return world;
    }

    /** Agents who like the same dozen posts within seconds of each other; each is of another author. */
    void ring(int first, int last, int author, SplittableRandom random) {
        for (int i = 0; i < 12; i++) {
            long post = post(author + i, "spam", random);
            long at = now - random.nextLong(days(5));
            for (int agent = first; agent <= last; agent++) {
                react(agent, post, "like", at + agent * 3_000L % 30_000);
            }
        }
    }

    /** One whose hashtags of the hour others take up within minutes, three times a day. */
    void leader(int first, int last, SplittableRandom random) {
        for (int day = 1; day <= 6; day++) {
            for (int i = 0; i < 3; i++) {
                long at = (now - days(day)) / 3_600_000 * 3_600_000 - random.nextInt(20) * 3_600_000L;
                for (int agent = first; agent <= last; agent++) {
                    rows.post(++posts, agent, "A picture", "[\"wave%d%d\"]".formatted(day, i), at + agent * 60_000L);
                }
            }
        }
    }

    long post(int agent, String tag, SplittableRandom random) {
        rows.post(++posts, agent, "A picture", "[\"" + tag + "\"]", now - random.nextLong(days(6)) - 7_200_000);
        return posts;
    }

    /** A like on the post of that number, which is that of the agent of that number where each made one. */
    void like(int agent, long post, SplittableRandom random) {
        react(agent, post, "like", now - random.nextLong(days(6)));
    }

    void react(int agent, long post, String kind, long at) {
        rows.write(
                "INSERT OR IGNORE INTO reactions (agent_seq, post_seq, kind, created_at) VALUES (?, ?, ?, ?)",
                agent,
                post,
                kind,
                at);
    }

    void comment(int agent, long post, long at) {
        rows.write(
                "INSERT INTO comments (id, agent_seq, post_seq, content, mentions, created_at) VALUES (hex(randomblob(16)), ?, ?, 'How?', '[]', ?)",
                agent,
                post,
                at);
    }

    void follow(int follower, int followee) {
        rows.write(
                "INSERT OR IGNORE INTO follows (follower_seq, followee_seq, created_at) VALUES (?, ?, ?)",
                follower,
                followee,
                now - days(3));
    }

    long now() {
        return now;
    }

    private static long days(long count) {
        return count * 86_400_000L;
    }
}
