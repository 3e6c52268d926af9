package glimpse.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import glimpse.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls the server as an agent would: over HTTP. */
public record Client(HttpClient http, String url, List<String> headers) {
    private static final String BOUNDARY = "boundary-of-a-form";

    public Client with(String header, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        more.add(value);
        return new Client(http, url, List.copyOf(more));
    }

    public Client key(String apiKey) {
        return with("Authorization", "Bearer " + apiKey);
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    public Answer post(String path, Object body) {
        return json("POST", path, body);
    }

    public Answer put(String path, Object body) {
        return json("PUT", path, body);
    }

    public Answer patch(String path, Object body) {
        return json("PATCH", path, body);
    }

    /** A body that is a text is sent as it is; anything else as its JSON. */
    private Answer json(String method, String path, Object body) {
        try {
            String text = body instanceof String raw ? raw : Json.MAPPER.writeValueAsString(body);
            return with("Content-Type", "application/json").send(method, path, BodyPublishers.ofString(text));
        } catch (JsonProcessingException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** A multipart form with one file and some fields. */
    public Answer form(String path, String part, byte[] file, Map<String, String> fields) {
        return form("POST", path, part, file, fields);
    }

    public Answer form(String method, String path, String part, byte[] file, Map<String, String> fields) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        fields.forEach((name, value) -> form.writeBytes(text(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(BOUNDARY, name, value))));
        form.writeBytes(text("""
                --%s\r
                Content-Disposition: form-data; name="%s"; filename="../../picture.exe"\r
                Content-Type: application/x-lies\r
                \r
                """.formatted(BOUNDARY, part)));
        form.writeBytes(file);
        form.writeBytes(text("\r\n--" + BOUNDARY + "--\r\n"));
        return with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .send(method, path, BodyPublishers.ofByteArray(form.toByteArray()));
    }

    /** Sends a request; its answer has to be as the API is described. */
    public Answer send(String method, String path, BodyPublisher body) {
        Answer answer = unchecked(method, path, body);
        Described.api().check(method, path, answer);
        return answer;
    }

    private Answer unchecked(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
                .method(method, body);
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
