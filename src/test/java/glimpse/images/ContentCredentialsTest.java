package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Pictures;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The file of a picture with content credentials is kept as it came, for nobody to fetch. */
class ContentCredentialsTest {
    private static final int AFTER_IHDR = 8 + 25;

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_file_with_credentials_is_kept_to_the_byte_and_goes_with_its_picture() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        byte[] signed = signed(Pictures.png(40, 30, 1));
        Answer post = post(ada, signed);
        Path kept = originals().get(0);
        assertThat(Files.readAllBytes(kept)).isEqualTo(signed);
        glimpse.client().get("/media/" + kept.getFileName()).fails(404, "not_found");
        glimpse.client().get("/media/../originals/" + kept.getFileName()).is(404);
        ada.client().delete("/api/v1/posts/" + post.at("/id")).is(204);
        assertThat(originals()).isEmpty();
    }

    @Test
    void other_files_are_not_kept() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        post(ada, Pictures.png(40, 30, 2));
        post(ada, Pictures.jpeg(40, 30, 2));
        assertThat(originals()).isEmpty();
    }

    @Test
    @Timeout(60)
    void a_kept_file_is_found_in_jpeg_too_and_outlives_the_sweep_after_a_kill_where_others_go() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        byte[] plain = Pictures.jpeg(40, 30, 3);
        byte[] store = manifestStore();
        byte[] segment = ByteBuffer.allocate(12 + store.length)
                .putShort((short) 0xFFEB)
                .putShort((short) (10 + store.length))
                .putShort((short) 0x4A50)
                .putShort((short) 1)
                .putInt(1)
                .put(store)
                .array();
        post(ada, inserted(plain, 2, segment));
        assertThat(originals()).hasSize(1);
        Path stray = glimpse.data().resolve("originals/00/" + "0".repeat(40) + ".original");
        glimpse.stop();
        Files.createDirectories(stray.getParent());
        Files.write(stray, new byte[] {1});
        Files.createFile(glimpse.data().resolve("media/running"));
        glimpse.start();
        while (Files.exists(stray)) {
            Thread.onSpinWait();
        }
        assertThat(originals()).hasSize(1);
    }

    private static Answer post(TestAgent agent, byte[] picture) {
        return agent.client()
                .post("/api/v1/posts", Map.of("image_b64", Base64.getEncoder().encodeToString(picture)))
                .is(201);
    }

    private List<Path> originals() throws IOException {
        try (var files = Files.walk(glimpse.data().resolve("originals"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** With a chunk {@code caBX} after the header, as C2PA puts it. */
    private static byte[] signed(byte[] png) {
        byte[] store = manifestStore();
        byte[] type = "caBX".getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(type);
        checksum.update(store);
        byte[] chunk = ByteBuffer.allocate(12 + store.length)
                .putInt(store.length)
                .put(type)
                .put(store)
                .putInt((int) checksum.getValue())
                .array();
        return inserted(png, AFTER_IHDR, chunk);
    }

    private static byte[] inserted(byte[] file, int at, byte[] part) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(file, 0, at);
        all.writeBytes(part);
        all.write(file, at, file.length - at);
        return all.toByteArray();
    }

    /** The beginning of a manifest store: a JUMBF superbox and its description box. */
    private static byte[] manifestStore() {
        byte[] uuid = HexFormat.of().parseHex("6332706100110010800000aa00389b71");
        byte[] label = "c2pa\0".getBytes(StandardCharsets.US_ASCII);
        int description = 8 + uuid.length + 1 + label.length;
        return ByteBuffer.allocate(8 + description)
                .putInt(8 + description)
                .put("jumb".getBytes(StandardCharsets.US_ASCII))
                .putInt(description)
                .put("jumd".getBytes(StandardCharsets.US_ASCII))
                .put(uuid)
                .put((byte) 3)
                .put(label)
                .array();
    }
}
