package glimpse.c2pa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples are those of RFC 8949, appendix A. */
class CborTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "1903e8, 1000",
        "1a000f4240, 1000000",
        "1b000000e8d4a51000, 1000000000000",
        "20, -1",
        "3863, -100",
        "3903e7, -1000"
    })
    void numbers_are_as_short_as_can_be(String hex, long number) {
        assertThat(Cbor.encode(number)).isEqualTo(hex(hex));
        assertThat(CborReader.read(hex(hex))).isEqualTo(number);
    }

    @Test
    void what_is_written_is_read() {
        CborMap map = new CborMap()
                .with("text", "ü水\ud800\udd51")
                .with("list", List.of(1L, true, false, "x"))
                .with("map", new CborMap().with(-7L, Cbor.NULL))
                .with("tag", new Cbor.Tag(18, "t"));
        CborMap read = (CborMap) CborReader.read(Cbor.encode(map));
        assertThat(read.fields().keySet()).containsExactly("map", "tag", "list", "text");
        assertThat(read.text("text")).isEqualTo("ü水\ud800\udd51");
        assertThat(read.list("list")).isEqualTo(List.of(1L, true, false, "x"));
        CborMap inner = Objects.requireNonNull(read.map("map"));
        assertThat(inner.get(-7L)).isEqualTo(Cbor.NULL);
        assertThat(read.get("tag")).isEqualTo(new Cbor.Tag(18, "t"));
        assertThat(inner.has(-7L)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "f93c00, 1.0",
        "f97bff, 65504.0",
        "f90001, 5.960464477539063e-8",
        "f9c400, -4.0",
        "fa47c35000, 100000.0",
        "fb3ff199999999999a, 1.1",
        "f97c00, Infinity",
        "f9fc00, -Infinity"
    })
    void fractions_are_read(String hex, double number) {
        assertThat(CborReader.read(hex(hex))).isEqualTo(number);
    }

    @Test
    void lengths_that_are_told_at_the_end_are_read() {
        assertThat((byte[]) CborReader.read(hex("5f42010243030405ff"))).isEqualTo(hex("0102030405"));
        assertThat(CborReader.read(hex("7f657374726561646d696e67ff"))).isEqualTo("streaming");
        assertThat(CborReader.read(hex("9f0102ff"))).isEqualTo(List.of(1L, 2L));
        assertThat(((CborMap) CborReader.read(hex("bf614101ff"))).number("A")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "1c",
                "ff",
                "61",
                "62c328",
                "a1",
                "a2614101614102",
                "a1f500",
                "0000",
                "5bffffffffffffffff",
                "9bffffffffffffffff",
                "bb7fffffffffffffff",
                "9f",
                "bf6141ff",
                "5f6161ff",
                "5f5fffff",
                "1bffffffffffffffff",
                "7f",
                "c0",
                "fc",
                "a180f6"
            })
    void what_is_malformed_is_refused(String hex) {
        assertThatThrownBy(() -> CborReader.read(hex(hex))).isInstanceOf(MalformedException.class);
    }

    @Test
    void depth_and_number_of_items_are_bounded() {
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 0x81);
        assertThatThrownBy(() -> CborReader.read(deep)).isInstanceOf(MalformedException.class);
        byte[] many = new byte[1_000_005];
        many[0] = (byte) 0x9A;
        many[2] = 0x0F;
        many[3] = 0x42;
        many[4] = 0x40;
        Arrays.fill(many, 5, many.length, (byte) 0xA0);
        assertThatThrownBy(() -> CborReader.read(many)).isInstanceOf(MalformedException.class);
    }
}
