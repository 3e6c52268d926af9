package glimpse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void the_example_has_every_key_with_the_value_that_holds_without_it() throws Exception {
        Path example = Path.of("config.example.yml");
        assertThat(ConfigReader.read(example, Map.of(), Map.of()))
                .isEqualTo(ConfigReader.read(null, Map.of(), Map.of()));
        String text = Files.readString(example);
        for (String key : keys(Config.class)) {
            assertThat(text).containsPattern("(?m)^ *" + key + ":");
        }
    }

    @Test
    void the_command_line_stands_over_the_environment_and_that_over_the_file() throws Exception {
        Path file = file("server:\n  port: 1\n  host: 127.0.0.1\ndata: {folder: here}\n");
        Config config = ConfigReader.read(
                file,
                Map.of(
                        "GLIMPSE_SERVER_PORT",
                        "2",
                        "GLIMPSE_DATA_FOLDER",
                        "there",
                        "HOME",
                        "/",
                        "GLIMPSE_PORT",
                        "tcp://10.0.0.1:80"),
                Map.of("server.port", "3"));
        assertThat(config.server().port()).isEqualTo(3);
        assertThat(config.data().folder()).isEqualTo("there");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_line_and_the_nearest_key() throws IOException {
        Path file = file("""
                mode: sandbox
                server:
                  prot: 8080
                  port: many
                images:
                  webp:
                    quality: 101
                sandboxes:
                  allow_remote: true
                limits: [1, 2]
                """);
        List<String> problems = problems(file, Map.of("GLIMPSE_SERVER_PROT", "1", "GLIMPSE_MODE", "prod"));
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        file + ":3: server.prot is not a key; the nearest is server.port",
                        file + ":9: sandboxes.allow_remote is not a key; the nearest is sandbox.allow_remote",
                        file + ":10: limits has keys of its own, and no value",
                        "environment variable GLIMPSE_SERVER_PROT: means nothing; the nearest is GLIMPSE_SERVER_PORT",
                        file + ":4: server.port must be a number from 0 to 65535, not \"many\"",
                        file + ":7: images.webp.quality must be a number from 1 to 100, not \"101\"",
                        "environment variable GLIMPSE_MODE: mode must be sandbox or production, not \"prod\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{mode: production, server: {public_url: 'https://a.example'}} | mail.mode",
                "{mode: production, server: {public_url: 'https://a.example'}, mail: {mode: capture}} | capture",
                "{mode: production, server: {public_url: 'https://a.example'}, mail: {mode: smtp}} | mail.host",
                "{mode: production, mail: {mode: none}} | server.public_url",
                "{images: {fetch: {allow_hosts: ['http://a']}}} | allow_hosts",
                "{server: {host: 0.0.0.0}} | sandbox.allow_remote",
                "{server: {public_url: 'https://a.example/'}} | public_url",
                "{server: {trusted_proxies: [not-a-range]}} | trusted_proxies",
                "{server: {port: [1, 2]}} | not a list",
                "{server: {access_log: maybe}} | true or false",
                "'server: {port: 1' | :1",
                "{mode: sandbox, mode: sandbox} | :1"
            })
    void what_can_not_work_stops_the_start(String yaml, String named) throws IOException {
        String text = yaml.startsWith("'") ? yaml.substring(1, yaml.length() - 1) : yaml;
        List<String> problems = problems(file(text), Map.of());
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).contains(named);
    }

    @Test
    void a_file_that_is_not_there_and_an_empty_one_are_told_apart() throws Exception {
        assertThat(problems(folder.resolve("nothing.yml"), Map.of())).hasSize(1);
        assertThat(ConfigReader.read(file("# nothing\nserver:\n"), Map.of(), Map.of()))
                .isEqualTo(ConfigReader.read(null, Map.of(), Map.of()));
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("config.yml"), yaml);
    }

    private static List<String> problems(Path file, Map<String, String> environment) {
        return catchThrowableOfType(ConfigReader.Invalid.class, () -> ConfigReader.read(file, environment, Map.of()))
                .problems();
    }

    private static List<String> keys(Class<?> type) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            keys.add(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT));
            if (component.getType().isRecord()) {
                keys.addAll(keys(component.getType()));
            }
        }
        return keys;
    }
}
