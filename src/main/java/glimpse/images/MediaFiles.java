package glimpse.images;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import glimpse.http.ApiError;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Sha256;
import glimpse.http.Streamed;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variants on disk, or the originals that are kept. A file is named after the start of the SHA-256 of its bytes, so it never changes; it is written
 * under another name, synced and then moved, so it is never half there.
 */
final class MediaFiles {
    // 160 bits: as many as tell commits apart. There are sixty in a page of posts, so each digit counts.
    private static final int NAME_DIGITS = 40;

    /** What a variant is called, and nothing else. */
    static final Pattern NAME = Pattern.compile("[0-9a-f]{" + NAME_DIGITS + "}\\.webp");

    /** How wide pages want pictures to be, in pixels: for phones and screens, at one and at two pixels a point. */
    static final List<Integer> WIDTHS = List.of(320, 640, 960, 1440);

    private static final String ORIGINAL = ".original";
    private static final Pattern ANY_NAME =
            Pattern.compile("([0-9a-f]{" + NAME_DIGITS + "})(?:-\\d+)?(\\.webp|\\.original)");

    private static final String TYPE = "image/webp";
    private static final int LARGEST_CACHED = 256 << 10; // bytes
    private static final long CACHE_PART_OF_HEAP = 16;

    private final Path folder;
    private final Path staging;
    private final Cache<String, byte[]> small;
    private final ConcurrentHashMap<String, CompletableFuture<byte[]>> making = new ConcurrentHashMap<>();

    /** Takes a folder into use; what an earlier run left half written in it is removed. */
    MediaFiles(Path folder) throws IOException {
        this.folder = folder;
        this.staging = emptied(folder.resolve("staging"));
        this.small = Caffeine.newBuilder()
                .maximumWeight(Runtime.getRuntime().maxMemory() / CACHE_PART_OF_HEAP)
                .weigher((String name, byte[] bytes) -> bytes.length)
                .executor(Runnable::run)
                .build();
    }

    /** The folder, made if it was not there, without the files that were in it. */
    static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var leftovers = Files.newDirectoryStream(folder)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
        return folder;
    }

    /** A file that is written and synced, and has yet to get its name. */
    record StagedFile(Path path, String name, String sha256) {}

    StagedFile stage(byte[] bytes) {
        try {
            Path path = Files.createTempFile(staging, "", ".webp");
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            } catch (IOException problem) {
                Files.delete(path); // a full disk is not helped by what half fits
                throw problem;
            }
            String sha256 = HexFormat.of().formatHex(Sha256.of(bytes));
            return new StagedFile(path, sha256.substring(0, NAME_DIGITS) + ".webp", sha256);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Stages a file as it is, under a name by which it is never served. */
    StagedFile stageOriginal(Path original, String sha256) {
        try {
            Path path = Files.createTempFile(staging, "", ORIGINAL);
            try {
                Files.copy(original, path, StandardCopyOption.REPLACE_EXISTING);
                sync(path, StandardOpenOption.WRITE);
            } catch (IOException problem) {
                Files.delete(path);
                throw problem;
            }
            return new StagedFile(path, sha256.substring(0, NAME_DIGITS) + ORIGINAL, sha256);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static boolean isOriginal(String name) {
        return name.endsWith(ORIGINAL);
    }

    /** Gives a file its name. */
    void publish(StagedFile file) {
        try {
            Path target = path(file.name());
            if (!Files.exists(file.path())) {
                return; // moved already: two variants of a small picture are one file
            }
            Path parent = Files.createDirectories(subfolder(file.name()));
            Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
            sync(parent);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    // A move is only on disk when its folder is. Windows can't open one, and needs no asking.
    private static void sync(Path parent) throws IOException {
        if (File.separatorChar == '/') {
            sync(parent, StandardOpenOption.READ);
        }
    }

    private static void sync(Path path, StandardOpenOption way) throws IOException {
        try (FileChannel channel = FileChannel.open(path, way)) {
            channel.force(true);
        }
    }

    void discard(StagedFile file) {
        delete(file.path());
    }

    /** The bytes of a variant, as an answer: in memory when they are few; nothing when there is no such file. */
    Optional<Object> read(String name) {
        String etag = etag(name);
        byte[] cached = small.getIfPresent(name);
        if (cached != null) {
            return Optional.of(new Content(TYPE, cached, etag, null));
        }
        try {
            Path path = path(name);
            long length = Files.size(path);
            return Optional.of(
                    length > LARGEST_CACHED
                            ? new Streamed(TYPE, length, etag, () -> open(path))
                            : new Content(TYPE, small.get(name, key -> load(path)), etag, null));
        } catch (NoSuchFileException | UncheckedIOException gone) {
            return Optional.empty();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** All of a variant, past the cache: for work that looks at each once. */
    byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    private static String etag(String name) {
        return '"' + name.substring(0, name.indexOf('.')) + '"';
    }

    /** The same for a narrower copy; nothing when it was not made yet. */
    Optional<Object> narrowed(String name, int width) {
        return Files.notExists(path(name)) ? Optional.empty() : read(narrowName(name, width));
    }

    /**
     * Makes a narrower copy, which stays beside the variant and goes with it. Only those who ask for the same copy wait for
     * it: whoever removes the variant holds up all writes meanwhile. There are at most four copies of a picture's variants,
     * as each width is made of one of them alone, and each is smaller than that one: they need no bound of their own.
     *
     * @param make makes it of the variant's file
     * @return nothing when the variant is gone
     */
    Optional<Object> narrow(String name, int width, Function<Path, byte[]> make) {
        if (Files.notExists(path(name))) {
            return Optional.empty();
        }
        String narrow = narrowName(name, width);
        CompletableFuture<byte[]> own = new CompletableFuture<>();
        @Nullable CompletableFuture<byte[]> others = making.putIfAbsent(narrow, own);
        if (others == null) {
            try {
                own.complete(keep(name, narrow, make));
            } catch (RuntimeException | Error problem) {
                own.completeExceptionally(problem);
            } finally {
                making.remove(narrow, own);
            }
        }
        try {
            byte[] made = (others == null ? own : others).join();
            return Optional.of(new Content(TYPE, made, etag(narrow), null));
        } catch (CompletionException failure) {
            if (Files.notExists(path(name))) {
                return Optional.empty();
            }
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private static String narrowName(String name, int width) {
        return name.substring(0, NAME_DIGITS) + '-' + width + ".webp";
    }

    // The variant can be removed meanwhile; whichever of the two comes last takes the copy away.
    private byte[] keep(String name, String narrow, Function<Path, byte[]> make) {
        if (Files.exists(path(narrow))) {
            return load(path(narrow)); // made between the look for it and this
        }
        byte[] bytes = make.apply(path(name));
        StagedFile staged = stage(bytes);
        publish(new StagedFile(staged.path(), narrow, staged.sha256()));
        if (Files.notExists(path(name))) {
            delete(path(narrow));
        }
        return bytes;
    }

    private static InputStream open(Path path) throws IOException {
        try {
            return Files.newInputStream(path);
        } catch (NoSuchFileException gone) {
            throw new ApiError(ErrorCode.NOT_FOUND, "No such picture").cause(gone);
        }
    }

    private static byte[] load(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    void remove(String name) {
        delete(path(name));
        small.invalidate(name);
        for (int width : WIDTHS) {
            delete(path(narrowName(name, width)));
            small.invalidate(narrowName(name, width));
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Shows the name of every file there is; of a narrower copy, the name of what it was made of. */
    void forEach(Consumer<String> name) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Matcher found = ANY_NAME.matcher(String.valueOf(file.getFileName()));
                if (found.matches()) {
                    name.accept(found.group(1) + found.group(2));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    Path path(String name) {
        return subfolder(name).resolve(name);
    }

    // 256 folders keep each of them small for a million posts.
    private Path subfolder(String name) {
        return folder.resolve(name.substring(0, 2));
    }
}
