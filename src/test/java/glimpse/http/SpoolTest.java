package glimpse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private final ApiError tooLarge = new ApiError(ErrorCode.PAYLOAD_TOO_LARGE);

    @TempDir
    Path folder = Path.of("");

    @Test
    void a_file_is_kept_until_it_is_closed() throws IOException {
        Upload upload =
                new Spool(folder).keep(new ByteArrayInputStream(new byte[100_000]), 100_000, tooLarge, Sha256.digest());
        assertThat(upload.size()).isEqualTo(100_000);
        assertThat(Files.size(upload.file())).isEqualTo(100_000);
        upload.close();
        assertThat(upload.file()).doesNotExist();
    }

    @Test
    void what_is_too_large_is_read_to_its_end_and_leaves_nothing() throws IOException {
        InputStream in = new ByteArrayInputStream(new byte[500_000]);
        ApiError refused = catchThrowableOfType(
                ApiError.class, () -> new Spool(folder).keep(in, 99_999, tooLarge, Sha256.digest()));
        assertThat(refused.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
        assertThat(in.read()).isEqualTo(-1);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void what_breaks_off_leaves_nothing() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThat(catchThrowableOfType(
                        IOException.class, () -> new Spool(folder).keep(broken, 100, tooLarge, Sha256.digest())))
                .hasMessageContaining("closed");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
