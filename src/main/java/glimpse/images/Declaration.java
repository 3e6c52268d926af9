package glimpse.images;

import glimpse.c2pa.ClaimData.Generation;
import glimpse.http.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a picture is declared to be made, as a hash: the same declaration needs no other files. */
final class Declaration {
    private Declaration() {}

    /** In hexadecimal; empty where nothing is declared. */
    static String hash(@Nullable Generation declared) {
        if (declared == null) {
            return "";
        }
        List<@Nullable String> parts =
                Arrays.asList(declared.provider(), declared.model(), declared.modelVersion(), declared.prompt());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (@Nullable String part : parts) {
                byte[] text = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(part == null ? -1 : text.length);
                out.write(text);
            }
        } catch (IOException arraysDoNotFail) {
            throw new UncheckedIOException(arraysDoNotFail);
        }
        return HexFormat.of().formatHex(Sha256.of(bytes.toByteArray()));
    }
}
