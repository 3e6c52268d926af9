package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import glimpse.c2pa.ValidationReport.Fallback;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** What XMP, IPTC-IIM and the text chunks of PNG say. None of it is signed. */
final class EmbeddedText {
    private static final QName SOURCE_TYPE =
            new QName("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "DigitalSourceType");
    private static final QName CREDIT = new QName("http://ns.adobe.com/photoshop/1.0/", "Credit");
    private static final QName TOOL = new QName("http://ns.adobe.com/xap/1.0/", "CreatorTool");
    private static final QName PROVENANCE = new QName("http://purl.org/dc/terms/", "provenance");
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final List<QName> WANTED = List.of(SOURCE_TYPE, CREDIT, TOOL, PROVENANCE);
    private static final int IIM = 0x0404; // the number of the resource that holds IPTC-IIM

    private final Map<QName, String> properties = new HashMap<>();
    private final Found found;

    EmbeddedText(Found found) {
        this.found = found;
        byte[] xmp = found.xmp();
        if (xmp != null) {
            read(xmp);
        }
    }

    // Nothing outside of the packet is ever looked up.
    private static XMLInputFactory xml() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    Fallback fallback() {
        List<String> keys = new ArrayList<>();
        found.textKeys().forEach(key -> keys.add(Texts.cut(key)));
        String credit = properties.get(CREDIT);
        return new Fallback(
                properties.get(SOURCE_TYPE),
                credit == null ? iimCredit() : credit,
                properties.get(TOOL),
                keys,
                generator(keys));
    }

    /** Where a manifest is said to lie, as XMP gives it. */
    @Nullable
    String remoteManifestUrl() {
        String url = properties.get(PROVENANCE);
        return url != null && (url.startsWith("https://") || url.startsWith("http://")) ? url : null;
    }

    private static @Nullable String generator(List<String> keys) {
        if (keys.contains("workflow") || keys.contains("prompt")) {
            return "ComfyUI";
        }
        if (keys.contains("invokeai_metadata") || keys.contains("sd-metadata")) {
            return "InvokeAI";
        }
        return keys.contains("parameters") ? "Stable Diffusion web UI" : null;
    }

    private void read(byte[] xmp) {
        try {
            XMLStreamReader reader = xml().createXMLStreamReader(new ByteArrayInputStream(trimmed(xmp)));
            QName property = null;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    attributes(reader);
                    QName name = reader.getName();
                    boolean within = name.getNamespaceURI().equals(RDF); // a list of alternatives, or its one entry
                    property = WANTED.contains(name) ? name : within ? property : null;
                    String resource = reader.getAttributeValue(RDF, "resource");
                    if (property != null && resource != null) {
                        put(property, resource);
                    }
                } else if (event == XMLStreamConstants.CHARACTERS && property != null) {
                    put(property, reader.getText());
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getName().equals(property)) {
                    property = null;
                }
            }
        } catch (XMLStreamException | RuntimeException notXml) {
            // what was read before stays
        }
    }

    private void attributes(XMLStreamReader reader) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (WANTED.contains(reader.getAttributeName(i))) {
                put(reader.getAttributeName(i), reader.getAttributeValue(i));
            }
        }
    }

    private void put(QName property, String value) {
        if (!value.isBlank()) {
            properties.putIfAbsent(property, Texts.cut(value.strip()));
        }
    }

    /** From the first element on: a byte order mark, and what is around a packet in some files, is no XML. */
    private static byte[] trimmed(byte[] xmp) {
        String packet = new String(xmp, UTF_8);
        int start = packet.indexOf("<x:xmpmeta");
        int end = packet.indexOf("</x:xmpmeta>");
        boolean whole = start >= 0 && end > start;
        return whole ? packet.substring(start, end + "</x:xmpmeta>".length()).getBytes(UTF_8) : xmp;
    }

    /** Record 2, data set 110, in the image resource that holds IPTC-IIM (IPTC-IIM 4.2, chapter 6). */
    private @Nullable String iimCredit() {
        byte[] resources = found.iim();
        if (resources == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(resources);
        while (in.remaining() >= 12 && in.getInt() == 0x3842494D) { // 8BIM
            int number = in.getShort() & 0xFFFF;
            int name = 1 + (in.get() & 0xFF);
            name += name % 2;
            if (in.remaining() < name - 1 + Integer.BYTES) {
                return null;
            }
            in.position(in.position() + name - 1);
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                return null;
            }
            if (number == IIM) {
                return credit(in.slice(in.position(), length));
            }
            in.position(Math.min(in.limit(), in.position() + length + length % 2));
        }
        return null;
    }

    private static @Nullable String credit(ByteBuffer in) {
        while (in.remaining() >= 5 && in.get() == 0x1C) {
            int dataSet = in.getShort() & 0xFFFF;
            int length = in.getShort();
            if (length < 0 || length > in.remaining()) {
                return null; // extended lengths are for pictures, not for names
            }
            if (dataSet == (2 << 8 | 110)) {
                byte[] credit = new byte[length];
                in.get(credit);
                String text = new String(credit, UTF_8);
                return Texts.cut(text.contains("\ufffd") ? new String(credit, ISO_8859_1) : text);
            }
            in.position(in.position() + length);
        }
        return null;
    }
}
