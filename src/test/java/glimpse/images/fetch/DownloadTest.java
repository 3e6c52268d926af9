package glimpse.images.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    @Test
    void a_full_disk_is_not_taken_for_a_broken_connection() {
        IOException full = new IOException("No space left on device");
        OutputStream file = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw full;
            }
        };

        ApiError error = catchThrowableOfType(
                ApiError.class, () -> Download.copy(new ByteArrayInputStream(new byte[100]), file, 100));

        assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_FETCH_FAILED);
        assertThat(error).hasMessageEndingWith("this server could not store it").hasCause(full);
    }

    @Test
    void a_missing_folder_fails_cleanly(@TempDir Path folder) throws Exception {
        try (var server = RawServer.answering(RawServer.ok("picture"))) {
            ApiError error = Fetching.refusal(server, folder.resolve("missing"), ErrorCode.IMAGE_FETCH_FAILED);

            assertThat(error)
                    .hasMessageEndingWith("this server could not store it")
                    .hasCauseInstanceOf(NoSuchFileException.class);
        }
    }
}
