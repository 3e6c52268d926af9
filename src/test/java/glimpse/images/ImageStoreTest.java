package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is on disk, before and after the process dies. */
class ImageStoreTest {
    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void what_a_crash_left_over_is_swept_at_the_next_start_and_nothing_else() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        Answer post = ada.client()
                .form("/api/v1/posts", "image", Pictures.png(50, 50, 1), Map.of())
                .is(201);
        glimpse.stop();
        Path media = glimpse.data().resolve("media");
        Path orphan = Files.createDirectories(media.resolve("ab")).resolve("ab" + "0".repeat(38) + ".webp");
        Files.write(orphan, new byte[10]);
        Path staged = Files.write(media.resolve("staging").resolve("half.webp"), new byte[10]);
        Path spooled = Files.write(glimpse.data().resolve("spool").resolve("upload-1.part"), new byte[10]);
        Files.createFile(media.resolve("running")); // as a process that was killed leaves it
        glimpse.start();
        assertThat(staged).doesNotExist();
        assertThat(spooled).doesNotExist();
        waitUntilGone(orphan);
        glimpse.client().get(path(post.at("/image_url"))).is(200);
        glimpse.client().get(path(post.at("/thumbnail_url"))).is(200);
    }

    @Test
    void after_an_orderly_stop_nothing_is_swept() throws IOException {
        glimpse.stop();
        assertThat(glimpse.data().resolve("media").resolve("running")).doesNotExist();
        glimpse.start();
        assertThat(glimpse.data().resolve("media").resolve("running")).exists();
    }

    @Test
    void a_folder_is_one_servers_alone() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new TestGlimpse().startOn(glimpse.data())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another Glimpse is running");
        glimpse.client().get("/health").is(200);
    }

    @Test
    void a_posted_picture_names_files_by_their_content() throws IOException {
        glimpse.agent("ada")
                .client()
                .form("/api/v1/posts", "image", Pictures.png(3000, 2000, 1), Map.of())
                .is(201);
        List<Path> files;
        try (var walk = Files.walk(glimpse.data().resolve("media"))) {
            files = walk.filter(file -> file.toString().endsWith(".webp")).toList();
        }
        assertThat(files).hasSize(3);
        for (Path file : files) {
            assertThat(file.getFileName().toString())
                    .isEqualTo(sha256(Files.readAllBytes(file)).substring(0, 40) + ".webp");
        }
    }

    private static String path(String url) {
        return url.substring(url.indexOf("/media/"));
    }

    private static void waitUntilGone(Path file) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Files.exists(file) && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(file).doesNotExist();
    }

    private static String sha256(byte[] bytes) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
