package glimpse.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the prepared statements of every connection: SQLite takes about as long to plan a page of posts as to read it.
 * They are made on the driver's own connection, since the pool closes those it knows of when a connection comes back.
 */
final class HeldStatements implements StatementBuilderFactory {
    private final Map<SQLiteConnection, StatementBuilder> byConnection = new ConcurrentHashMap<>();

    @Override
    public StatementBuilder createStatementBuilder(Connection connection) {
        try {
            return byConnection.computeIfAbsent(connection.unwrap(SQLiteConnection.class), OfOne::new);
        } catch (SQLException onlySqliteIsUsed) {
            throw new IllegalStateException(onlySqliteIsUsed);
        }
    }

    /** The statements of one connection: as many as there are texts in the DAOs. One thread uses it at a time. */
    private static final class OfOne extends DefaultStatementBuilder {
        private final SQLiteConnection owner;
        private final Map<String, PreparedStatement> idle = new HashMap<>();

        OfOne(SQLiteConnection owner) {
            this.owner = owner;
        }

        @Override
        public PreparedStatement create(Connection connection, String sql, StatementContext context)
                throws SQLException {
            @Nullable PreparedStatement held = idle.remove(context.getRawSql());
            return held != null ? held : super.create(owner, sql, context);
        }

        /** @param sql as a DAO has it, with names for parameters; {@link #create} is given it with question marks */
        @Override
        public void close(Connection connection, String sql, @Nullable Statement statement) throws SQLException {
            boolean kept = statement instanceof PreparedStatement prepared
                    && isUsable(prepared)
                    && idle.putIfAbsent(sql, prepared) == null;
            if (!kept) {
                super.close(connection, sql, statement);
            }
        }

        // The driver finalizes a statement in some failures, and says so only when asked for something. To clear its
        // parameters would ask, too, but SQLite plans a statement anew whose parameters were cleared.
        private static boolean isUsable(PreparedStatement statement) {
            try {
                statement.getMetaData();
                return true;
            } catch (SQLException finalized) {
                return false;
            }
        }
    }
}
