package glimpse.images.fetch;

import static glimpse.images.fetch.Fetching.allowing;
import static glimpse.images.fetch.Fetching.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.http.ErrorCode;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate, made for {@code pictures.example}, nobody has signed. */
class ImageFetcherTlsTest {
    private static final String PASSWORD = "not a secret";

    private final Properties before = (Properties) System.getProperties().clone();
    private final Path folder;
    private final Path keys;
    private final RawServer server;

    ImageFetcherTlsTest(@TempDir Path folder, @TempDir Path keys) throws Exception {
        this.folder = folder;
        this.keys = keys.resolve("keys");
        makeCertificate(this.keys);
        var socket =
                context(this.keys).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = new RawServer(socket, (request, client) -> RawServer.write(client, RawServer.ok("picture")));
    }

    @AfterEach
    void stop() throws Exception {
        System.setProperties(before);
        server.close();
    }

    @Test
    void a_certificate_that_nobody_signed_fails_cleanly() {
        try (var fetcher = fetcher("pictures.example")) {
            var error = refusal(fetcher, url("pictures.example"), folder, ErrorCode.IMAGE_FETCH_FAILED);

            assertThat(error).hasMessageEndingWith("no secure connection could be made");
        }
        assertThat(server.requests).isEmpty();
    }

    @Test
    void a_trusted_certificate_of_the_name_is_accepted_at_the_pinned_address() {
        trust(keys);
        try (var fetcher = fetcher("pictures.example")) {
            fetcher.fetch(url("pictures.example"), folder.resolve("picture"));
        }
        assertThat(folder.resolve("picture")).hasContent("picture");
    }

    @Test
    void a_trusted_certificate_of_another_name_fails_cleanly() {
        trust(keys);
        try (var fetcher = fetcher("other.example")) {
            refusal(fetcher, url("other.example"), folder, ErrorCode.IMAGE_FETCH_FAILED);
        }
        assertThat(server.requests).isEmpty();
    }

    private String url(String host) {
        return "https://" + host + ":" + server.port() + "/";
    }

    private static ImageFetcher fetcher(String allowed) {
        return new ImageFetcher(allowing(allowed), host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    }

    private static void trust(Path store) {
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    }

    private static void makeCertificate(Path store) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=pictures.example",
                        "-ext",
                        "SAN=dns:pictures.example",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keyStore.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keyStore, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
