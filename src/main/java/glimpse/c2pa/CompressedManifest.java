package glimpse.c2pa;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;

/** A manifest that is kept as a Brotli stream (C2PA 2.2, section 11.1.4.3). */
final class CompressedManifest {
    private CompressedManifest() {}

    /**
     * The manifest within.
     *
     * @param most how many bytes it may have
     * @throws MalformedException when it has more, or is no manifest of the name that the box around it has
     */
    static Jumbf.Box open(Jumbf.Box box, int most) {
        byte[] manifest;
        try (InputStream in = new BrotliInputStream(
                new ByteArrayInputStream(box.onlyContent("brob").payload()))) {
            manifest = in.readNBytes(most + 1);
        } catch (IOException | RuntimeException noBrotli) {
            throw new MalformedException("no Brotli stream");
        }
        if (manifest.length > most) {
            throw new MalformedException("a compressed manifest is too long");
        }
        Jumbf.Box opened = Jumbf.parse(manifest);
        boolean expected = opened.kind().equals(Jumbf.MANIFEST) || opened.kind().equals(Jumbf.UPDATE_MANIFEST);
        if (!expected || !opened.label().equals(box.label())) {
            throw new MalformedException("something else than the manifest is compressed");
        }
        return opened;
    }
}
