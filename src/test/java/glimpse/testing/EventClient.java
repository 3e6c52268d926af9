package glimpse.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A listener to server-sent events on a socket of its own. */
public final class EventClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    /** One event; a comment has its text as data, and no id. */
    public record Event(String id, String kind, String data) {}

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String head;
    private byte[] chunk = new byte[0];
    private int read;

    /**
     * Connects, and reads the head of the answer.
     *
     * @param receiveBuffer bytes that the socket takes before they are read; 0 for the usual
     */
    public EventClient(String url, int receiveBuffer, String... headers) throws IOException {
        URI uri = URI.create(url);
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.setSoTimeout(PATIENCE_MILLIS);
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        StringBuilder request =
                new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        in = new BufferedInputStream(socket.getInputStream(), 1 << 10);
        StringBuilder lines = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.append(line).append('\n');
        }
        head = lines.toString();
    }

    /** Status line and headers. */
    public String head() {
        return head;
    }

    /** The next events but comments, as many as that. */
    public List<Event> events(int count) throws IOException {
        List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            Event event = next();
            if (!event.kind().isEmpty()) {
                events.add(event);
            }
        }
        return events;
    }

    /** The next event, comment or retry. */
    public Event next() throws IOException {
        String id = "";
        String kind = "";
        String data = "";
        for (String line = eventLine(); !line.isEmpty(); line = eventLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                kind = line.substring(7);
            } else {
                data += line.startsWith("data: ") ? line.substring(6) : line;
            }
        }
        return new Event(id, kind, data);
    }

    /** Reads to the end of the answer; whether it ended as it should. */
    public boolean endsCleanly() throws IOException {
        try {
            while (true) {
                eventLine();
            }
        } catch (EndOfStream end) {
            return end.isClean;
        }
    }

    private static final class EndOfStream extends IOException {
        private final boolean isClean;

        EndOfStream(boolean isClean) {
            super("end of the stream");
            this.isClean = isClean;
        }
    }

    private String eventLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = eventByte(); b != '\n'; b = eventByte()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int eventByte() throws IOException {
        if (read == chunk.length) {
            if (chunk.length > 0) {
                line(); // the end of a chunk can come with the next one
            }
            chunk = in.readNBytes(Integer.parseInt(line(), 16));
            read = 0;
            if (chunk.length == 0) {
                throw new EndOfStream(true);
            }
        }
        return chunk[read++] & 0xFF;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EndOfStream(false);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
