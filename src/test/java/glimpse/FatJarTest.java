package glimpse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.JarProcess;
import glimpse.testing.Pictures;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar itself, as a process of its own in a heap of 256 MB: what was lost in merging shows here. */
class FatJarTest {
    private static final Path FIXTURES = Path.of("src/test/resources/images");

    @TempDir
    Path folder = Path.of("");

    @Test
    void the_ready_line_is_all_that_standard_output_has() throws Exception {
        try (JarProcess jar = new JarProcess(folder, "--ephemeral", "--port", "0")) {
            JsonNode ready = jar.ready();
            List<String> fields = new ArrayList<>();
            ready.fieldNames().forEachRemaining(fields::add);
            assertThat(fields).containsExactly("ready", "url", "api", "pid", "sandbox", "data_dir");
            assertThat(ready.at("/api").asText()).isEqualTo(ready.at("/url").asText() + "/api/v1");
            assertThat(ready.at("/sandbox").asBoolean()).isTrue();
            assertThat(client(ready).get("/health").is(200).at("/status")).isEqualTo("ok");
            Path data = Path.of(ready.at("/data_dir").asText());
            assertThat(data).exists();
            assertThat(jar.stop()).isZero();
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void the_master_key_is_changed_by_a_command_while_no_server_runs() throws Exception {
        String data = folder.resolve("data").toString();
        Path file = folder.resolve("data/master.key");
        byte[] old;
        try (JarProcess jar = new JarProcess(folder, "--data", data, "--port", "0")) {
            jar.ready();
            old = Files.readAllBytes(file);
            try (JarProcess rotating = new JarProcess(folder, "--data", data, "--rotate-master-key")) {
                assertThat(rotating.exitCode()).isEqualTo(4);
            }
            assertThat(jar.stop()).isZero();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(old);
        try (JarProcess rotating = new JarProcess(folder, "--data", data, "--rotate-master-key")) {
            assertThat(rotating.line()).contains("stored keys sealed under it: 0");
            assertThat(rotating.exitCode()).isZero();
        }
        assertThat(Files.readAllBytes(file)).hasSize(32).isNotEqualTo(old);
    }

    @Test
    void the_signing_key_is_changed_by_a_command_and_the_former_root_is_still_told() throws Exception {
        String data = folder.resolve("data").toString();
        String before;
        try (JarProcess jar = new JarProcess(folder, "--data", data, "--port", "0")) {
            before = client(jar.ready())
                    .get("/.well-known/c2pa-root.pem")
                    .is(200)
                    .text();
            try (JarProcess rotating = new JarProcess(folder, "--data", data, "--rotate-signing-key")) {
                assertThat(rotating.exitCode()).isEqualTo(4);
            }
            assertThat(jar.stop()).isZero();
        }
        try (JarProcess rotating = new JarProcess(folder, "--data", data, "--rotate-signing-key")) {
            assertThat(rotating.line()).contains("its root is");
            assertThat(rotating.exitCode()).isZero();
        }
        try (JarProcess jar = new JarProcess(folder, "--data", data, "--port", "0")) {
            assertThat(client(jar.ready())
                            .get("/.well-known/c2pa-root.pem")
                            .is(200)
                            .text())
                    .endsWith(before)
                    .isNotEqualTo(before);
        }
    }

    @Test
    void the_jar_decodes_every_format_it_takes() throws Exception {
        try (JarProcess jar = new JarProcess(folder, "--ephemeral", "--port", "0")) {
            Client agent = agent(jar.ready());
            List<byte[]> pictures = new ArrayList<>(List.of(Pictures.png(90, 60, 1), Pictures.jpeg(90, 60, 2)));
            for (String fixture :
                    List.of("animated.gif", "cmyk.jpg", "16-bit-alpha.png", "avif/yuv444.avif", "avif/alpha.avif")) {
                pictures.add(Files.readAllBytes(FIXTURES.resolve(fixture)));
            }
            for (byte[] picture : pictures) {
                Answer post =
                        agent.form("/api/v1/posts", "image", picture, Map.of()).is(201);
                byte[] webp = agent.get(post.at("/full_image_url")).is(200).bytes();
                agent.form("/api/v1/posts", "image", webp, Map.of()).is(201);
            }
            assertThat(jar.stop()).isZero();
        }
    }

    @Test
    void eight_clients_post_large_pictures_at_once_and_nothing_is_lost() throws Exception {
        byte[] large = Pictures.jpeg(4000, 3000, 1);
        try (JarProcess jar = new JarProcess(folder, "--ephemeral", "--port", "0")) {
            JsonNode ready = jar.ready();
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Client agent = agent(ready);
                work.add(() -> postLarge(agent, large));
            }
            ExecutorService pool = Executors.newFixedThreadPool(work.size());
            try {
                for (Future<Integer> posted : pool.invokeAll(work)) {
                    assertThat(posted.get()).isEqualTo(2);
                }
            } finally {
                pool.shutdown();
            }
            Client anybody = client(ready);
            assertThat(anybody.get("/api/v1/timeline/public?limit=40").json().at("/data"))
                    .hasSize(16);
            assertThat(jar.stop()).isZero();
        }
    }

    // No two are the same bytes: what follows the end of a JPEG is ignored, but makes another original.
    private static int postLarge(Client agent, byte[] large) {
        int posted = 0;
        for (int i = 0; i < 2; i++) {
            byte[] padded = java.util.Arrays.copyOf(large, 9_000_000);
            padded[padded.length - 1] = (byte) i;
            padded[padded.length - 2] = (byte) agent.hashCode();
            Answer answer = i % 2 == 0
                    ? agent.form("/api/v1/posts", "image", padded, Map.of())
                    : agent.post(
                            "/api/v1/posts",
                            "{\"image_b64\":\"" + Base64.getEncoder().encodeToString(padded) + "\"}");
            posted += answer.status() == 201 ? 1 : 0;
            if (answer.status() != 201) {
                answer.fails(503, "service_unavailable");
            }
        }
        return posted;
    }

    @Test
    void what_was_posted_before_the_process_was_killed_is_there_after() throws Exception {
        String data = folder.resolve("data").toString();
        String image;
        try (JarProcess jar = new JarProcess(folder, "--data", data, "--port", "0")) {
            Client agent = agent(jar.ready());
            Answer post = agent.form("/api/v1/posts", "image", Pictures.png(90, 60, 1), Map.of());
            image = post.is(201).at("/image_url");
            jar.kill();
        }
        try (JarProcess jar = new JarProcess(folder, "--data", data, "--port", "0")) {
            Client anybody = client(jar.ready());
            assertThat(anybody.get("/api/v1/timeline/public").json().at("/data"))
                    .hasSize(1);
            anybody.get(image.substring(image.indexOf("/media/"))).is(200);
            assertThat(jar.stop()).isZero();
        }
    }

    @Test
    void limits_hold_after_the_process_was_killed() throws Exception {
        Path data = folder.resolve("data");
        try (JarProcess jar = new JarProcess(folder, "--data", data.toString(), "--port", "0")) {
            Client anybody = client(jar.ready());
            for (int i = 1; i <= 5; i++) {
                register(anybody, i).is(201);
            }
            awaitSaved(data.resolve("glimpse.db"), 5);
            jar.kill();
        }
        try (JarProcess jar = new JarProcess(folder, "--data", data.toString(), "--port", "0")) {
            register(client(jar.ready()), 6).fails(429, "rate_limit_exceeded");
            assertThat(jar.stop()).isZero();
        }
    }

    private static Answer register(Client anybody, int number) {
        return anybody.post(
                "/api/v1/agents/register", Map.of("name", "agent" + number, "owner_email", "owner@example.com"));
    }

    private static void awaitSaved(Path database, int used) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                PreparedStatement select = connection.prepareStatement("SELECT max(used) FROM rate_windows")) {
            int saved;
            do {
                Thread.onSpinWait();
                try (ResultSet row = select.executeQuery()) {
                    saved = row.getInt(1);
                }
            } while (saved < used);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 1, 2, --prot is not an option",
        "--port many, 2, server.port must be a number",
        "--config nothing.yml, 2, nothing.yml",
        "--host 0.0.0.0, 2, sandbox.allow_remote",
        "--data stderr.txt, 4, can't open the data",
        "--data kept --ephemeral, 2, can't be used together",
        "--bogus --port x --host, 2, --bogus is not an option",
        "--bogus --port x --host, 2, server.port must be",
        "--bogus --port x --host, 2, --host needs a value"
    })
    void what_stops_a_start_is_told_with_its_own_exit_code(String arguments, int code, String told) throws Exception {
        try (JarProcess jar = new JarProcess(folder, arguments.split(" ", -1))) {
            assertThat(jar.exitCode()).isEqualTo(code);
        }
        assertThat(Files.readString(folder.resolve("stderr.txt")))
                .contains(told)
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"--version, glimpse 0.1.0", "--help, Usage: java -jar glimpse.jar [options]"})
    void what_was_asked_for_is_on_standard_output(String argument, String first) throws Exception {
        try (JarProcess jar = new JarProcess(folder, argument)) {
            assertThat(jar.line()).isEqualTo(first);
        }
    }

    @Test
    void a_port_that_is_taken_is_told() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JarProcess jar =
                        new JarProcess(folder, "--ephemeral", "--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(jar.exitCode()).isEqualTo(3);
        }
        assertThat(Files.readString(folder.resolve("stderr.txt")))
                .contains("--port")
                .doesNotContain("\tat ");
    }

    @Test
    void the_readmes_lines_pasted_one_by_one_lead_to_a_picture_that_another_agent_likes() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String tryIt = readme.substring(readme.indexOf("## Try it"), readme.indexOf("## For people who run"));
        StringBuilder script = new StringBuilder("set -eu\n");
        Matcher blocks = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL).matcher(tryIt);
        assertThat(blocks.find()).isTrue();
        assertThat(blocks.group(1)).isEqualTo("scripts/run\n");
        while (blocks.find()) {
            script.append(blocks.group(1));
        }
        try (JarProcess jar = new JarProcess(folder, "--ephemeral", "--port", "0")) {
            JsonNode ready = jar.ready();
            String pasted =
                    script.toString().replace("localhost:8080", ready.at("/url").asText());
            Process shell = new ProcessBuilder("sh", "-c", pasted)
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).as(printed).isZero();
            Answer timeline = client(ready).get("/api/v1/timeline/public");
            assertThat(timeline.at("/data/0/generation_model")).isEqualTo("sandbox");
            assertThat(timeline.at("/data/1/hashtags/0")).isEqualTo("hats");
            assertThat(timeline.json().at("/data/1/comments_count").asInt()).isEqualTo(1);
            assertThat(printed.substring(printed.lastIndexOf("{\"data\"")))
                    .contains("\"type\":\"follow\"", "\"type\":\"like\"", "\"type\":\"comment\"", "\"name\":\"vega\"");
        }
    }

    private static Client agent(JsonNode ready) {
        Client anybody = client(ready);
        anybody.put("/_sandbox/limits", Map.of("enabled", false)).is(200);
        return anybody.key(anybody.post("/_sandbox/agents", Map.of()).is(201).at("/data/0/api_key"));
    }

    private static Client client(JsonNode ready) {
        return new Client(HttpClient.newHttpClient(), ready.at("/url").asText(), List.of());
    }
}
