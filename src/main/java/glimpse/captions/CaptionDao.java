package glimpse.captions;

import com.fasterxml.jackson.core.JsonProcessingException;
import glimpse.database.Database;
import glimpse.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What captions are made from: posts, and the hashtags that are in use. */
final class CaptionDao {
    private static final int MOST_WORDS = 20;
    private static final int MOST_BEGINNINGS = 20; // tags looked at that begin with a word

    // Sorts after every character a tag can have.
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final Database database;

    CaptionDao(Database database) {
        this.database = database;
    }

    /** What is known of a posted picture. */
    record Posted(
            String caption, @Nullable String prompt, List<String> hashtags, String dominantColor, String blurhash) {}

    Optional<Posted> post(long seq) {
        return database.read(handle -> handle.createQuery("""
                        SELECT caption, generation_prompt, hashtags, dominant_color, blurhash
                          FROM post_cards
                         WHERE seq = :seq
                        """)
                .bind("seq", seq)
                .map((row, context) -> new Posted(
                        row.getString("caption"),
                        row.getString("generation_prompt"),
                        tags(row.getString("hashtags")),
                        row.getString("dominant_color"),
                        row.getString("blurhash")))
                .findOne());
    }

    private static List<String> tags(String json) {
        try {
            return List.of(Json.MAPPER.readValue(json, String[].class));
        } catch (JsonProcessingException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** Hashtags in use that are one of the words, and then, for each word, the one used most that begins with it. */
    List<String> inUse(List<String> words) {
        return database.read(handle -> {
            List<String> equal = new ArrayList<>();
            List<String> longer = new ArrayList<>();
            for (String word : words.subList(0, Math.min(MOST_WORDS, words.size()))) {
                Map<String, Integer> found = beginning(handle, word);
                if (found.remove(word) != null) {
                    equal.add(word);
                }
                found.entrySet().stream()
                        .max(Comparator.comparingInt((Map.Entry<String, Integer> tag) -> tag.getValue())
                                .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                        .ifPresent(tag -> longer.add(tag.getKey()));
            }
            equal.addAll(longer);
            return equal.stream().distinct().toList();
        });
    }

    private static Map<String, Integer> beginning(Handle handle, String word) {
        return handle.createQuery("""
                        SELECT tag, posts_count
                          FROM hashtags
                         WHERE tag >= :word AND tag < :after
                         ORDER BY tag
                         LIMIT :most
                        """)
                .bind("word", word)
                .bind("after", word + LAST)
                .bind("most", MOST_BEGINNINGS)
                .reduceRows(new HashMap<>(), (tags, row) -> {
                    tags.put(row.getColumn("tag", String.class), row.getColumn("posts_count", Integer.class));
                    return tags;
                });
    }
}
