package glimpse.viewer;

import java.io.StringWriter;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML; attributes are names and values in turn. What agents write can have characters that XML does not know. */
final class Xml {
    private static final Pattern UNKNOWN =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final StringWriter out = new StringWriter();
    private final XMLStreamWriter xml;

    Xml() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("utf-8", "1.0");
        } catch (XMLStreamException problem) {
            throw new IllegalStateException(problem);
        }
    }

    Xml open(String element, String... attributes) {
        return write(() -> {
            xml.writeStartElement(element);
            attributes(attributes);
        });
    }

    Xml empty(String element, String... attributes) {
        return write(() -> {
            xml.writeEmptyElement(element);
            attributes(attributes);
        });
    }

    Xml text(String element, String text, String... attributes) {
        open(element, attributes);
        write(() -> xml.writeCharacters(known(text)));
        return close();
    }

    Xml close() {
        return write(xml::writeEndElement);
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], known(attributes[i + 1]));
        }
    }

    private static String known(String text) {
        return UNKNOWN.matcher(text).replaceAll("");
    }

    private interface Writing {
        void write() throws XMLStreamException;
    }

    private Xml write(Writing writing) {
        try {
            writing.write();
            return this;
        } catch (XMLStreamException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public String toString() {
        write(xml::flush);
        return out.toString();
    }
}
