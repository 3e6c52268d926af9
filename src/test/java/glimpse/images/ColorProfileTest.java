package glimpse.images;

import static glimpse.images.PipelineFixture.resource;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Embedded profiles, and what becomes of the colours. */
final class ColorProfileTest {
    private static final byte[] LINEAR =
            ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    private static final byte[] SRGB =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    /** Half of the light is 188 of 255 in sRGB. */
    @Test
    void colours_are_converted_from_the_embedded_profile() {
        try (PipelineFixture images = new PipelineFixture()) {
            var gray = Pictures.plain(64, 64, new Color(128, 128, 128));
            assertThat(images.process(Pictures.withProfile(Pictures.jpeg(gray), LINEAR))
                            .dominantColor())
                    .isEqualTo("#bcbcbc");
            byte[] chunk = Pictures.join("linear\0\0".getBytes(ISO_8859_1), Pictures.deflate(LINEAR));
            assertThat(images.process(Pictures.withChunk(Pictures.png(gray), "iCCP", chunk))
                            .dominantColor())
                    .isEqualTo("#bcbcbc");
            byte[] still = Pictures.losslessWebp(gray);
            byte[] webp = Pictures.riff(
                    Pictures.vp8x(0x20, 64, 64),
                    Pictures.riffChunk("ICCP", LINEAR),
                    Arrays.copyOfRange(still, 12, still.length));
            assertThat(images.process(webp).dominantColor()).isEqualTo("#bcbcbc");
        }
    }

    @Test
    void inks_are_converted_by_their_own_profile() {
        try (PipelineFixture images = new PipelineFixture()) {
            byte[] jpeg = Pictures.withProfile(resource("cmyk.jpg"), inksThatAreAllGreen());
            assertThat(images.process(jpeg).dominantColor()).matches("#[0-3].[a-f].[0-6].");
        }
    }

    /** A CMYK profile whose table gives one Lab colour for whatever inks; the way back is there because readers ask for it. */
    private static byte[] inksThatAreAllGreen() {
        byte[] toLab = table(4, (byte) 220, (byte) 50, (byte) 200);
        byte[] fromLab = table(3, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        int tags = 128 + 4 + 2 * 12;
        ByteBuffer profile = ByteBuffer.allocate(tags + toLab.length + fromLab.length);
        profile.putInt(profile.capacity()).putInt(0).putInt(0x02400000);
        profile.put("prtrCMYKLab ".getBytes(ISO_8859_1));
        profile.position(36).put("acsp".getBytes(ISO_8859_1));
        profile.putInt(68, 0xf6d6).putInt(72, 0x10000).putInt(76, 0xd32d);
        profile.position(128).putInt(2);
        profile.put("A2B0".getBytes(ISO_8859_1)).putInt(tags).putInt(toLab.length);
        profile.put("B2A0".getBytes(ISO_8859_1)).putInt(tags + toLab.length).putInt(fromLab.length);
        return profile.put(toLab).put(fromLab).array();
    }

    /** A lut8Type (ICC.1:2001-04, 6.5.8) of two steps in each direction that all hold the same. */
    private static byte[] table(int inputs, byte... output) {
        int corners = 1 << inputs;
        ByteBuffer table = ByteBuffer.allocate(48 + inputs * 256 + corners * output.length + output.length * 256);
        table.put("mft1".getBytes(ISO_8859_1)).putInt(0);
        table.put((byte) inputs).put((byte) output.length).put((byte) 2).put((byte) 0);
        for (int i = 0; i < 9; i++) {
            table.putInt(i % 4 == 0 ? 0x10000 : 0);
        }
        putRamps(table, inputs);
        for (int i = 0; i < corners; i++) {
            table.put(output);
        }
        putRamps(table, output.length);
        return table.array();
    }

    private static void putRamps(ByteBuffer out, int count) {
        for (int i = 0; i < count * 256; i++) {
            out.put((byte) i);
        }
    }

    @Test
    void srgb_and_what_is_no_profile_need_no_conversion() {
        assertThat(ColorProfile.of(null)).isEmpty();
        assertThat(ColorProfile.of(SRGB)).isEmpty();
        assertThat(ColorProfile.of(new byte[200])).isEmpty();
        assertThat(ColorProfile.of(ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData()))
                .isEmpty();
        assertThat(ColorProfile.of(LINEAR)).isPresent();
    }

    @Test
    void transparency_is_left_alone_by_a_conversion() {
        byte[] samples = new byte[3 * 200 * 4];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % 4 == 3 ? 77 : 128);
        }
        ColorProfile.of(LINEAR).orElseThrow().convert(new DecodedImage(3, 200, 4, samples));
        for (int i = 0; i < samples.length; i++) {
            assertThat(samples[i] & 0xff).isEqualTo(i % 4 == 3 ? 77 : 188);
        }
    }
}
