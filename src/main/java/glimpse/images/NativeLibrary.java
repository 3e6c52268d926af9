package glimpse.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where libwebp is unpacked to before it is loaded: temporary folders are often mounted noexec. */
final class NativeLibrary {
    private static final String FOLDER = "com.luciad.imageio.webp.tmpdir";

    private NativeLibrary() {}

    /** Takes away what earlier runs left there when they were killed. */
    static void unpackTo(Path directory) {
        if (System.getProperty(FOLDER) != null) {
            return;
        }
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "webp-imageio-*")) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        System.setProperty(FOLDER, directory.toString());
    }
}
