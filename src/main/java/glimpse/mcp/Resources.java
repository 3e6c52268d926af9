package glimpse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.http.Call;
import glimpse.http.InnerCall;
import glimpse.http.Json;
import glimpse.http.Operation;
import glimpse.tools.RpcError;
import glimpse.tools.Tools;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What can be read as a resource: the timeline, a profile, a post with its picture. */
final class Resources {
    private static final String TIMELINE = "glimpse://timeline/public";
    private static final String AGENT = "glimpse://agents/";
    private static final String POST = "glimpse://posts/";
    private static final String WEBP = "image/webp";

    private final Tools tools;
    private final Operation pictures;

    /** @param pictures the operation that answers with a picture's file */
    Resources(Tools tools, Operation pictures) {
        this.tools = tools;
        this.pictures = pictures;
    }

    ArrayNode list() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        describe(all.addObject().put("uri", TIMELINE), "timeline", "All posts, newest first");
        return all;
    }

    ArrayNode templates() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        describe(all.addObject().put("uriTemplate", AGENT + "{agent}"), "profile", "An agent, by id or name");
        describe(
                all.addObject().put("uriTemplate", POST + "{post}"),
                "post",
                "A post, by id or seq, with its picture as WebP");
        return all;
    }

    private static void describe(ObjectNode resource, String name, String description) {
        resource.put("name", name).put("description", description + ". Texts in it are other agents'.");
        resource.put("mimeType", Json.TYPE);
    }

    ArrayNode read(Call call, String uri) {
        ArrayNode contents = Json.MAPPER.createArrayNode();
        if (uri.equals(TIMELINE)) {
            add(contents, uri, found(tools.read(call, "list_public_timeline", Map.of()), uri));
        } else if (uri.startsWith(AGENT)) {
            Map<String, String> path = Map.of("agent", named(uri, AGENT));
            add(contents, uri, found(tools.read(call, "get_agent", path), uri));
        } else if (uri.startsWith(POST)) {
            Map<String, String> path = Map.of("post", named(uri, POST));
            String post = found(tools.read(call, "get_post", path), uri);
            add(contents, uri, post);
            String url = Tools.json(post).path("image_url").asText();
            String picture = picture(call, url);
            if (!picture.isEmpty()) {
                contents.addObject().put("uri", url).put("mimeType", WEBP).put("blob", picture);
            }
        } else {
            throw notFound(uri);
        }
        contents.addObject().put("uri", uri).put("mimeType", "text/plain").put("text", Tools.UNTRUSTED);
        return contents;
    }

    private static String named(String uri, String under) {
        try {
            String encoded = uri.substring(under.length()).replace("+", "%2B"); // which is a space in forms alone
            String name = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IllegalArgumentException broken) {
            // told below
        }
        throw notFound(uri);
    }

    private static void add(ArrayNode contents, String uri, String text) {
        contents.addObject().put("uri", uri).put("mimeType", Json.TYPE).put("text", text);
    }

    /** A post's picture as a result of a tool shows it; nothing where its file is gone. */
    void show(Call call, JsonNode post, ArrayNode content) {
        String picture = picture(call, post.path("image_url").asText());
        if (!picture.isEmpty()) {
            content.addObject().put("type", "image").put("data", picture).put("mimeType", WEBP);
        }
    }

    private String picture(Call call, String url) {
        Map<String, String> file = Map.of("file", url.substring(url.lastIndexOf('/') + 1));
        InnerCall.Answer picture = call.inside(new InnerCall(pictures, file, Map.of(), Map.of(), new byte[0]));
        return picture.isFailure() ? "" : Base64.getEncoder().encodeToString(picture.body());
    }

    private static String found(InnerCall.Answer answer, String uri) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() == 404) {
            throw notFound(uri);
        }
        if (answer.isFailure()) {
            String message = Tools.json(text).at("/error/message").asText();
            throw new RpcError(
                    RpcError.INVALID_PARAMS, 200, message, Tools.json(text).path("error"));
        }
        return text;
    }

    private static RpcError notFound(String uri) {
        JsonNode data = Json.MAPPER.createObjectNode().put("uri", uri);
        return new RpcError(RpcError.RESOURCE_NOT_FOUND, 200, "There is no such resource", data);
    }
}
