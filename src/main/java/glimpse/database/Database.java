package glimpse.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file: a single writing connection behind a fair lock, and a small pool of reading ones.
 *
 * <p>SQLite takes one writer at a time whatever we do. Sixteen connections that poll for its lock wait up to 400 ms;
 * sixteen threads in a fair queue for one connection, about 100.
 */
public final class Database implements AutoCloseable {
    private static final int READERS = 4;

    /** What a commit promises: NORMAL outlives a crash of the process, FULL a power cut too, at several times the cost. */
    public enum Synchronous {
        NORMAL,
        FULL
    }

    /** Work on a connection that may only read. */
    @FunctionalInterface
    public interface Reading<T extends @Nullable Object> {
        T read(Handle handle);
    }

    /** Work on the writing connection, inside a transaction. */
    @FunctionalInterface
    public interface Writing<T extends @Nullable Object> {
        T write(Handle handle);
    }

    private final FileChannel lockFile;
    private final Handle writer;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final HikariDataSource readPool;
    private final Jdbi readers;
    private final AtomicLong version = new AtomicLong();

    /**
     * Opens the file {@code glimpse.db} in a folder, and brings its tables up to date.
     *
     * @throws IOException when another process has it open, it can't be written, or it comes from a newer release
     */
    public static Database open(Path folder, Synchronous synchronous) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile = lock(folder);
        try {
            return new Database(lockFile, "jdbc:sqlite:" + folder.resolve("glimpse.db"), synchronous);
        } catch (SQLException problem) {
            lockFile.close();
            throw new IOException(problem.getMessage(), problem);
        }
    }

    private Database(FileChannel lockFile, String url, Synchronous synchronous) throws SQLException {
        this.lockFile = lockFile;
        SQLiteConfig config = config(synchronous);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        Connection connection = source.getConnection();
        Migrations.apply(connection);
        this.writer = Jdbi.create(connection).open();

        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setDataSourceProperties(config.toProperties());
        pool.setConnectionInitSql("PRAGMA query_only = 1"); // as a connection property it is ignored
        pool.setMaximumPoolSize(READERS);
        pool.setMinimumIdle(READERS);
        pool.setMaxLifetime(0);
        pool.setPoolName("readers");
        pool.setInitializationFailTimeout(-1); // the writer above has shown that the file opens
        this.readPool = new HikariDataSource(pool);
        this.readers = Jdbi.create(readPool);
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("glimpse.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (java.nio.channels.OverlappingFileLockException sameProcess) {
            // reported below, like a lock that another process holds
        }
        if (lock == null) {
            channel.close();
            throw new IOException("another Glimpse is running on " + folder.toAbsolutePath());
        }
        return channel;
    }

    private static SQLiteConfig config(Synchronous synchronous) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL); // readers never wait for the writer
        config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(synchronous.name()));
        config.setBusyTimeout(5_000); // only a tool that looks in from outside can be in the way
        config.enforceForeignKeys(true);
        config.setCacheSize(-16_000); // KiB a connection
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "268435456");
        return config;
    }

    /** Runs on a connection of the read pool, which refuses to write. */
    public <T extends @Nullable Object> T read(Reading<T> work) {
        try (Handle handle = readers.open()) {
            return work.read(handle);
        }
    }

    /** Runs as one transaction, after those that came before: all of it is kept, or none when it throws. */
    public <T extends @Nullable Object> T write(Writing<T> work) {
        return exclusively(() -> {
            execute("BEGIN IMMEDIATE");
            T result;
            try {
                result = work.write(writer);
                execute("COMMIT");
            } catch (RuntimeException | Error problem) {
                execute("ROLLBACK");
                throw problem;
            }
            version.incrementAndGet();
            return result;
        });
    }

    /**
     * Runs while nobody else writes. For what has to happen together with a write and can't be rolled back, like
     * removing the files of rows that are gone: {@link #write} may be called inside.
     */
    public <T extends @Nullable Object> T exclusively(java.util.function.Supplier<T> work) {
        writing.lock();
        try {
            return work.get();
        } finally {
            writing.unlock();
        }
    }

    /** A number that every committed write moves: what was computed at the same version is still true. */
    public long version() {
        return version.get();
    }

    private void execute(String sql) {
        try (Statement statement = writer.getConnection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException problem) {
            throw new IllegalStateException(sql + ": " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        exclusively(() -> {
            readPool.close();
            writer.close();
            return true;
        });
        try {
            lockFile.close();
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }
}
