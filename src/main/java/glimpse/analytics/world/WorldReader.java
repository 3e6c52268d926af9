package glimpse.analytics.world;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import glimpse.analytics.world.World.Mark;
import glimpse.database.Database;
import glimpse.images.Compression;
import glimpse.images.Measures;
import glimpse.quality.Assessment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the world. While nothing was deleted or edited, only what is new is read, and set behind what was there.
 *
 * <p>Not safe for use by several threads.
 */
public final class WorldReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final WorldDao rows;
    private final Capacity capacity;
    private Names tags = new Names();
    private Names models = new Names();
    private Names providers = new Names();
    private Names styles = new Names();
    private @Nullable World before;

    /** How much is kept: the newest so many. */
    public record Capacity(int posts, int actions) {
        /** A quarter of the memory there is: a post is 121 bytes here, an action 17, and each may be there twice for a moment. */
        public static Capacity of(long memoryBytes) {
            long each = memoryBytes / 8;
            return new Capacity((int) Math.min(5_000_000, each / 240), (int) Math.min(50_000_000, each / 34));
        }
    }

    public WorldReader(Database database, Capacity capacity) {
        this.rows = new WorldDao(database);
        this.capacity = capacity;
    }

    /** What has happened so far. */
    public Mark mark() {
        return rows.mark();
    }

    /** Reads what there is. */
    public World read() {
        Mark mark = rows.mark();
        @Nullable World known = before;
        if (known != null && (known.mark().changes() != mark.changes() || known.truncated())) {
            known = null;
        }
        Agents agents = agents(mark.agents());
        if (known != null && !agents.goesOnFrom(known.agents())) {
            known = null; // somebody was verified or has gone since the mark was read: places have moved
        }
        if (known == null) {
            forget();
        }
        Mark last = known == null ? new Mark(0, 0, 0, 0, 0, 0) : known.mark();
        Posts posts = posts(
                known == null ? null : known.posts(),
                agents,
                Math.max(last.posts(), mark.posts() - capacity.posts()),
                mark.posts());
        ActionColumns reactions = new ActionColumns(known == null ? null : known.reactions(), agents, posts);
        rows.reactions(
                Math.max(last.reactions(), mark.reactions() - capacity.actions()), mark.reactions(), reactions::take);
        ActionColumns comments = new ActionColumns(known == null ? null : known.comments(), agents, posts);
        rows.comments(Math.max(last.comments(), mark.comments() - capacity.actions()), mark.comments(), comments::take);
        Follows follows = follows(
                known == null ? null : known.follows(),
                agents,
                Math.max(last.follows(), mark.follows() - capacity.actions()),
                mark.follows());
        boolean truncated = mark.posts() > capacity.posts()
                || Math.max(mark.reactions(), Math.max(mark.comments(), mark.follows())) > capacity.actions();
        World world = new World(
                mark,
                truncated,
                agents,
                posts,
                reactions.actions(),
                comments.actions(),
                follows,
                tags.texts(),
                models.texts(),
                providers.texts(),
                styles.texts());
        this.before = world;
        return world;
    }

    private void forget() {
        before = null;
        tags = new Names();
        models = new Names();
        providers = new Names();
        styles = new Names();
    }

    private Agents agents(long until) {
        Names owners = new Names();
        LongColumn seqs = new LongColumn(new long[0]);
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> displayNames = new ArrayList<>();
        List<String> tiers = new ArrayList<>();
        List<Boolean> visible = new ArrayList<>();
        Column[] numbers = new Column[5];
        Arrays.setAll(numbers, i -> new Column());
        rows.agents(0, until, row -> {
            seqs.add(row.number(1));
            ids.add(row.text(2));
            names.add(row.text(3));
            displayNames.add(row.text(4));
            tiers.add(row.text(8).intern());
            visible.add(row.number(7) != 0);
            numbers[0].add(owners.number(Names.owner(row.text(5))));
            numbers[1].add(Seconds.ofMillis(row.number(6)));
            numbers[2].add((int) row.number(9));
            numbers[3].add(seconds(row, 10));
            numbers[4].add(seconds(row, 11));
        });
        boolean[] shown = new boolean[visible.size()];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = visible.get(i);
        }
        return new Agents(
                seqs.numbers(),
                ids.toArray(new String[0]),
                names.toArray(new String[0]),
                displayNames.toArray(new String[0]),
                numbers[0].numbers(),
                numbers[1].numbers(),
                shown,
                tiers.toArray(new String[0]),
                numbers[2].numbers(),
                numbers[3].numbers(),
                numbers[4].numbers());
    }

    private static int seconds(WorldDao.Row row, int column) {
        return row.isNull(column) ? Seconds.NEVER : Seconds.ofMillis(row.number(column));
    }

    private Posts posts(@Nullable Posts known, Agents agents, long after, long until) {
        Posts old = known == null
                ? new Posts(
                        new long[0],
                        new long[0],
                        new int[0],
                        new int[0],
                        new int[1],
                        new int[0],
                        new int[0],
                        new int[0],
                        new int[0],
                        new int[0],
                        new long[0],
                        new boolean[0],
                        new byte[0],
                        new int[0])
                : known;
        LongColumn seqs = new LongColumn(old.seqs());
        LongColumn ids = new LongColumn(old.idParts());
        Column authors = new Column(old.authors());
        Column times = new Column(old.times());
        Column starts = new Column(old.tagStarts());
        Column tagged = new Column(old.tags());
        Column made = new Column(old.models());
        Column by = new Column(old.providers());
        Column styled = new Column(old.styles());
        Column images = new Column(old.images());
        LongColumn hashes = new LongColumn(old.hashes());
        Column flat = new Column();
        ByteArrayOutputStream qualities = new ByteArrayOutputStream();
        qualities.writeBytes(old.qualities());
        Column sketches = new Column(old.shingles());
        int[] sketch = new int[Shingles.INTS];
        rows.posts(after, until, row -> {
            int author = agents.place(row.number(3));
            if (author < 0) {
                return;
            }
            seqs.add(row.number(1));
            UUID id = UUID.fromString(row.text(2));
            ids.add(id.getMostSignificantBits());
            ids.add(id.getLeastSignificantBits());
            authors.add(author);
            times.add(Seconds.ofMillis(row.number(4)));
            tagNames(row.text(5), tagged);
            starts.add(tagged.size());
            made.add(models.number(Names.model(row.textOrNull(6))));
            by.add(providers.number(row.textOrNull(7)));
            styled.add(styles.number(row.textOrNull(8)));
            images.add((int) row.number(9));
            hashes.add(row.number(10));
            flat.add(row.isNull(10) ? 1 : 0);
            qualities.write(quality(row));
            Shingles.write(row.text(11) + ' ' + row.text(12), sketch);
            for (int part : sketch) {
                sketches.add(part);
            }
        });
        int[] isFlat = flat.numbers();
        boolean[] hashed = Arrays.copyOf(old.hashed(), old.size() + isFlat.length);
        for (int i = 0; i < isFlat.length; i++) {
            hashed[old.size() + i] = isFlat[i] == 0;
        }
        return new Posts(
                seqs.numbers(),
                ids.numbers(),
                authors.numbers(),
                times.numbers(),
                starts.numbers(),
                tagged.numbers(),
                made.numbers(),
                by.numbers(),
                styled.numbers(),
                images.numbers(),
                hashes.numbers(),
                hashed,
                qualities.toByteArray(),
                sketches.numbers());
    }

    private static int quality(WorldDao.Row row) {
        if (row.isNull(16)) {
            return Posts.UNKNOWN;
        }
        Measures pixels =
                new Measures(row.real(16), row.real(17), row.real(18), row.real(19), row.real(20), row.real(21));
        @Nullable
        Compression file = row.isNull(22)
                ? null
                : new Compression(row.number(22), row.number(23) != 0, row.isNull(24) ? null : (int) row.number(24));
        return new Assessment(pixels, file, row.text(15), (int) row.number(13), (int) row.number(14)).overall();
    }

    private void tagNames(String json, Column tagged) {
        if (json.length() < 3) {
            return; // []
        }
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    tagged.add(tags.number(parser.getText()));
                }
            }
        } catch (IOException written) {
            throw new UncheckedIOException(written);
        }
    }

    private Follows follows(@Nullable Follows known, Agents agents, long after, long until) {
        Column seqs = new Column(known == null ? new int[0] : known.seqs());
        Column followers = new Column(known == null ? new int[0] : known.followers());
        Column followees = new Column(known == null ? new int[0] : known.followees());
        Column times = new Column(known == null ? new int[0] : known.times());
        rows.follows(after, until, row -> {
            int follower = agents.place(row.number(2));
            int followee = agents.place(row.number(3));
            if (follower >= 0 && followee >= 0) {
                seqs.add((int) row.number(1));
                followers.add(follower);
                followees.add(followee);
                times.add(Seconds.ofMillis(row.number(4)));
            }
        });
        return new Follows(seqs.numbers(), followers.numbers(), followees.numbers(), times.numbers());
    }

    /** Actions as they are read. */
    private static final class ActionColumns {
        private final Agents agents;
        private final Posts posts;
        private final Column seqs;
        private final Column actors;
        private final Column on;
        private final Column times;
        private final ByteArrayOutputStream kinds = new ByteArrayOutputStream();
        private final byte[] kindsBefore;

        ActionColumns(@Nullable Actions known, Agents agents, Posts posts) {
            this.agents = agents;
            this.posts = posts;
            this.seqs = new Column(known == null ? new int[0] : known.seqs());
            this.actors = new Column(known == null ? new int[0] : known.actors());
            this.on = new Column(known == null ? new int[0] : known.posts());
            this.times = new Column(known == null ? new int[0] : known.times());
            this.kindsBefore = known == null ? new byte[0] : known.kinds();
        }

        /** What is on a post that is not here, by an agent that is not here, or on a post of one's own is left out. */
        void take(WorldDao.Row row) {
            int actor = agents.place(row.number(2));
            int post = posts.place(row.number(3));
            if (actor >= 0 && post >= 0 && posts.authors()[post] != actor) {
                seqs.add((int) row.number(1));
                actors.add(actor);
                on.add(post);
                kinds.write((int) row.number(4));
                times.add(Seconds.ofMillis(row.number(5)));
            }
        }

        Actions actions() {
            byte[] added = kinds.toByteArray();
            byte[] all = Arrays.copyOf(kindsBefore, kindsBefore.length + added.length);
            System.arraycopy(added, 0, all, kindsBefore.length, added.length);
            return new Actions(seqs.numbers(), actors.numbers(), on.numbers(), all, times.numbers());
        }
    }
}
