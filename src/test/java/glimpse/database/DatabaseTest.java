package glimpse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
    @Test
    void a_failure_does_not_tell_the_values_it_failed_with(@TempDir Path folder) throws IOException {
        try (Database database = Database.open(folder, Database.Synchronous.NORMAL)) {
            assertThatThrownBy(() ->
                            database.write(handle -> handle.createUpdate("INSERT INTO agents (name) VALUES (:name)")
                                    .bind("name", "hush")
                                    .execute()))
                    .isInstanceOf(JdbiException.class)
                    .hasMessageContaining("NOT NULL")
                    .hasMessageNotContaining("hush");
            assertThatThrownBy(() -> database.read(handle -> handle.createQuery("SELECT x FROM agents WHERE id = :id")
                            .bind("id", "hush")
                            .mapTo(String.class)
                            .list()))
                    .isInstanceOf(JdbiException.class)
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void every_migration_is_applied(@TempDir Path folder) throws IOException {
        try (Database database = Database.open(folder, Database.Synchronous.NORMAL);
                Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migrations"))) {
            assertThat(database.<Integer>read(handle -> handle.createQuery("PRAGMA user_version")
                            .mapTo(Integer.class)
                            .one()))
                    .isEqualTo((int) scripts.count());
        }
    }
}
