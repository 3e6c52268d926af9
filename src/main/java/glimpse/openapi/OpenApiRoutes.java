package glimpse.openapi;

import static glimpse.http.Operation.get;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Json;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The description of this API, for machines and for people. */
public final class OpenApiRoutes implements Routes {
    private static final String STYLE = "/static/glimpse.css";
    private static final String STYLED =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Document.Facts facts;
    private final List<Operation> others;
    private volatile @Nullable Pages pages;

    private record Pages(Content document, Content reference, Content style) {}

    /**
     * Wires the feature.
     *
     * @param version of this server
     * @param perWindow how many calls each limit allows
     * @param perDay the same for a day, where a day's limit stands beside it
     * @param others all operations but these
     */
    public OpenApiRoutes(
            String version, Map<Limit, Integer> perWindow, Map<Limit, Integer> perDay, List<Operation> others) {
        this.facts = new Document.Facts(version, perWindow, perDay);
        this.others = others;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get(
                                "/openapi.json",
                                "This API as an OpenAPI 3.1 document",
                                Access.PUBLIC,
                                Limit.CALLS,
                                call -> pages(call).document())
                        .answers(Json.TYPE)
                        .named("get_openapi"),
                get("/docs", "This API as a page to read", Access.PUBLIC, Limit.CALLS, this::reference)
                        .answers("text/html"),
                get(
                                STYLE,
                                "How pages look",
                                Access.PUBLIC,
                                Limit.NONE,
                                call -> pages(call).style())
                        .answers("text/css")
                        .named("get_style_sheet"));
    }

    private Content reference(Call call) {
        call.header("Content-Security-Policy", STYLED);
        return pages(call).reference();
    }

    // Made when they are first asked for: most servers are started without anybody reading them.
    private Pages pages(Call call) {
        @Nullable Pages known = pages;
        if (known == null) {
            List<Operation> all = new ArrayList<>(others);
            operations().forEach(operation -> all.add(operation.of(OpenApiRoutes.class)));
            JsonNode document = new Document(facts, all).write(call.baseUrl());
            known = new Pages(
                    Content.json(Json.bytes(document)).withTag(),
                    Content.text("text/html", new Reference(document, call.baseUrl()).write(STYLE))
                            .withTag(),
                    Content.text("text/css", style()).withTag());
            pages = known;
        }
        return known;
    }

    private static String style() {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException("no style sheet in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
