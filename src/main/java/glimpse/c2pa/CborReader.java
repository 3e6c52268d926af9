package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one CBOR item that fills its bytes (RFC 8949). Depth and number of items are bounded, each length is checked
 * against what is left, a key comes once and text is UTF-8; else it ends as {@link MalformedException}.
 */
final class CborReader {
    private static final int MOST_DEPTH = 32;
    private static final int MOST_ITEMS = 20_000; // each may take fifty times its bytes in memory
    private static final int INDEFINITE = 31;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int items;

    private CborReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    static Object read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    static Object read(byte[] bytes, int start, int end) {
        CborReader reader = new CborReader(bytes, start, end);
        Object value = reader.item(0);
        if (reader.position != end) {
            throw new MalformedException("bytes follow a CBOR item");
        }
        return value;
    }

    static CborMap readMap(byte[] bytes, int start, int end) {
        if (read(bytes, start, end) instanceof CborMap map) {
            return map;
        }
        throw new MalformedException("no CBOR map");
    }

    private Object item(int depth) {
        if (depth > MOST_DEPTH) {
            throw new MalformedException("CBOR nests too deep");
        }
        if (++items > MOST_ITEMS) {
            throw new MalformedException("too many CBOR items");
        }
        int head = next();
        int additional = head & 31;
        return switch (head >> 5) {
            case Cbor.UNSIGNED -> number(argument(additional));
            case Cbor.NEGATIVE -> ~number(argument(additional));
            case Cbor.BYTES -> additional == INDEFINITE ? chunks(Cbor.BYTES) : slice(argument(additional));
            case Cbor.TEXT -> text(additional == INDEFINITE ? chunks(Cbor.TEXT) : slice(argument(additional)));
            case Cbor.ARRAY -> array(additional, depth);
            case Cbor.MAP -> map(additional, depth);
            case Cbor.TAG -> new Cbor.Tag(argument(additional), item(depth + 1));
            default -> simple(additional);
        };
    }

    private List<Object> array(int additional, int depth) {
        List<Object> list = new ArrayList<>();
        long left = additional == INDEFINITE ? Long.MAX_VALUE : count(argument(additional), 1);
        while (left-- > 0 && !(additional == INDEFINITE && atBreak())) {
            list.add(item(depth + 1));
        }
        return list;
    }

    private CborMap map(int additional, int depth) {
        CborMap map = new CborMap();
        long left = additional == INDEFINITE ? Long.MAX_VALUE : count(argument(additional), 2);
        while (left-- > 0 && !(additional == INDEFINITE && atBreak())) {
            Object key = item(depth + 1);
            if (!(key instanceof String || key instanceof Long)) {
                throw new MalformedException("a key of CBOR is neither text nor number");
            }
            if (!map.add(key, item(depth + 1))) {
                throw new MalformedException("a key comes twice");
            }
        }
        return map;
    }

    private Object simple(int additional) {
        return switch (additional) {
            case 20 -> false;
            case 21 -> true;
            case 22 -> Cbor.NULL;
            case 25 -> half((short) argument(additional));
            case 26 -> (double) Float.intBitsToFloat((int) argument(additional));
            case 27 -> Double.longBitsToDouble(argument(additional));
            default -> new Cbor.Simple((int) argument(additional));
        };
    }

    // RFC 8949, appendix D
    private static double half(short bits) {
        int exponent = bits >> 10 & 31;
        int mantissa = bits & 1023;
        double value = exponent == 0
                ? Math.scalb((double) mantissa, -24)
                : exponent == 31
                        ? (mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                        : Math.scalb(mantissa + 1024.0, exponent - 25);
        return bits < 0 ? -value : value;
    }

    private byte[] chunks(int major) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        while (!atBreak()) {
            int head = next();
            if (head >> 5 != major || (head & 31) == INDEFINITE || ++items > MOST_ITEMS) {
                throw new MalformedException("a chunk of another kind");
            }
            joined.writeBytes(slice(argument(head & 31)));
        }
        return joined.toByteArray();
    }

    private boolean atBreak() {
        if (position < end && (bytes[position] & 0xFF) == 0xFF) {
            position++;
            return true;
        }
        return false;
    }

    private String text(byte[] encoded) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
        } catch (CharacterCodingException notText) {
            throw new MalformedException("text is not UTF-8");
        }
    }

    private byte[] slice(long length) {
        count(length, 1);
        position += (int) length;
        return Arrays.copyOfRange(bytes, position - (int) length, position);
    }

    /** A number of things, of which each takes so many bytes at least. */
    private long count(long count, int bytesEach) {
        if (count < 0 || count > (end - position) / bytesEach) {
            throw new MalformedException("CBOR is cut off");
        }
        return count;
    }

    private static long number(long argument) {
        if (argument < 0) {
            throw new MalformedException("a number is too large");
        }
        return argument;
    }

    private long argument(int additional) {
        if (additional < 24) {
            return additional;
        }
        if (additional > 27) {
            throw new MalformedException("no CBOR");
        }
        long value = 0;
        for (int bytes = 1 << (additional - 24); bytes > 0; bytes--) {
            value = value << 8 | next();
        }
        return value;
    }

    private int next() {
        if (position >= end) {
            throw new MalformedException("CBOR is cut off");
        }
        return bytes[position++] & 0xFF;
    }
}
