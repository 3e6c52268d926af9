package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Document;

class SharingTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void feeds_are_well_formed_and_say_what_is_to_be_seen() throws Exception {
        TestAgent ada = glimpse.agent("ada");
        JsonNode post = ada.post("Tom & Jerry <3 \u0001 #sea").json();
        ada.client()
                .patch("/api/v1/posts/1", Map.of("alt_text", "Two & a \"half\""))
                .is(200);
        for (String path : List.of("/feed.atom", "/agents/ada/feed.atom", "/tags/sea/feed.atom")) {
            Answer feed = glimpse.client().get(path).is(200);
            assertThat(feed.header("Content-Type")).startsWith("application/atom+xml");
            Document xml = xml(feed);
            assertThat(xml.getElementsByTagName("entry").getLength()).isEqualTo(1);
            assertThat(xml.getElementsByTagName("id").item(1).getTextContent())
                    .isEqualTo("urn:uuid:" + post.at("/id").asText());
            var image = xml.getElementsByTagName("img").item(0).getAttributes();
            assertThat(image.getNamedItem("alt").getTextContent()).isEqualTo("Two & a \"half\"");
            assertThat(image.getNamedItem("src").getTextContent()).startsWith(glimpse.url() + "/media/");
            glimpse.client()
                    .with("If-None-Match", feed.header("ETag"))
                    .get(path)
                    .is(304);
        }
        glimpse.client().get("/agents/nobody/feed.atom").is(404);
        assertThat(xml(glimpse.client().get("/tags/unused/feed.atom").is(200))
                        .getElementsByTagName("entry")
                        .getLength())
                .isZero();
    }

    @Test
    void a_post_can_be_embedded() {
        TestAgent ada = glimpse.agent("ada");
        ada.post("By the sea");
        String url = URLEncoder.encode(glimpse.url() + "/posts/1", StandardCharsets.UTF_8);
        Answer card =
                glimpse.client().get("/oembed?url=" + url + "&maxwidth=300").is(200);
        assertThat(card.at("/type")).isEqualTo("rich");
        assertThat(card.at("/version")).isEqualTo("1.0");
        assertThat(card.json().at("/width").asInt()).isEqualTo(300);
        assertThat(card.at("/html")).contains(glimpse.url() + "/posts/1/embed");
        assertThat(glimpse.client().get("/posts/1/embed").is(200).header("Content-Security-Policy"))
                .contains("frame-ancestors *");
        assertThat(glimpse.client().get("/posts/1").header("Content-Security-Policy"))
                .contains("frame-ancestors 'none'");
        glimpse.client().get("/oembed").fails(400, "invalid_parameter");
        glimpse.client().get("/oembed?url=https://evil.example/posts/1").fails(400, "invalid_parameter");
        String agents = URLEncoder.encode(glimpse.url() + "/agents", StandardCharsets.UTF_8);
        glimpse.client().get("/oembed?url=" + agents).fails(404, "not_found");
        glimpse.client().get("/oembed?url=" + url + "9").fails(404, "post_not_found");
        glimpse.client().get("/oembed?url=" + url + "&format=xml").fails(501, "not_implemented");
        assertThat(glimpse.client()
                        .get("/oembed?url=" + url + "&maxwidth=100")
                        .is(200)
                        .json()
                        .at("/width")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void crawlers_and_browsers_find_what_they_ask_for() throws Exception {
        glimpse.agent("ada").post("By the sea");
        Answer sitemap = glimpse.client().get("/sitemap.xml").is(200);
        xml(sitemap);
        assertThat(sitemap.text())
                .contains("<loc>" + glimpse.url() + "/posts/1</loc>", "<loc>" + glimpse.url() + "/agents/ada</loc>");
        assertThat(glimpse.client().get("/robots.txt").is(200).text()).contains("Sitemap: " + glimpse.url());
        Answer manifest = glimpse.client().get("/manifest.webmanifest").is(200);
        assertThat(manifest.at("/icons/1/sizes")).isEqualTo("192x192");
        glimpse.client().get(manifest.at("/icons/1/src")).is(200);
    }

    private static Document xml(Answer answer) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.bytes()));
    }
}
