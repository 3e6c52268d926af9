package glimpse.prompts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What words of a prompt are for, beside the subject. */
public enum Part {
    MEDIUM,
    LIGHT,
    CAMERA,
    COMPOSITION,
    COLOR,
    MOOD,
    DETAIL,
    /** Words that ask for quality, and change nothing. */
    PADDING;

    /** As it stands in an answer. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
