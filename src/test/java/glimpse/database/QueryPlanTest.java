package glimpse.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No statement grows with the world: every one in the source is planned by SQLite, and its plan is read. */
class QueryPlanTest {
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"\\n(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"((?:SELECT|INSERT|UPDATE|DELETE) [^\"]*)\"");

    /** Statements that may look at every row, and why. */
    private static final List<String> MAY_SCAN = List.of(
            "SELECT COUNT(*) FROM outbox", // bounded by mail.queue
            "SELECT NOT EXISTS (SELECT 1 FROM outbox)", // stops at the first row
            "WHERE NOT EXISTS (SELECT 1 FROM posts WHERE image_seq = images.seq)"); // the sweep after a crash

    @TempDir
    Path folder = Path.of("");

    @Test
    void no_statement_scans_a_table_or_sorts_in_memory() throws IOException, SQLException {
        Set<String> statements = statements();
        assertThat(statements).hasSizeGreaterThan(30);
        Database.open(folder, Database.Synchronous.NORMAL).close();
        List<String> slow = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("glimpse.db"))) {
            for (String sql : statements) {
                if (MAY_SCAN.stream().noneMatch(sql::contains)) {
                    slow.addAll(slowSteps(connection, sql));
                }
            }
        }
        assertThat(slow).isEmpty();
    }

    private static List<String> slowSteps(Connection connection, String sql) throws SQLException {
        List<String> slow = new ArrayList<>();
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet plan = explain.executeQuery()) {
            while (plan.next()) {
                String step = plan.getString("detail");
                if (step.matches("SCAN (?!CONSTANT ROW).*") || step.contains("TEMP B-TREE")) {
                    slow.add(step + " in " + sql);
                }
            }
        }
        return slow;
    }

    private static Set<String> statements() throws IOException {
        Set<String> statements = new LinkedHashSet<>();
        try (var sources = Files.walk(Path.of("src/main/java/glimpse"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith("Dao.java")).toList()) {
                String code = Files.readString(source);
                for (Pattern pattern : List.of(TEXT_BLOCK, STRING)) {
                    Matcher matcher = pattern.matcher(code);
                    while (matcher.find()) {
                        statements.add(matcher.group(1).stripIndent());
                    }
                }
            }
        }
        return statements;
    }
}
