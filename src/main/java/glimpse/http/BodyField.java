package glimpse.http;

/**
 * A field of a body, as it is described to those who send it.
 *
 * @param min the shortest length of a text
 * @param max the greatest length: of a text in characters, of JSON in bytes; 0 where that is not said
 * @param description empty where the name says it
 */
public record BodyField(String name, Kind kind, boolean required, int min, int max, String description) {
    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        JSON,
        /** A file as base64, within JSON. */
        BASE64,
        /** A file as the part of a form. */
        FILE
    }
}
