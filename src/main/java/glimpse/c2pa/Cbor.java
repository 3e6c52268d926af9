package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes CBOR deterministically: definite lengths, shortest numbers, keys in the order of their encoding
 * (RFC 8949, section 4.2.1).
 *
 * <p>Values are {@code Long} and {@code Integer}, {@code byte[]}, {@code String}, {@code List}, {@link CborMap},
 * {@link Tag}, {@code Boolean}, {@link #NULL} and, when read, {@code Double} and {@link Simple}.
 */
final class Cbor {
    /** Null, which is a value here. */
    static final Object NULL = new Simple(22);

    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    /** A value with a meaning, such as 18: a signature, or 0: a time. */
    record Tag(long number, Object value) {}

    /** What is no value of its own here. */
    record Simple(int number) {}

    private Cbor() {}

    static byte[] encode(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, value);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Object value) {
        if (value instanceof Integer number) {
            writeNumber(out, number);
        } else if (value instanceof Long number) {
            writeNumber(out, number);
        } else if (value instanceof byte[] bytes) {
            head(out, BYTES, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof String text) {
            byte[] bytes = text.getBytes(UTF_8);
            head(out, TEXT, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof List<?> list) {
            head(out, ARRAY, list.size());
            list.forEach(element -> write(out, element));
        } else if (value instanceof CborMap map) {
            writeMap(out, map.fields());
        } else if (value instanceof Tag tag) {
            head(out, TAG, tag.number());
            write(out, tag.value());
        } else if (value instanceof Boolean flag) {
            head(out, SIMPLE, flag ? 21 : 20);
        } else if (value instanceof Simple simple) {
            head(out, SIMPLE, simple.number());
        } else {
            throw new IllegalArgumentException("No CBOR for " + value.getClass());
        }
    }

    private static void writeMap(ByteArrayOutputStream out, Map<Object, Object> fields) {
        record Field(byte[] key, Object value) {}
        head(out, MAP, fields.size());
        fields.entrySet().stream()
                .map(field -> new Field(encode(field.getKey()), field.getValue()))
                .sorted(Comparator.comparing(Field::key, Arrays::compareUnsigned))
                .forEach(field -> {
                    out.writeBytes(field.key());
                    write(out, field.value());
                });
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        head(out, number < 0 ? NEGATIVE : UNSIGNED, number < 0 ? ~number : number);
    }

    private static void head(ByteArrayOutputStream out, int major, long argument) {
        int bytes = argument < 24 ? 0 : argument < 1 << 8 ? 1 : argument < 1 << 16 ? 2 : argument < 1L << 32 ? 4 : 8;
        int additional = bytes == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(bytes);
        out.write(major << 5 | additional);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }
}
