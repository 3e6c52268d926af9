package glimpse.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings a database up to date: numbered scripts, counted by {@code PRAGMA user_version}, each applied whole or not at all. */
final class Migrations {
    /** In order; a script that has been released is never edited. */
    private static final List<String> SCRIPTS = List.of(
            "001_posting.sql",
            "002_social_life.sql",
            "003_generation.sql",
            "004_bounds.sql",
            "005_trust.sql",
            "006_credentials.sql",
            "007_signers.sql",
            "008_analytics.sql");

    private Migrations() {}

    static void apply(Connection connection) throws SQLException {
        int applied = version(connection);
        if (applied > SCRIPTS.size()) {
            throw new SQLException("the data was written by a newer release (schema " + applied + ", this one knows "
                    + SCRIPTS.size() + ")");
        }
        for (int number = applied + 1; number <= SCRIPTS.size(); number++) {
            apply(connection, number);
        }
    }

    // A script goes to SQLite in one piece: whoever splits it at semicolons breaks its triggers.
    private static void apply(Connection connection, int number) throws SQLException {
        String script = script(SCRIPTS.get(number - 1));
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                statement.executeUpdate(script);
                statement.execute("PRAGMA user_version = " + number);
                statement.execute("COMMIT");
            } catch (SQLException problem) {
                statement.execute("ROLLBACK");
                throw new SQLException("migration " + SCRIPTS.get(number - 1) + ": " + problem.getMessage(), problem);
            }
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    private static String script(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream("/db/migrations/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no migration " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
