package glimpse.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.database.Database;
import glimpse.generation.fakes.FakeFal;
import glimpse.secrets.MasterKey;
import glimpse.testing.Client;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A new master key, and what is left when the power goes at any point on the way. */
class KeyRotationTest {
    private static final String SETTINGS = "/api/v1/agents/me/settings/image-generation";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private final FakeFal fal = new FakeFal();

    @AfterEach
    void stop() {
        fal.close();
    }

    private TestAgent agentWithKey() throws IOException {
        glimpse.set("providers.fal.base_url", fal.baseUrl());
        glimpse.restart();
        TestAgent ada = glimpse.agent("ada");
        ada.client()
                .put(SETTINGS, Map.of("provider", "fal", "api_key", fal.key()))
                .is(200);
        glimpse.stop();
        return ada;
    }

    private Path file() {
        return glimpse.data().resolve("master.key");
    }

    private Path next() {
        return glimpse.data().resolve("master.key.next");
    }

    private Database database() throws IOException {
        return Database.open(glimpse.data(), Database.Synchronous.FULL);
    }

    private void stillGenerates(TestAgent agent) throws IOException {
        glimpse.start();
        Client client = glimpse.client().key(agent.apiKey());
        client.post("/api/v1/images/generate", Map.of("prompt", "a fox")).is(201);
        assertThat(next()).doesNotExist();
        glimpse.stop();
    }

    @Test
    void stored_keys_work_under_the_new_key_and_not_under_the_old() throws IOException {
        TestAgent ada = agentWithKey();
        byte[] old = Files.readAllBytes(file());
        try (Database database = database()) {
            assertThat(new KeyRotation(database, file(), new SecureRandom()).rotate())
                    .isEqualTo(1);
        }
        assertThat(Files.readAllBytes(file())).hasSize(32).isNotEqualTo(old);
        stillGenerates(ada);
        Files.write(file(), old);
        try (Database database = database()) {
            assertThat(new CredentialDao(database).fits(MasterKey.open(file(), new SecureRandom())))
                    .isFalse();
        }
    }

    @Test
    void a_rotation_that_ended_before_the_commit_never_was() throws IOException {
        TestAgent ada = agentWithKey();
        byte[] old = Files.readAllBytes(file());
        MasterKey.makeNext(file(), new SecureRandom());
        stillGenerates(ada);
        assertThat(Files.readAllBytes(file())).isEqualTo(old);
    }

    @Test
    void a_rotation_that_ended_after_the_commit_is_brought_to_its_end() throws IOException {
        TestAgent ada = agentWithKey();
        byte[] fresh;
        try (Database database = database()) {
            MasterKey current = MasterKey.open(file(), new SecureRandom());
            MasterKey made = MasterKey.makeNext(file(), new SecureRandom());
            fresh = Files.readAllBytes(next());
            new CredentialDao(database).reseal(current, made);
        }
        stillGenerates(ada);
        assertThat(Files.readAllBytes(file())).isEqualTo(fresh);
    }

    @Test
    void a_row_that_does_not_open_leaves_everything_as_it_was() throws IOException {
        TestAgent ada = agentWithKey();
        byte[] right = Files.readAllBytes(file());
        Files.delete(file());
        try (Database database = database()) {
            KeyRotation rotation = new KeyRotation(database, file(), new SecureRandom());
            assertThatThrownBy(rotation::rotate).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(rotation::settled)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("neither");
        }
        Files.write(file(), right);
        stillGenerates(ada);
    }
}
