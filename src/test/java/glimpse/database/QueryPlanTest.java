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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No statement grows with the world: every one in the source is planned by SQLite, and its plan is read. */
class QueryPlanTest {
    private static final Pattern CONSTANT =
            Pattern.compile("static final String ([A-Z_]+) = \"\"\"\\n(.*?)\"\"\";", Pattern.DOTALL);
    private static final Pattern CONTINUED = Pattern.compile("([A-Z_]+)\\s+\\+ \"([^\"]*)\"");
    private static final Pattern TRIGGER_BODY =
            Pattern.compile("^CREATE TRIGGER .*? BEGIN\\n(.*?)^END;", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"\\n(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"((?:SELECT|INSERT|UPDATE|DELETE) [^\"]*)\"");

    /** Statements that may look at every row, or sort what they found, and why that is little. */
    private static final List<String> MAY_SCAN = List.of(
            "SELECT name, seq FROM sqlite_sequence", // a row a table
            "SELECT COUNT(*) FROM outbox", // bounded by mail.queue
            "SELECT NOT EXISTS (SELECT 1 FROM outbox)", // stops at the first row
            "WHERE NOT EXISTS (SELECT 1 FROM posts WHERE image_seq = images.seq)", // the sweep after a crash
            "FROM (SELECT followee_seq,", // whom one follows, and then a page of each of a page of them
            "WITH RECURSIVE days (day)", // a page of each day, at most 31 days
            "FROM (SELECT key_hash, bytes, row_number()", // a thousand and one, of one caller
            "FROM json_each(:kinds) AS kinds", // a page of each of five kinds
            "LIMIT 200) AS lately", // two hundred
            "LIMIT 100) AS newest", // a hundred, of each of a page of tags
            "WITH followees AS MATERIALIZED", // fifty of fifty
            "WITH mine AS MATERIALIZED"); // fifty of ten or of fifty

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
                if (step.matches("SCAN (?!CONSTANT ROW|json_each |post_search |agent_search |\\(subquery).*")
                        || step.contains("TEMP B-TREE")) {
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
                code = continued(code, statements);
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

    /** Takes out the beginnings that are shared, and keeps each with its ends. */
    private static String continued(String code, Set<String> statements) {
        Map<String, String> beginnings = new HashMap<>();
        CONSTANT.matcher(code).results().forEach(found -> beginnings.put(found.group(1), found.group(2)));
        CONTINUED
                .matcher(code)
                .results()
                .filter(found -> beginnings.containsKey(found.group(1)))
                .map(found -> beginnings.getOrDefault(found.group(1), "").stripIndent() + found.group(2))
                .forEach(statements::add);
        return CONSTANT.matcher(code).replaceAll("");
    }

    @Test
    void no_trigger_scans_a_table() throws IOException, SQLException {
        Database.open(folder, Database.Synchronous.NORMAL).close();
        List<String> slow = new ArrayList<>();
        int seen = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("glimpse.db"))) {
            for (Matcher body = TRIGGER_BODY.matcher(migrations()); body.find(); ) {
                for (String sql : body.group(1).split(";", -1)) {
                    if (!sql.isBlank()) {
                        slow.addAll(slowSteps(connection, sql.replaceAll("\\b(NEW|OLD)\\.", ":")));
                        seen++;
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(25);
        assertThat(slow).isEmpty();
    }

    @Test
    void every_foreign_key_can_be_followed_back_by_an_index() throws IOException, SQLException {
        Database.open(folder, Database.Synchronous.NORMAL).close();
        List<String> missing = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("glimpse.db"));
                PreparedStatement keys = connection.prepareStatement("""
                        SELECT tables.name AS child, keys."from" AS part
                          FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
                         WHERE tables.type = 'table'
                        """);
                ResultSet key = keys.executeQuery()) {
            while (key.next()) {
                missing.addAll(slowSteps(
                        connection,
                        "DELETE FROM %s WHERE %s = :parent".formatted(key.getString("child"), key.getString("part"))));
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String migrations() throws IOException {
        StringBuilder scripts = new StringBuilder();
        try (var files = Files.list(Path.of("src/main/resources/db/migrations"))) {
            for (Path file : files.sorted().toList()) {
                scripts.append(Files.readString(file));
            }
        }
        return scripts.toString();
    }
}
