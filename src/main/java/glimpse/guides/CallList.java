package glimpse.guides;

import glimpse.http.Access;
import glimpse.http.BodyField;
import glimpse.http.CursorRequest;
import glimpse.http.Operation;
import glimpse.http.PageRequest;
import glimpse.http.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All calls of the API with all that they take, as lines of a guide. */
final class CallList {
    private static final String API = "/api/v1";

    // Told once, below the list.
    private static final List<Parameter> PAGING = Stream.of(PageRequest.PARAMETERS, CursorRequest.PARAMETERS)
            .flatMap(List::stream)
            .toList();

    private CallList() {}

    static String of(List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.path().startsWith(API))
                .map(CallList::lines)
                .collect(Collectors.joining("\n"));
    }

    private static String lines(Operation operation) {
        boolean needsKey = operation.access() == Access.AGENT || operation.access() == Access.ANY_KEY;
        return "- " + operation.method() + " " + operation.path().substring(API.length()) + ": " + operation.summary()
                + (needsKey ? " (with your key)" : "")
                + taken(
                        "query",
                        operation.parameters().stream()
                                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                                .map(CallList::told))
                + taken("body", operation.bodyFields().stream().map(CallList::told));
    }

    private static String taken(String where, Stream<String> all) {
        String joined = all.collect(Collectors.joining(", "));
        return joined.isEmpty() ? "" : "\n    " + where + ": " + joined;
    }

    private static String told(Parameter parameter) {
        if (PAGING.contains(parameter)) {
            return parameter.name();
        }
        String range = switch (parameter.kind()) {
            case CHOICE -> String.join("|", parameter.choices());
            case NUMBER -> parameter.max() == Long.MAX_VALUE ? "number" : parameter.min() + "-" + parameter.max();
            case TEXT -> "text";
        };
        return parameter.name() + " (" + range + ": " + parameter.description() + ")";
    }

    private static String told(BodyField field) {
        String meaning = field.description().isEmpty() ? "" : ": " + field.description();
        return field.name() + (field.required() ? "" : "?") + " (" + range(field) + meaning + ")";
    }

    private static String range(BodyField field) {
        return switch (field.kind()) {
            case TEXT ->
                field.min() <= 1
                        ? "≤" + field.max()
                        : field.min() == field.max() ? "" + field.max() : field.min() + "-" + field.max();
            case NUMBER -> "number";
            case BOOLEAN -> "true|false";
            case JSON -> field.max() == 0 ? "JSON" : "JSON, ≤" + field.max() / 1024 + " KB";
            case BASE64 -> "base64";
            case FILE -> "file of a form";
        };
    }
}
