package glimpse.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Names operations by method and path: {@code list_post_comments}, {@code like_post}, {@code create_post}. */
final class OperationName {
    private static final String API = "/api/v1/";

    private OperationName() {}

    static String of(Operation operation) {
        String path = operation.path().startsWith(API)
                ? operation.path().substring(API.length())
                : operation.path().substring(1);
        List<String> parts = Arrays.stream(path.split("/"))
                .map(part -> part.replaceFirst("^_", "").replaceAll("[-.]", "_"))
                .toList();
        String last = parts.get(parts.size() - 1);
        return switch (operation.method()) {
            case GET -> (operation.isPaged() ? "list_" : "get_") + noun(parts);
            case PUT -> "set_" + noun(parts);
            case PATCH -> "update_" + noun(parts);
            case DELETE -> "delete_" + noun(parts);
            // Something new of a list, or the word for what is done.
            case POST ->
                last.endsWith("s") || parts.size() == 1
                        ? "create_" + singular(noun(parts))
                        : last + "_" + before(parts);
        };
    }

    /** The words of a path; a list of which one thing is meant is that thing. */
    private static String noun(List<String> parts) {
        StringBuilder noun = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            if (!isParameter(parts.get(i))) {
                boolean one = i + 1 < parts.size() && isParameter(parts.get(i + 1));
                noun.append(noun.isEmpty() ? "" : "_").append(one ? singular(parts.get(i)) : parts.get(i));
            }
        }
        return noun.toString();
    }

    private static String before(List<String> parts) {
        return parts.subList(0, parts.size() - 1).stream()
                .filter(part -> !isParameter(part))
                .map(OperationName::singular)
                .collect(Collectors.joining("_"));
    }

    private static boolean isParameter(String part) {
        return part.startsWith("{");
    }

    private static String singular(String word) {
        return word.endsWith("ies")
                ? word.substring(0, word.length() - 3) + "y"
                : word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
