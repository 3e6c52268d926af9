package glimpse.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Somebody else's server, with one picture on it. */
public final class PictureServer implements AutoCloseable {
    private final HttpServer server;

    public PictureServer(byte[] picture) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/picture", exchange -> {
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
            exchange.close();
        });
        server.start();
    }

    /** Its address and port, as {@code images.fetch.allow_hosts} takes them. */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public String url() {
        return "http://" + host() + "/picture";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
