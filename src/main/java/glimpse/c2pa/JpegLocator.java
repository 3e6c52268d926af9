package glimpse.c2pa;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** JPEG: a store is spread over APP11 segments that follow each other (JPEG XT, ISO/IEC 18477-3, annex B). */
final class JpegLocator extends ManifestLocator {
    private static final int APP1 = 0xE1;
    private static final int APP11 = 0xEB;
    private static final int APP13 = 0xED;
    private static final int SOS = 0xDA;
    private static final int EOI = 0xD9;
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String PHOTOSHOP = "Photoshop 3.0\0";
    private static final int BEFORE_BOX = 8; // "JP", number of the box, number of the piece
    private static final int BOX_HEADER = 8;

    /** A store that is being put together. */
    private static final class Pieces {
        private final int box;
        private final long start;
        private final int repeated; // what each piece after the first begins with
        private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
        private long last = 0;
        private long end;
        private boolean tooLong;

        Pieces(int box, long start, int repeated) {
            this.box = box;
            this.start = start;
            this.repeated = repeated;
        }
    }

    private @Nullable Pieces pieces;

    @Override
    boolean reads(Asset asset) {
        return asset.has(0, "\u00ff\u00d8\u00ff");
    }

    @Override
    void walk(Asset asset, Found found) {
        try {
            long position = 2;
            while (asset.u8(position) == 0xFF) {
                int marker = asset.u8(position + 1);
                if (marker == SOS || marker == EOI) {
                    break;
                }
                if (marker == 0xFF) {
                    position++; // a fill byte
                } else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                    position += 2; // no length
                } else {
                    long end = position + 2 + asset.u16(position + 2);
                    segment(asset, found, marker, position, end);
                    position = end;
                }
            }
        } finally {
            finish(found);
        }
    }

    private void segment(Asset asset, Found found, int marker, long start, long end) {
        long body = start + 4;
        if (marker == APP11 && end - body > BEFORE_BOX + BOX_HEADER && asset.has(body, "JP")) {
            piece(asset, found, start, end);
            return;
        }
        finish(found);
        if (marker == APP1 && asset.has(body, XMP)) {
            found.xmp(asset, body + XMP.length(), end - body - XMP.length());
        } else if (marker == APP13 && asset.has(body, PHOTOSHOP)) {
            found.iim(asset.read(body + PHOTOSHOP.length(), Math.max(0, end - body - PHOTOSHOP.length())));
        }
    }

    private void piece(Asset asset, Found found, long start, long end) {
        int box = asset.u16(start + 6);
        long number = asset.u32(start + 8);
        long content = start + 4 + BEFORE_BOX;
        Pieces current = pieces;
        if (current != null && current.box == box && number == current.last + 1) {
            content += current.repeated;
        } else if (number == 1
                && asset.has(content + 4, "jumb")
                && asset.has(content + BOX_HEADER + 4, "jumd")
                && asset.has(content + 2 * BOX_HEADER, "c2pa")) {
            finish(found);
            current = new Pieces(box, start, asset.u32(content) == 1 ? 2 * BOX_HEADER : BOX_HEADER);
            pieces = current;
        } else {
            finish(found); // another box than a manifest store
            return;
        }
        current.last = number;
        current.end = end;
        current.tooLong |= current.joined.size() + end - content > Found.LONGEST_STORE;
        if (!current.tooLong) {
            current.joined.writeBytes(asset.read(content, end - content));
        }
    }

    private void finish(Found found) {
        Pieces done = pieces;
        pieces = null;
        if (done != null) {
            found.store(done.tooLong ? null : done.joined.toByteArray(), done.start, done.end - done.start);
        }
    }
}
