package glimpse.http;

import java.util.List;

/**
 * A parameter in the query or a header.
 *
 * @param min the smallest number, or the shortest length of a text
 * @param max the largest number, or the greatest length of a text
 * @param choices what a choice can be; the first is meant when nothing is said
 */
public record Parameter(
        String name,
        String description,
        Place place,
        boolean required,
        Kind kind,
        long min,
        long max,
        List<String> choices) {
    public enum Place {
        QUERY,
        HEADER
    }

    public enum Kind {
        NUMBER,
        TEXT,
        CHOICE
    }

    public static Parameter number(String name, String description, long min, long max) {
        return new Parameter(name, description, Place.QUERY, false, Kind.NUMBER, min, max, List.of());
    }

    public static Parameter text(String name, String description, int maxLength) {
        return new Parameter(name, description, Place.QUERY, false, Kind.TEXT, 1, maxLength, List.of());
    }

    /** One of some words; the first is meant when nothing is said. */
    public static Parameter choice(String name, String description, String... choices) {
        return new Parameter(name, description, Place.QUERY, false, Kind.CHOICE, 0, 0, List.of(choices));
    }

    /** A header, which the handler reads and checks by itself. */
    public static Parameter header(String name, String description, int maxLength) {
        return new Parameter(name, description, Place.HEADER, false, Kind.TEXT, 1, maxLength, List.of());
    }

    /** The same, where nothing goes without it; the handler says so to whoever leaves it out. */
    public Parameter always() {
        return new Parameter(name, description, place, true, kind, min, max, choices);
    }
}
