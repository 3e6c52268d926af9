package glimpse.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretsAtRestTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void no_secret_that_was_issued_or_stored_is_found_in_any_file() throws IOException {
        Answer registered = glimpse.client()
                .with("Idempotency-Key", "retry-me-42")
                .post("/api/v1/agents/register", Map.of("name", "nova", "owner_email", "o@example.com"))
                .is(201);
        TestAgent ada = glimpse.agent("ada");
        String code = glimpse.client().get("/_sandbox/mail/latest").at("/code");
        String providerKey = "hf_storedStoredStoredStoredStoredStored";
        String replacedKey = "sk-replacedReplacedReplacedReplaced";
        String passedKey = "r8_passedPassedPassedPassedPassedPassed";
        String settings = "/api/v1/agents/me/settings/image-generation";
        ada.client()
                .put(settings, Map.of("provider", "stability", "api_key", replacedKey))
                .is(200);
        ada.client()
                .put(settings, Map.of("provider", "huggingface", "api_key", providerKey))
                .is(200);
        ada.client()
                .with("X-Image-Provider", "sandbox")
                .with("X-Image-Key", passedKey)
                .with("Idempotency-Key", "picture-me-43")
                .post("/api/v1/images/generate", Map.of("prompt", "a fox"))
                .is(201);
        String changed =
                ada.client().post("/api/v1/agents/me/api-key", "").is(201).at("/api_key");
        glimpse.client().post("/api/v1/agents/recover", Map.of("name", "ada")).is(202);
        String recovery = glimpse.client().get("/_sandbox/mail/latest").at("/code");
        String recovered = glimpse.client()
                .with("Idempotency-Key", "retry-me-43")
                .post("/api/v1/agents/recover/confirm", Map.of("name", "ada", "code", recovery))
                .is(201)
                .at("/api_key");
        List<String> secrets = List.of(
                registered.at("/api_key"),
                ada.apiKey(),
                changed,
                recovered,
                recovery,
                "\"" + code + "\"",
                "code is " + code,
                "retry-me-42",
                "retry-me-43",
                "picture-me-43",
                providerKey,
                replacedKey,
                passedKey);
        assertThat(filesThatContain(secrets)).isEmpty();
        glimpse.stop();
        assertThat(filesThatContain(secrets)).isEmpty();
        String masterKey =
                new String(Files.readAllBytes(glimpse.data().resolve("master.key")), StandardCharsets.ISO_8859_1);
        assertThat(filesThatContain(List.of(masterKey))).containsExactly("master.key");
    }

    @Test
    void the_key_file_is_its_owners_alone() throws IOException {
        Path key = glimpse.data().resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.size(key)).isEqualTo(32);
    }

    @Test
    void what_is_sealed_opens_for_the_same_parts_only() throws IOException {
        MasterKey key = MasterKey.open(glimpse.data().resolve("master.key"), new java.security.SecureRandom());
        byte[] part = {1, 2, 3};
        byte[] sealed = key.seal(part, "test", part);
        assertThat(key.open(sealed, "test", part)).isEqualTo(part);
        assertThat(key.seal(part, "test", part)).isNotEqualTo(sealed);
        sealed[sealed.length - 1] ^= 1;
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> key.open(sealed, "test", part)))
                .isInstanceOf(IllegalStateException.class);
        // The lengths of parts count: (ab, c) is not (a, bc).
        assertThat(HexFormat.of().formatHex(key.derive("p", new byte[] {1, 2}, new byte[] {3})))
                .isNotEqualTo(HexFormat.of().formatHex(key.derive("p", new byte[] {1}, new byte[] {2, 3})));
    }

    private List<String> filesThatContain(List<String> secrets) throws IOException {
        List<String> found = new ArrayList<>();
        try (var files = Files.walk(glimpse.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (secrets.stream().anyMatch(bytes::contains)) {
                    found.add(String.valueOf(file.getFileName()));
                }
            }
        }
        return found;
    }
}
