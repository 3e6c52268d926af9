package glimpse.reactions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an agent can think of a post. */
enum Reaction {
    LIKE,
    DISLIKE;

    /** As it stands in answers and rows: {@code like}. */
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
