package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** Puts a manifest store into each kind of file, written apart from what finds it there. */
enum Container {
    JPEG {
        private static final int MOST = 60_000;

        @Override
        byte[] around(byte[] store) {
            ByteArrayOutputStream segments = new ByteArrayOutputStream();
            int number = 1;
            for (int from = 0; from < store.length; from += MOST) {
                byte[] part = Arrays.copyOfRange(store, from, Math.min(store.length, from + MOST));
                byte[] repeated = from == 0 ? new byte[0] : Arrays.copyOf(store, 8);
                ByteBuffer segment = ByteBuffer.allocate(12 + repeated.length + part.length);
                segment.put((byte) 0xFF).put((byte) 0xEB).putShort((short) (segment.capacity() - 2));
                segment.put("JP".getBytes(ISO_8859_1)).putShort((short) 1).putInt(number++);
                segments.writeBytes(segment.put(repeated).put(part).array());
            }
            return segments.toByteArray();
        }

        @Override
        int start(byte[] picture) {
            return 2;
        }
    },
    PNG {
        @Override
        byte[] around(byte[] store) {
            return chunk("caBX", store);
        }

        @Override
        int start(byte[] picture) {
            return 33;
        }
    },
    GIF {
        @Override
        byte[] around(byte[] store) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes("!\u00ff\u000bC2PA_GIF\u0001\0\0".getBytes(ISO_8859_1));
            for (int from = 0; from < store.length; from += 255) {
                byte[] part = Arrays.copyOfRange(store, from, Math.min(store.length, from + 255));
                out.write(part.length);
                out.writeBytes(part);
            }
            out.write(0);
            return out.toByteArray();
        }

        @Override
        int start(byte[] picture) {
            return 13 + ((picture[10] & 0x80) == 0 ? 0 : 3 << ((picture[10] & 7) + 1));
        }
    },
    WEBP {
        @Override
        byte[] around(byte[] store) {
            return Samples.riffChunk("C2PA", store);
        }

        @Override
        int excluded(byte[] around, byte[] store) {
            return 8 + store.length;
        }

        @Override
        int start(byte[] picture) {
            return picture.length;
        }

        @Override
        byte[] embed(byte[] picture, byte[] store) {
            return Samples.riffSized(super.embed(picture, store));
        }
    },
    AVIF {
        @Override
        byte[] around(byte[] store) {
            ByteBuffer box = ByteBuffer.allocate(8 + 16 + 4 + 9 + 8 + store.length);
            box.putInt(box.capacity()).put("uuid".getBytes(ISO_8859_1)).put(BmffLocator.STORE);
            return box.putInt(0)
                    .put("manifest\0".getBytes(ISO_8859_1))
                    .putLong(0)
                    .put(store)
                    .array();
        }

        @Override
        int start(byte[] picture) {
            return picture.length;
        }

        @Override
        String binding() {
            return "c2pa.hash.bmff.v3";
        }

        @Override
        CborMap binding(byte[] embedded, int start, int length) {
            ByteArrayOutputStream hashed = new ByteArrayOutputStream();
            for (BmffLocator.Box box : BmffLocator.boxes(Asset.of(embedded))) {
                if (!List.of("ftyp", "uuid").contains(box.type())) {
                    hashed.writeBytes(
                            ByteBuffer.allocate(8).putLong(box.start()).array());
                    hashed.write(embedded, (int) box.start(), (int) (box.end() - box.start()));
                }
            }
            CborMap ours = new CborMap().with("offset", 8).with("value", BmffLocator.STORE);
            return new CborMap()
                    .with("alg", "sha256")
                    .with("name", "test")
                    .with("hash", Digests.sha256(hashed.toByteArray()))
                    .with(
                            "exclusions",
                            List.of(
                                    new CborMap().with("xpath", "/uuid").with("data", List.of(ours)),
                                    new CborMap().with("xpath", "/ftyp"),
                                    new CborMap().with("xpath", "/mfra")));
        }
    };

    /** What the container puts around a store. */
    abstract byte[] around(byte[] store);

    /** Where that goes. */
    abstract int start(byte[] picture);

    String binding() {
        return "c2pa.hash.data";
    }

    int excluded(byte[] around, byte[] store) {
        return around.length;
    }

    byte[] embed(byte[] picture, byte[] store) {
        byte[] around = around(store);
        int start = start(picture);
        return ByteBuffer.allocate(picture.length + around.length)
                .put(picture, 0, start)
                .put(around)
                .put(picture, start, picture.length - start)
                .array();
    }

    /** The hard binding of a file that has its store, or as many bytes, already. */
    CborMap binding(byte[] embedded, int start, int length) {
        byte[] rest = ByteBuffer.allocate(embedded.length - length)
                .put(embedded, 0, start)
                .put(embedded, start + length, embedded.length - start - length)
                .array();
        return new CborMap()
                .with("alg", "sha256")
                .with("name", "test")
                .with("pad", new byte[0])
                .with("hash", Digests.sha256(rest))
                .with("exclusions", List.of(new CborMap().with("start", start).with("length", length)));
    }

    static byte[] chunk(String type, byte[] body) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + body.length);
        chunk.putInt(body.length).put(type.getBytes(ISO_8859_1)).put(body);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + body.length);
        return chunk.putInt((int) crc.getValue()).array();
    }
}
