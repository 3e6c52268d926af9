package glimpse.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.c2pa.Asset;
import glimpse.c2pa.ManifestValidator;
import glimpse.c2pa.TrustAnchors;
import glimpse.c2pa.ValidationReport;
import glimpse.c2pa.ValidationReport.State;
import glimpse.http.Sha256;
import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.Rows;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProvenanceRoutesTest {
    private static final String POSTS = "/api/v1/posts";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private Answer post(TestAgent agent, byte[] picture, Map<String, String> said) {
        Map<String, Object> body = new HashMap<>(said);
        body.put("image_b64", Base64.getEncoder().encodeToString(picture));
        return agent.client().post(POSTS, body).is(201);
    }

    private JsonNode provenance(Answer post) {
        return glimpse.client()
                .get(POSTS + "/" + post.at("/id") + "/provenance")
                .is(200)
                .json();
    }

    private byte[] bytes(String url) {
        return glimpse.client()
                .get(url.substring(url.indexOf("/media/")))
                .is(200)
                .bytes();
    }

    private ValidationReport validated(byte[] file) {
        try {
            TrustAnchors anchors = TrustAnchors.of(TrustAnchors.certificates(root()), List.of());
            Instant now = glimpse.clock().instant();
            return new ManifestValidator(anchors).validate(Asset.of(file), now).report();
        } catch (CertificateException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private String root() {
        return glimpse.client().get("/.well-known/c2pa-root.pem").is(200).text();
    }

    @Test
    void every_variant_is_signed_and_trusted_by_whoever_trusts_the_root() {
        Answer post = post(glimpse.agent("ada"), Pictures.png(1200, 800, 1), Map.of("caption", "one"));
        JsonNode told = provenance(post);
        assertThat(told.at("/post_id").asText()).isEqualTo(post.at("/id"));
        assertThat(told.at("/status").asText()).isEqualTo("none");
        assertThat(told.at("/original/state").asText()).isEqualTo("none");
        assertThat(told.at("/checked_at").asText()).isEqualTo("2026-11-23T15:00:00.000Z");
        assertThat(told.at("/signer/root_url").asText()).isEqualTo(glimpse.url() + "/.well-known/c2pa-root.pem");
        assertThat(told.at("/variants").findValuesAsText("url"))
                .containsExactly(post.at("/thumbnail_url"), post.at("/image_url"), post.at("/full_image_url"));
        for (JsonNode variant : told.at("/variants")) {
            byte[] file = bytes(variant.at("/url").asText());
            assertThat(HexFormat.of().formatHex(Sha256.of(file)))
                    .isEqualTo(variant.at("/sha256").asText());
            ValidationReport report = validated(file);
            assertThat(report.failure()).isEmpty();
            assertThat(report.state()).isEqualTo(State.TRUSTED);
            assertThat(report.activeManifest())
                    .isEqualTo(variant.at("/manifest").asText());
            assertThat(report.digitalSourceType()).endsWith("trainedAlgorithmicMedia");
            assertThat(variant.at("/bytes_added").asInt()).isBetween(500, 5000);
        }
    }

    @Test
    void one_flipped_byte_makes_a_variant_invalid() {
        Answer post = post(glimpse.agent("ada"), Pictures.png(60, 40, 1), Map.of());
        byte[] file = bytes(post.at("/image_url"));
        for (int at = 20; at < file.length; at += 97) {
            byte[] changed = file.clone();
            changed[at] ^= 1;
            assertThat(validated(changed).state()).as("byte %d", at).isIn(State.INVALID, State.NONE);
        }
    }

    @Test
    void what_the_agent_declares_is_signed_and_told() {
        Answer post = post(
                glimpse.agent("ada"),
                Pictures.png(60, 40, 1),
                Map.of("generation_model", "flux-9", "generation_prompt", "a fox in the snow"));
        JsonNode told = provenance(post);
        assertThat(told.at("/generation").toString())
                .isEqualTo(
                        "{\"declared_by\":\"agent\",\"provider\":null,\"model\":\"flux-9\",\"prompt\":\"a fox in the snow\",\"seed\":null}");
        byte[] file = bytes(post.at("/image_url"));
        assertThat(new String(file, StandardCharsets.UTF_8)).contains("flux-9").contains("a fox in the snow");
        assertThat(validated(file).state()).isEqualTo(State.TRUSTED);
    }

    @Test
    void the_same_picture_declared_otherwise_has_files_of_its_own_and_is_not_encoded_again() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        byte[] picture = Pictures.png(1200, 800, 1);
        Answer first = post(ada, picture, Map.of("generation_model", "flux-9"));
        Answer same = post(glimpse.agent("bob"), picture, Map.of("generation_model", "flux-9"));
        TestAgent cleo = glimpse.agent("cleo");
        Answer other = post(cleo, picture, Map.of("generation_model", "sd-1"));
        Answer silent = post(glimpse.agent("dan"), picture, Map.of());
        assertThat(same.at("/image_url")).isEqualTo(first.at("/image_url"));
        assertThat(List.of(other.at("/image_url"), silent.at("/image_url")))
                .doesNotHaveDuplicates()
                .doesNotContain(first.at("/image_url"));
        String otherFile = new String(bytes(other.at("/full_image_url")), StandardCharsets.UTF_8);
        assertThat(otherFile).contains("sd-1").doesNotContain("flux-9");
        assertThat(new String(bytes(silent.at("/full_image_url")), StandardCharsets.UTF_8))
                .doesNotContain("sd-1")
                .doesNotContain("flux-9");
        assertThat(validated(bytes(other.at("/thumbnail_url"))).state()).isEqualTo(State.TRUSTED);
        assertThat(provenance(other).at("/variants/0/url").asText()).isEqualTo(other.at("/thumbnail_url"));
        assertThat(other.at("/blurhash")).isEqualTo(first.at("/blurhash"));
        assertThat(files()).hasSize(9);
        ada.client().delete(POSTS + "/" + other.at("/id")).fails(403, "forbidden");
        cleo.client().delete(POSTS + "/" + other.at("/id")).is(204);
        assertThat(files()).hasSize(6);
        glimpse.client().get(path(other.at("/image_url"))).is(404);
        bytes(first.at("/image_url"));
        bytes(silent.at("/image_url"));
    }

    private static String path(String url) {
        return url.substring(url.indexOf("/media/"));
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(glimpse.data().resolve("media"))) {
            return all.filter(file -> file.toString().endsWith(".webp")).toList();
        }
    }

    @Test
    void an_upload_with_credentials_is_the_parent_of_its_variants() {
        Answer first = post(glimpse.agent("ada"), Pictures.png(1200, 800, 1), Map.of("generation_model", "flux-9"));
        byte[] signed = bytes(first.at("/full_image_url"));
        Answer again = post(glimpse.agent("bob"), signed, Map.of());
        JsonNode told = provenance(again);
        assertThat(told.at("/status").asText()).isEqualTo("trusted");
        assertThat(told.at("/original/integrity").asText()).isEqualTo("intact");
        assertThat(told.at("/original/active_manifest").asText())
                .isEqualTo(provenance(first).at("/variants/2/manifest").asText());
        ValidationReport report = validated(bytes(again.at("/full_image_url")));
        assertThat(report.failure()).isEmpty();
        assertThat(report.state()).isEqualTo(State.TRUSTED);
        assertThat(report.ingredients()).hasSize(1);
        assertThat(report.actions().get(0).action()).isEqualTo("c2pa.opened");
    }

    @Test
    void a_tampered_upload_is_taken_and_told_to_be_tampered_with() {
        Answer first = post(glimpse.agent("ada"), Pictures.png(60, 40, 1), Map.of());
        byte[] signed = bytes(first.at("/full_image_url"));
        signed[30] ^= 1;
        Answer again = post(glimpse.agent("bob"), signed, Map.of());
        JsonNode told = provenance(again);
        assertThat(told.at("/status").asText()).isEqualTo("invalid");
        assertThat(told.at("/original/integrity").asText()).isEqualTo("modified");
        assertThat(told.at("/original/failure/0/code").asText()).isEqualTo("assertion.dataHash.mismatch");
        assertThat(validated(bytes(again.at("/full_image_url"))).state()).isEqualTo(State.TRUSTED);
    }

    @Test
    void the_identity_and_what_was_signed_outlive_a_restart() throws IOException {
        Answer post = post(glimpse.agent("ada"), Pictures.png(60, 40, 1), Map.of());
        String root = root();
        JsonNode told = provenance(post);
        glimpse.restart();
        assertThat(root()).isEqualTo(root);
        JsonNode again = provenance(post);
        assertThat(again.at("/signer/root_fingerprint")).isEqualTo(told.at("/signer/root_fingerprint"));
        assertThat(again.at("/original")).isEqualTo(told.at("/original"));
        assertThat(again.at("/variants").findValuesAsText("manifest"))
                .isEqualTo(told.at("/variants").findValuesAsText("manifest"));
        glimpse.clock().advance(Duration.ofDays(3650));
        assertThat(validated(bytes(post.at("/image_url"))).state()).isEqualTo(State.TRUSTED);
    }

    @Test
    @Timeout(60)
    void pictures_from_before_anything_was_signed_are_signed_after_the_upgrade() throws IOException {
        Answer post = post(glimpse.agent("ada"), Pictures.png(60, 40, 1), Map.of("generation_model", "flux-9"));
        glimpse.stop();
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("DELETE FROM content_credentials").write("INSERT INTO unsigned_images SELECT seq FROM images");
        }
        glimpse.start();
        try (Rows rows = new Rows(glimpse.data())) {
            while (!rows.read("SELECT image_seq FROM unsigned_images").isEmpty()) {
                Thread.onSpinWait();
            }
        }
        JsonNode told = provenance(post);
        assertThat(told.at("/variants")).isNotEmpty();
        assertThat(told.at("/status").asText()).isEqualTo("unknown");
        String url = glimpse.client().get(POSTS + "/" + post.at("/id")).is(200).at("/image_url");
        assertThat(url).isNotEqualTo(post.at("/image_url"));
        assertThat(validated(bytes(url)).state()).isEqualTo(State.TRUSTED);
        glimpse.client().get(path(post.at("/image_url"))).is(404);
    }

    @Test
    void media_name_where_their_manifest_is() {
        Answer post = post(glimpse.agent("ada"), Pictures.png(60, 40, 1), Map.of());
        assertThat(glimpse.client().get(path(post.at("/image_url"))).header("Link"))
                .isEqualTo("<#jumbf=c2pa>; rel=\"c2pa-manifest\"");
    }

    @Test
    void clients_that_post_the_same_picture_at_once_declaring_it_otherwise_each_get_theirs() {
        byte[] picture = Pictures.png(60, 40, 1);
        List<TestAgent> agents = IntStream.range(0, 8)
                .mapToObj(number -> glimpse.agent("agent_" + number))
                .toList();
        List<Answer> posts = new ArrayList<>(agents.parallelStream()
                .map(agent -> post(agent, picture, Map.of("generation_model", "model-" + agent.name())))
                .toList());
        assertThat(posts.stream().map(answer -> answer.at("/image_url"))).doesNotHaveDuplicates();
        for (Answer answer : posts) {
            String model = answer.at("/generation_model");
            assertThat(new String(bytes(answer.at("/image_url")), StandardCharsets.UTF_8))
                    .contains(model);
            assertThat(validated(bytes(answer.at("/image_url"))).state()).isEqualTo(State.TRUSTED);
        }
    }

    @Test
    void an_avatar_says_nothing_of_what_was_declared_with_the_same_picture_elsewhere() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        byte[] picture = Pictures.png(600, 400, 1);
        Answer post = post(ada, picture, Map.of("generation_prompt", "a fox in the snow"));
        for (TestAgent agent : List.of(ada, glimpse.agent("bob"))) {
            String avatar = agent.client()
                    .patch(
                            "/api/v1/agents/me",
                            Map.of("avatar_b64", Base64.getEncoder().encodeToString(picture)))
                    .is(200)
                    .at("/avatar_url");
            assertThat(new String(bytes(avatar), StandardCharsets.UTF_8)).doesNotContain("a fox in the snow");
            assertThat(validated(bytes(avatar)).state()).isEqualTo(State.TRUSTED);
        }
        Answer still = glimpse.client().get(POSTS + "/" + post.at("/id")).is(200);
        assertThat(still.at("/image_url")).isEqualTo(post.at("/image_url"));
        assertThat(provenance(post).at("/variants/0/url").asText()).isEqualTo(post.at("/thumbnail_url"));
        assertThat(files()).hasSize(4);
        ada.client().delete(POSTS + "/" + post.at("/id")).is(204);
        assertThat(files()).hasSize(2);
    }

    @Test
    void an_avatar_out_of_a_picture_that_was_generated_here_keeps_its_prompt_private() {
        TestAgent ada = glimpse.agent("ada");
        ada.client()
                .put("/api/v1/agents/me/settings/image-generation", Map.of("provider", "sandbox"))
                .is(200);
        Answer made = ada.client()
                .post("/api/v1/images/generate", Map.of("prompt", "a fox in the snow"))
                .is(201);
        String avatar = ada.client()
                .patch("/api/v1/agents/me", Map.of("avatar_url", made.at("/image_url")))
                .is(200)
                .at("/avatar_url");
        assertThat(new String(bytes(made.at("/image_url")), StandardCharsets.UTF_8))
                .contains("a fox in the snow");
        assertThat(new String(bytes(avatar), StandardCharsets.UTF_8)).doesNotContain("a fox in the snow");
    }

    @Test
    void what_was_declared_goes_with_its_post_though_others_show_the_same_picture() throws IOException {
        byte[] picture = Pictures.png(600, 400, 1);
        TestAgent ada = glimpse.agent("ada");
        Answer first = post(ada, picture, Map.of("generation_prompt", "a fox in the snow"));
        Answer other = post(glimpse.agent("bob"), picture, Map.of("generation_prompt", "a hare in the grass"));
        ada.client().delete(POSTS + "/" + first.at("/id")).is(204);
        assertThat(files()).hasSize(2);
        glimpse.client().get(path(first.at("/image_url"))).is(404);
        Answer still = glimpse.client().get(POSTS + "/" + other.at("/id")).is(200);
        assertThat(still.at("/image_url")).isEqualTo(other.at("/image_url"));
        assertThat(validated(bytes(other.at("/image_url"))).state()).isEqualTo(State.TRUSTED);
        assertThat(provenance(other).at("/variants/0/url").asText()).isEqualTo(other.at("/thumbnail_url"));
        Answer again = post(ada, picture, Map.of("generation_prompt", "a hare in the grass"));
        assertThat(again.at("/image_url")).isEqualTo(other.at("/image_url"));
        assertThat(files()).hasSize(2);
    }

    @Test
    void a_post_that_comes_to_nothing_leaves_no_file() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        byte[] signed = bytes(post(ada, Pictures.png(600, 400, 1), Map.of()).at("/full_image_url"));
        try (Rows rows = new Rows(glimpse.data())) {
            rows.write("CREATE TRIGGER full BEFORE INSERT ON posts BEGIN SELECT RAISE(ABORT, 'no room'); END");
        }
        for (Map<String, String> said : List.<Map<String, String>>of(Map.of(), Map.of("generation_model", "flux-9"))) {
            Map<String, Object> body = new HashMap<>(said);
            body.put("image_b64", Base64.getEncoder().encodeToString(signed));
            ada.client().post(POSTS, body).is(500);
        }
        assertThat(files()).hasSize(2);
        try (var originals = Files.walk(glimpse.data().resolve("originals"))) {
            assertThat(originals.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void a_missing_post_has_no_provenance() {
        glimpse.client().get(POSTS + "/99/provenance").fails(404, "post_not_found");
    }
}
