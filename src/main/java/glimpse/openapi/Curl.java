package glimpse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A call as one would type it, with what the document gives as examples. */
final class Curl {
    private Curl() {}

    static String of(String baseUrl, String method, String path, JsonNode operation) {
        StringBuilder target = new StringBuilder(path);
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            String example = parameter.path("example").asText();
            if (parameter.path("in").asText().equals("path") && !example.isEmpty()) {
                int start = target.indexOf("{" + name + "}");
                target.replace(start, start + name.length() + 2, example);
            } else if (parameter.path("required").asBoolean() && !example.isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(example);
            }
        }
        JsonNode body = operation.at("/requestBody/content/application~1json/example");
        String usual = body.isMissingNode() ? "get" : "post";
        StringBuilder curl = new StringBuilder("curl ");
        if (!method.equals(usual)) {
            curl.append("-X ").append(method.toUpperCase(Locale.ROOT)).append(' ');
        }
        curl.append(quoted(baseUrl + target + query));
        boolean needsKey = operation.path("security").size() == 1;
        if (needsKey) {
            curl.append(" \\\n  -H 'Authorization: Bearer glm_…'");
        }
        if (!body.isMissingNode()) {
            curl.append(" \\\n  -H 'Content-Type: application/json' \\\n  -d ").append(quoted(body.toString()));
        }
        return curl.toString();
    }

    private static String quoted(String text) {
        return '\'' + text.replace("'", "'\\''") + '\'';
    }
}
