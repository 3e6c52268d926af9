package glimpse.c2pa;

import static glimpse.c2pa.ValidationReport.State.NONE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.c2pa.ValidationReport.Fallback;
import glimpse.c2pa.ValidationReport.Finding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedTextTest {
    private static final String GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    private static final String SPACES = " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
            + " xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' xmlns:p='http://ns.adobe.com/photoshop/1.0/'"
            + " xmlns:d='http://purl.org/dc/terms/' xmlns:x='http://ns.adobe.com/xap/1.0/'";
    private static final String AS_ATTRIBUTES = xmp("<rdf:Description" + SPACES + " i:DigitalSourceType='" + GENERATED
            + "' p:Credit='Made with Google AI' x:CreatorTool='Painter' d:provenance='https://example.org/m.c2pa'/>");
    private static final String AS_ELEMENTS = xmp("<rdf:Description" + SPACES + "><i:DigitalSourceType rdf:resource='"
            + GENERATED + "'/><p:Credit><rdf:Alt><rdf:li xml:lang='x-default'>Made with Google AI</rdf:li></rdf:Alt>"
            + "</p:Credit><x:CreatorTool> Painter </x:CreatorTool><d:provenance>https://example.org/m.c2pa</d:provenance>"
            + "<p:City>Berlin</p:City></rdf:Description>");

    private static String xmp(String description) {
        return "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
                + "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" + description
                + "</r:RDF></x:xmpmeta><?xpacket end='w'?>";
    }

    private static ValidationReport report(byte[] file) {
        return new ManifestValidator(TrustAnchors.NONE)
                .validate(Asset.of(file), Instant.parse("2026-11-23T15:00:00Z"))
                .report();
    }

    private static byte[] with(Container container, String xmp) {
        byte[] packet = xmp.getBytes(UTF_8);
        byte[] picture = Samples.picture(container);
        return switch (container) {
            case JPEG -> segment(picture, 0xE1, join("http://ns.adobe.com/xap/1.0/\0".getBytes(UTF_8), packet));
            case PNG ->
                inserted(
                        picture,
                        33,
                        Container.chunk("iTXt", join("XML:com.adobe.xmp\0\0\0\0\0".getBytes(UTF_8), packet)));
            case WEBP -> Samples.webpWithXmp(xmp);
            case GIF -> inserted(picture, Container.GIF.start(picture), gifExtension(packet));
            case AVIF -> join(picture, box(packet));
        };
    }

    /** The packet as it is, and then what leads a reader of blocks to the end. */
    private static byte[] gifExtension(byte[] packet) {
        byte[] trailer = new byte[258];
        trailer[0] = 1;
        for (int i = 0; i < 256; i++) {
            trailer[1 + i] = (byte) (255 - i);
        }
        return join("!\u00ff\u000bXMP DataXMP".getBytes(ISO_8859_1), packet, trailer);
    }

    private static byte[] box(byte[] packet) {
        return ByteBuffer.allocate(8 + packet.length)
                .putInt(8 + packet.length)
                .put("mdat".getBytes(ISO_8859_1))
                .put(packet)
                .array();
    }

    private static byte[] segment(byte[] jpeg, int marker, byte[] body) {
        byte[] segment = ByteBuffer.allocate(4 + body.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + body.length))
                .put(body)
                .array();
        return inserted(jpeg, 2, segment);
    }

    private static byte[] inserted(byte[] file, int at, byte[] part) {
        return join(Arrays.copyOf(file, at), part, Arrays.copyOfRange(file, at, file.length));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void xmp_is_read_in(Container container) {
        for (String xmp : new String[] {AS_ATTRIBUTES, AS_ELEMENTS}) {
            ValidationReport report = report(with(container, xmp));
            Fallback fallback = report.fallback();
            assertThat(fallback.iptcDigitalSourceType()).isEqualTo(GENERATED);
            assertThat(fallback.credit()).isEqualTo("Made with Google AI");
            assertThat(fallback.creatorTool()).isEqualTo("Painter");
            assertThat(report.state()).isEqualTo(NONE);
            assertThat(report.remoteManifestUrl()).isEqualTo("https://example.org/m.c2pa");
            assertThat(report.informational())
                    .containsExactly(new Finding(
                            "manifest.inaccessible", "https://example.org/m.c2pa", "remote manifests are not fetched"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "javascript:alert(1)", "self#jumbf=/c2pa/x"})
    void only_addresses_of_the_web_are_remote_manifests(String url) {
        String xmp = AS_ATTRIBUTES.replace("https://example.org/m.c2pa", url);
        assertThat(report(Samples.webpWithXmp(xmp)).remoteManifestUrl()).isNull();
    }

    @Test
    void a_credit_in_iptc_is_read_where_xmp_has_none() {
        byte[] credit = "Zoë".getBytes(ISO_8859_1);
        byte[] record = ByteBuffer.allocate(13 + credit.length)
                .put((byte) 0x1C)
                .putShort((short) (2 << 8 | 5))
                .putShort((short) 3)
                .put("abc".getBytes(ISO_8859_1))
                .put((byte) 0x1C)
                .putShort((short) (2 << 8 | 110))
                .putShort((short) credit.length)
                .put(credit)
                .array();
        byte[] other = resource(0x0408, new byte[3]);
        byte[] body = join("Photoshop 3.0\0".getBytes(ISO_8859_1), other, resource(0x0404, record));
        byte[] jpeg = segment(Samples.picture(Container.JPEG), 0xED, body);
        assertThat(report(jpeg).fallback().credit()).isEqualTo("Zoë");
        for (int length = 1; length < body.length; length++) {
            byte[] cut = segment(Samples.picture(Container.JPEG), 0xED, Arrays.copyOf(body, length));
            assertThat(report(cut).state()).isEqualTo(NONE);
        }
    }

    private static byte[] resource(int number, byte[] content) {
        return ByteBuffer.allocate(12 + content.length + content.length % 2)
                .put("8BIM".getBytes(ISO_8859_1))
                .putShort((short) number)
                .putShort((short) 0)
                .putInt(content.length)
                .put(content)
                .array();
    }

    @Test
    void what_generators_leave_in_png_is_named_by_its_keys() {
        byte[] png = Samples.picture(Container.PNG);
        byte[] comfy = inserted(png, 33, Container.chunk("tEXt", "prompt\0{\"3\": {}}".getBytes(ISO_8859_1)));
        comfy = inserted(comfy, 33, Container.chunk("tEXt", "workflow\0{}".getBytes(ISO_8859_1)));
        assertThat(report(comfy).fallback().pngTextKeys()).containsExactly("workflow", "prompt");
        assertThat(report(comfy).fallback().generator()).isEqualTo("ComfyUI");
        byte[] webui = inserted(png, 33, Container.chunk("iTXt", "parameters\0\0\0\0\0a fox".getBytes(ISO_8859_1)));
        assertThat(report(webui).fallback().generator()).isEqualTo("Stable Diffusion web UI");
        assertThat(report(png).fallback().generator()).isNull();
    }
}
