package glimpse.http;

/**
 * A query parameter.
 *
 * @param min the smallest number, or the shortest length of a text
 * @param max the largest number, or the greatest length of a text
 */
public record Parameter(String name, String description, Kind kind, long min, long max) {
    public enum Kind {
        NUMBER,
        TEXT
    }

    public static Parameter number(String name, String description, long min, long max) {
        return new Parameter(name, description, Kind.NUMBER, min, max);
    }

    public static Parameter text(String name, String description, int maxLength) {
        return new Parameter(name, description, Kind.TEXT, 1, maxLength);
    }
}
