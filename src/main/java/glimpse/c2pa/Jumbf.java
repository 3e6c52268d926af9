package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Boxes in boxes, each with a kind and a label (ISO/IEC 19566-5). Read as slices of the one array, and bounded in depth
 * and number; a box that does not fit into what encloses it ends as {@link MalformedException}.
 */
final class Jumbf {
    static final String STORE = "c2pa";
    static final String MANIFEST = "c2ma";
    static final String UPDATE_MANIFEST = "c2um";
    static final String COMPRESSED_MANIFEST = "c2cm";
    static final String ASSERTIONS = "c2as";
    static final String CLAIM = "c2cl";
    static final String SIGNATURE = "c2cs";
    static final String CBOR = "cbor";
    static final String JSON = "json";
    static final String EMBEDDED_FILE = "40cb0c32bb8a489da70b2ad6f47f4369";

    private static final int MOST_DEPTH = 8;
    private static final int MOST_BOXES = 10_000;
    private static final int HEADER = 8; // length and type
    private static final int LONG_HEADER = 16;
    private static final int UUID = 16;
    private static final int REQUESTABLE_AND_LABELLED = 3;
    private static final int RESERVED = 0xE0;
    private static final byte[] UUID_TAIL = HexFormat.of().parseHex("00110010800000aa00389b71");

    private final byte[] bytes;
    private int boxes;

    private Jumbf(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A box; one of type {@code jumb} has a kind, a label and children, of which the description is none. */
    static final class Box {
        private final byte[] bytes;
        private final int start;
        private final int content;
        private final int end;
        private final String type;
        private final List<Box> children = new ArrayList<>();
        private final Map<String, Box> labelled = new HashMap<>();
        private final Map<String, byte[]> digests = new HashMap<>();
        private String kind = "";
        private String label = "";

        private Box(byte[] bytes, int start, int content, int end, String type) {
            this.bytes = bytes;
            this.start = start;
            this.content = content;
            this.end = end;
            this.type = type;
        }

        String type() {
            return type;
        }

        /** Four letters where the standard gives it such, else 32 hexadecimal digits. */
        String kind() {
            return kind;
        }

        String label() {
            return label;
        }

        List<Box> children() {
            return children;
        }

        @Nullable
        Box child(String label) {
            return labelled.get(label);
        }

        int contentStart() {
            return content;
        }

        int end() {
            return end;
        }

        /** What the only content box of this kind of superbox holds. */
        Box onlyContent(String contentType) {
            if (children.size() != 1 || !children.get(0).type.equals(contentType)) {
                throw new MalformedException("a box holds something else than " + contentType);
            }
            return children.get(0);
        }

        /** The whole box. */
        byte[] copy() {
            return Arrays.copyOfRange(bytes, start, end);
        }

        byte[] payload() {
            return Arrays.copyOfRange(bytes, content, end);
        }

        CborMap cbor() {
            Box box = onlyContent("cbor");
            return CborReader.readMap(bytes, box.content, box.end);
        }

        /** Of all but length and type; computed once, however many refer to it. */
        byte[] digest(String algorithm) {
            return digests.computeIfAbsent(algorithm, name -> {
                MessageDigest digest = Digests.of(name);
                digest.update(bytes, content, end - content);
                return digest.digest();
            });
        }
    }

    /** Reads the one box that these bytes are. */
    static Box parse(byte[] bytes) {
        Box box = new Jumbf(bytes).box(0, bytes.length, 0);
        if (box.end != bytes.length) {
            throw new MalformedException("bytes follow the manifest store");
        }
        return box;
    }

    private Box box(int start, int limit, int depth) {
        if (++boxes > MOST_BOXES || depth > MOST_DEPTH) {
            throw new MalformedException("too many boxes");
        }
        long length = number(start, 4, limit);
        String type = new String(bytes, start + 4, require(start + 4, 4, limit), ISO_8859_1);
        int header = length == 1 ? LONG_HEADER : HEADER;
        if (length == 1) {
            length = number(start + HEADER, 8, limit);
        }
        if (length < header || length > limit - start) {
            throw new MalformedException("a box is longer than what encloses it");
        }
        Box box = new Box(bytes, start, start + header, start + (int) length, type);
        if (type.equals("jumb")) {
            readSuperbox(box, depth);
        }
        return box;
    }

    private void readSuperbox(Box superbox, int depth) {
        Box description = box(superbox.content, superbox.end, depth + 1);
        if (!description.type.equals("jumd")) {
            throw new MalformedException("a box has no description");
        }
        describe(superbox, description);
        for (int position = description.end; position < superbox.end; ) {
            Box child = box(position, superbox.end, depth + 1);
            superbox.children.add(child);
            if (child.type.equals("jumb") && superbox.labelled.put(child.label, child) != null) {
                throw new MalformedException("two boxes with one label");
            }
            position = child.end;
        }
    }

    private void describe(Box superbox, Box description) {
        int position = description.content;
        require(position, UUID + 1, description.end);
        superbox.kind = kind(position);
        int toggles = bytes[position + UUID];
        if ((toggles & REQUESTABLE_AND_LABELLED) != REQUESTABLE_AND_LABELLED || (toggles & RESERVED) != 0) {
            throw new MalformedException("a box has no label, or is of a later kind");
        }
        position += UUID + 1;
        int labelEnd = position;
        while (labelEnd < description.end && bytes[labelEnd] != 0) {
            labelEnd++;
        }
        superbox.label = new String(bytes, position, labelEnd - position, UTF_8);
        position = labelEnd + 1;
        position += (toggles & 4) != 0 ? 4 : 0; // an id
        position += (toggles & 8) != 0 ? 32 : 0; // a SHA-256
        if ((toggles & 16) != 0) { // a private box, in which C2PA puts salt
            position = box(position, description.end, MOST_DEPTH).end;
        }
        if (position != description.end) {
            throw new MalformedException("a description is too long or too short");
        }
    }

    private String kind(int position) {
        boolean standard = Arrays.equals(bytes, position + 4, position + UUID, UUID_TAIL, 0, UUID_TAIL.length);
        return standard
                ? new String(bytes, position, 4, ISO_8859_1)
                : HexFormat.of().formatHex(bytes, position, position + UUID);
    }

    private long number(int position, int length, int limit) {
        require(position, length, limit);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes[position + i] & 0xFF);
        }
        return value;
    }

    private static int require(int position, int length, int limit) {
        if (length > limit - position) {
            throw new MalformedException("a box is cut off");
        }
        return length;
    }

    /** A box with whatever bytes. */
    static byte[] box(String type, byte[]... parts) {
        int length = HEADER + Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer box = ByteBuffer.allocate(length).putInt(length).put(type.getBytes(ISO_8859_1));
        for (byte[] part : parts) {
            box.put(part);
        }
        return box.array();
    }

    /** A box with a kind and a label, around others. */
    static byte[] superbox(String kind, String label, byte[]... children) {
        ByteArrayOutputStream description = new ByteArrayOutputStream();
        if (kind.length() == 4) {
            description.writeBytes(kind.getBytes(ISO_8859_1));
            description.writeBytes(UUID_TAIL);
        } else {
            description.writeBytes(HexFormat.of().parseHex(kind));
        }
        description.write(REQUESTABLE_AND_LABELLED);
        description.writeBytes(label.getBytes(UTF_8));
        description.write(0);
        byte[][] parts = new byte[children.length + 1][];
        parts[0] = box("jumd", description.toByteArray());
        System.arraycopy(children, 0, parts, 1, children.length);
        return box("jumb", parts);
    }

    static byte[] cborBox(String kind, String label, Object value) {
        return superbox(kind, label, box("cbor", Cbor.encode(value)));
    }
}
