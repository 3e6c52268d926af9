package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MediaFilesTest {
    @TempDir
    Path folder = Path.of("");

    private final CompletableFuture<Path> begun = new CompletableFuture<>();
    private final CompletableFuture<byte[]> made = new CompletableFuture<>();

    private byte[] slowly(Path variant) {
        begun.complete(variant);
        return made.join();
    }

    private static String published(MediaFiles files) {
        MediaFiles.StagedFile file = files.stage(new byte[] {1, 2, 3});
        files.publish(file);
        return file.name();
    }

    @Test
    @Timeout(60)
    void a_picture_goes_at_once_while_a_copy_of_it_is_made_and_the_copy_after_it() throws IOException {
        MediaFiles files = new MediaFiles(folder);
        String name = published(files);
        CompletableFuture<Optional<Object>> copy =
                CompletableFuture.supplyAsync(() -> files.narrow(name, 320, this::slowly));
        begun.join();
        files.remove(name);
        made.complete(new byte[] {1});
        assertThat(copy.join()).isPresent();
        assertThat(files.narrowed(name, 320)).isEmpty();
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void a_copy_of_what_is_gone_by_now_is_not_there() throws IOException {
        MediaFiles files = new MediaFiles(folder);
        String name = published(files);
        CompletableFuture<Optional<Object>> copy =
                CompletableFuture.supplyAsync(() -> files.narrow(name, 320, this::slowly));
        begun.join();
        files.remove(name);
        made.completeExceptionally(new UncheckedIOException(new NoSuchFileException(name)));
        assertThat(copy.join()).isEmpty();
    }
}
