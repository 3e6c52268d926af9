package glimpse.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The open connections: one that writes, and a few that read. Opening them is a third of the whole start, so it goes on
 * beside it: the file and its tables first, which tells whether the server can start at all, then the readers.
 */
final class Connections {
    private static final int READERS = 4;

    // A like changes 16 pages, some of them those of the one before: the longer the log, the fewer go to the
    // file twice, and the rarer it is synced. These are 16 MB; by itself SQLite takes 4.
    private static final int PAGES_BETWEEN_CHECKPOINTS = 4_000;

    private final HeldStatements statements = new HeldStatements();
    private final CompletableFuture<Handle> writer;
    private final CompletableFuture<HikariDataSource> pool;
    private final CompletableFuture<Jdbi> readers;

    Connections(String url, SQLiteConfig config, Executor opening) {
        this.writer = CompletableFuture.supplyAsync(() -> openWriter(url, config), opening);
        this.pool = writer.thenApply(open -> openPool(url, config));
        this.readers = pool.thenApply(this::jdbi);
    }

    private Handle openWriter(String url, SQLiteConfig config) {
        try {
            SQLiteDataSource source = new SQLiteDataSource(config);
            source.setUrl(url);
            Handle handle = jdbi(source).open();
            Migrations.apply(handle.getConnection());
            handle.execute("PRAGMA wal_autocheckpoint = " + PAGES_BETWEEN_CHECKPOINTS);
            return handle;
        } catch (SQLException problem) {
            throw new IllegalStateException(problem.getMessage(), problem);
        }
    }

    private static HikariDataSource openPool(String url, SQLiteConfig config) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setDataSourceProperties(config.toProperties());
        pool.setConnectionInitSql("PRAGMA query_only = 1"); // as a connection property it is ignored
        pool.setMaximumPoolSize(READERS);
        pool.setMaxLifetime(0);
        pool.setPoolName("readers");
        pool.setInitializationFailTimeout(-1); // the writer has shown that the file opens
        return new HikariDataSource(pool);
    }

    // What goes wrong is logged, and by itself Jdbi says with which values: addresses of owners, prompts.
    private Jdbi jdbi(DataSource source) {
        return Jdbi.create(source)
                .setStatementBuilderFactory(statements)
                .configure(
                        StatementExceptions.class,
                        exceptions -> exceptions.setMessageRendering(StatementExceptions.MessageRendering.NONE));
    }

    /** The connection that writes; waits until the file is open. */
    Handle writer() {
        return writer.join();
    }

    /** The connections that read; waits until they are open. */
    Jdbi readers() {
        return readers.join();
    }

    /** Readers first: whoever closes the file last folds its log into it, and only a writer can. */
    void close() {
        if (!writer.isCompletedExceptionally()) {
            pool.join().close();
            writer.join().close();
        }
    }
}
