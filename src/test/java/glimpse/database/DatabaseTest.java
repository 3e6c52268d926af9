package glimpse.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
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
}
