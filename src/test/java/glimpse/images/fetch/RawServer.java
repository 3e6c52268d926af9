package glimpse.images.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on loopback that may answer anything at all, well-formed or not. */
final class RawServer implements AutoCloseable {
    /** Writes an answer; a client that goes away in the middle is no failure. */
    @FunctionalInterface
    interface Answer {
        void to(String request, Socket client) throws Exception;
    }

    /** The heads of all requests, in order. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final ServerSocket socket;
    private final Answer answer;

    RawServer(ServerSocket socket, Answer answer) {
        this.socket = socket;
        this.answer = answer;
        start(this::accept);
    }

    RawServer(Answer answer) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
    }

    /** Every request is given the same bytes. */
    static RawServer answering(String answer) throws IOException {
        return new RawServer((request, client) -> write(client, answer));
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static String redirect(int status, String location) {
        return "HTTP/1.1 " + status + " Elsewhere\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n";
    }

    static void write(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Returns after the time, or fails when the client has gone. */
    static void pause(Socket client, int millis) throws IOException {
        client.setSoTimeout(millis);
        try {
            if (client.getInputStream().read() < 0) {
                throw new IOException("gone");
            }
        } catch (SocketTimeoutException over) {
            // The client is still there.
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket client = socket.accept();
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws Exception {
        try (client) {
            var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                head.append(line).append('\n');
            }
            if (!head.isEmpty()) {
                requests.add(head.toString());
                answer.to(head.toString(), client);
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception gone) {
                // A closed socket ends the thread; the test sees what came of it at the other end.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
