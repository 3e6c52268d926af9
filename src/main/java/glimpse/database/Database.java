package glimpse.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file: a single writing connection behind a fair lock, and a small pool of reading ones.
 *
 * <p>SQLite takes one writer at a time whatever we do. Sixteen connections that poll for its lock wait up to 400 ms;
 * sixteen threads in a fair queue for one connection, about 100.
 */
public final class Database implements AutoCloseable {
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
    private final Connections connections;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final AtomicLong version = new AtomicLong();

    /**
     * Takes a folder, and begins to open the file {@code glimpse.db} in it and to bring its tables up to date: on a
     * thread of its own, since that is a third of the whole start. The first use waits for it.
     *
     * @throws IOException when another process has it open
     */
    public static Database open(Path folder, Synchronous synchronous) throws IOException {
        createPrivate(folder);
        return new Database(lock(folder), "jdbc:sqlite:" + folder.resolve("glimpse.db"), synchronous);
    }

    // It holds the owners' addresses: nobody else on the machine needs to read it. One that is there keeps its mode.
    private static void createPrivate(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private Database(FileChannel lockFile, String url, Synchronous synchronous) {
        this.lockFile = lockFile;
        this.connections =
                new Connections(url, config(synchronous), opening -> new Thread(opening, "database").start());
    }

    /**
     * Waits until the file is open.
     *
     * @throws IOException when it can't be written, or comes from a newer release
     */
    public void awaitOpen() throws IOException {
        try {
            connections.writer();
        } catch (CompletionException problem) {
            throw new IOException(rootMessage(problem), problem);
        }
    }

    private static String rootMessage(CompletionException problem) {
        @Nullable Throwable cause = problem.getCause();
        return String.valueOf(cause == null ? problem.getMessage() : cause.getMessage());
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("glimpse.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
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

    /** Runs on a connection that refuses to write. */
    public <T extends @Nullable Object> T read(Reading<T> work) {
        try (Handle handle = connections.readers().open()) {
            return work.read(handle);
        }
    }

    /** Runs as one transaction, after those that came before: all of it is kept, or none when it throws. */
    public <T extends @Nullable Object> T write(Writing<T> work) {
        Handle writer = connections.writer();
        return exclusively(() -> {
            execute(writer, "BEGIN IMMEDIATE");
            T result;
            try {
                result = work.write(writer);
                execute(writer, "COMMIT");
            } catch (RuntimeException | Error problem) {
                rollBack(writer, problem);
                throw problem;
            }
            version.incrementAndGet();
            return result;
        });
    }

    // SQLite has rolled back by itself when the disk is full: what went wrong first is what has to be told.
    private static void rollBack(Handle writer, Throwable problem) {
        try {
            execute(writer, "ROLLBACK");
        } catch (IllegalStateException alreadyRolledBack) {
            problem.addSuppressed(alreadyRolledBack);
        }
    }

    /**
     * Runs while nobody else writes. For what has to happen together with a write and can't be rolled back, like
     * removing the files of rows that are gone: {@link #write} may be called inside.
     */
    public <T extends @Nullable Object> T exclusively(Supplier<T> work) {
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

    private static void execute(Handle writer, String sql) {
        try (Statement statement = writer.getConnection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException problem) {
            throw new IllegalStateException(sql + ": " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        exclusively(() -> {
            connections.close();
            return true;
        });
        try {
            lockFile.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
