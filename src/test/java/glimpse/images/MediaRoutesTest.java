package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.c2pa.Asset;
import glimpse.c2pa.ManifestValidator;
import glimpse.c2pa.TrustAnchors;
import glimpse.c2pa.ValidationReport;
import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class MediaRoutesTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private JsonNode posted(TestAgent agent, int width, int height) {
        return agent.client()
                .form("/api/v1/posts", "image", Pictures.png(width, height, 7), Map.of("caption", ""))
                .is(201)
                .json();
    }

    private static String file(JsonNode post, String field) {
        return post.at("/" + field).asText().replaceAll(".*/", "");
    }

    @Test
    void a_variant_is_made_as_wide_as_pages_want_it() throws IOException {
        JsonNode post = posted(glimpse.agent("ada"), 1600, 1200);
        for (int width : new int[] {320, 640, 960}) {
            Answer narrow = glimpse.client()
                    .get("/media/" + width + "/" + file(post, "image_url"))
                    .is(200);
            assertThat(new WebpHeader(narrow.bytes()).canvas()).isEqualTo(new Size(width, width * 3 / 4));
            assertThat(narrow.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(narrow.header("Content-Type")).isEqualTo("image/webp");
        }
        String largest = "/media/1440/" + file(post, "full_image_url");
        byte[] made = glimpse.client().get(largest).is(200).bytes();
        glimpse.restart();
        assertThat(glimpse.client().get(largest).is(200).bytes()).isEqualTo(made);
    }

    @Test
    void what_was_made_is_signed_with_the_variant_as_its_parent() throws CertificateException {
        JsonNode post = posted(glimpse.agent("ada"), 1600, 1200);
        String path = "/media/320/" + file(post, "image_url");
        Answer narrow = glimpse.client().get(path).is(200);
        String root = glimpse.client().get("/.well-known/c2pa-root.pem").text();
        ValidationReport report = new ManifestValidator(TrustAnchors.of(TrustAnchors.certificates(root), List.of()))
                .validate(Asset.of(narrow.bytes()), glimpse.clock().instant())
                .report();
        assertThat(report.state()).isEqualTo(ValidationReport.State.TRUSTED);
        assertThat(report.actions().get(0).action()).isEqualTo("c2pa.opened");
        assertThat(narrow.header("Link")).isEqualTo("<#jumbf=c2pa>; rel=\"c2pa-manifest\"");
    }

    @Test
    void no_other_width_is_made() {
        JsonNode post = posted(glimpse.agent("ada"), 500, 400);
        String name = file(post, "image_url");
        for (String path :
                List.of("640/" + name, "321/" + name, "0320/" + name, "-1/" + name, "320/x.webp", "320/..")) {
            glimpse.client().get("/media/" + path).fails(404, "not_found");
        }
        glimpse.client().get("/media/320/" + name).is(200);
    }

    @Test
    void each_width_is_made_of_one_file_alone() {
        JsonNode post = posted(glimpse.agent("ada"), 1600, 1200);
        glimpse.client().get("/media/640/" + file(post, "full_image_url")).fails(404, "not_found");
        glimpse.client().get("/media/1440/" + file(post, "image_url")).fails(404, "not_found");
        glimpse.client().get("/media/320/" + file(post, "thumbnail_url")).fails(404, "not_found");
    }

    @Test
    void making_one_counts_as_a_call_and_who_has_none_left_is_shown_the_whole() throws IOException {
        JsonNode post = posted(glimpse.agent("ada"), 1600, 1200);
        String name = file(post, "image_url");
        glimpse.set("limits.calls_per_minute", "1").restart();
        byte[] small = glimpse.client().get("/media/320/" + name).is(200).bytes();
        Answer whole = glimpse.client().get("/media/640/" + name).is(200);
        assertThat(whole.bytes())
                .isEqualTo(glimpse.client().get("/media/" + name).bytes());
        assertThat(whole.header("Cache-Control")).isEqualTo("no-store");
        assertThat(glimpse.client().get("/media/320/" + name).is(200).bytes()).isEqualTo(small);
    }

    @Test
    @Timeout(60)
    void a_copy_that_a_kill_left_without_its_picture_goes_at_the_next_start() throws IOException {
        Path orphan = glimpse.data().resolve("media/ab/" + "ab".repeat(20) + "-320.webp");
        glimpse.stop();
        Files.createDirectories(orphan.getParent());
        Files.write(orphan, new byte[] {1});
        Files.createFile(glimpse.data().resolve("media/running")); // as a kill leaves it: the next start sweeps
        glimpse.start();
        while (Files.exists(orphan)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void what_was_made_goes_with_the_picture() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        JsonNode post = posted(ada, 1600, 1200);
        String path = "/media/320/" + file(post, "image_url");
        glimpse.client().get(path).is(200);
        ada.client().delete("/api/v1/posts/1").is(204);
        glimpse.client().get(path).fails(404, "not_found");
        try (var files = Files.walk(glimpse.data().resolve("media"))) {
            assertThat(files.map(Path::toString).filter(name -> name.endsWith(".webp")))
                    .isEmpty();
        }
    }
}
