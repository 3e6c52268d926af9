package glimpse.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import glimpse.testing.Answer;
import glimpse.testing.TestGlimpse;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mail that is really sent, to a server that is sometimes there. */
class OutboxTest {
    private static final int PATIENCE_MILLIS = 20_000;

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    private int port;
    private GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void useSmtp() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = mailServer();
        glimpse.set("mail.mode", "smtp")
                .set("mail.host", "127.0.0.1")
                .set("mail.port", Integer.toString(port))
                .set("mail.security", "none")
                .set("mail.from", "glimpse@example.com")
                .restart();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void a_code_comes_by_smtp_as_text_and_as_html() throws Exception {
        server.start();
        register("nova");
        MimeMessage mail = received();
        assertThat(mail.getAllRecipients()[0]).hasToString("nova@example.com");
        assertThat(mail.getFrom()[0]).hasToString("Glimpse <glimpse@example.com>");
        MimeMultipart parts = alternatives(mail);
        assertThat(parts.getContentType()).contains("multipart/alternative");
        String text = (String) parts.getBodyPart(0).getContent();
        String html = (String) parts.getBodyPart(1).getContent();
        String code = code(mail);
        assertThat(text).contains("@nova").contains(code);
        assertThat(html).contains("<strong>@nova</strong>").contains(code);
        verify("nova", code).is(200);
    }

    @Test
    void a_dead_mail_server_slows_no_registration_and_loses_no_code() throws Exception {
        long before = System.nanoTime();
        register("nova");
        register("vera");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        server.start();
        awaitMails(2);
        for (MimeMessage mail : server.getReceivedMessages()) {
            String name = mail.getAllRecipients()[0].toString().replace("@example.com", "");
            verify(name, code(mail)).is(200);
        }
    }

    @Test
    void a_mail_server_that_never_answers_slows_no_registration() throws Exception {
        try (ServerSocket silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            assertThat(silent.isBound()).isTrue();
            for (int i = 0; i < 5; i++) {
                long before = System.nanoTime();
                register("agent_" + i);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            }
            glimpse.stop();
        }
    }

    @Test
    void a_mail_that_waited_through_a_restart_still_goes_out_and_its_code_lives_from_then_on() throws Exception {
        register("nova");
        glimpse.stop();
        glimpse.clock().advance(Duration.ofHours(2));
        server.start();
        glimpse.start();
        String code = code(received());
        glimpse.clock().advance(Duration.ofMinutes(14));
        verify("nova", code).is(200);
    }

    @Test
    void when_too_many_mails_wait_a_registration_is_put_off_and_leaves_nothing() throws Exception {
        glimpse.set("mail.queue", "2").restart();
        register("one");
        register("two");
        Answer refused = call("three").fails(503, "service_unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        glimpse.client().get("/api/v1/agents/three").fails(404, "agent_not_found");
        server.start();
        awaitMails(2);
    }

    // A mail that fails just now is put off from the clock's new time on: it has to be moved more than once.
    private void awaitMails(int count) {
        for (int tries = 0; tries < 40 && server.getReceivedMessages().length < count; tries++) {
            glimpse.clock().advance(Duration.ofMinutes(2));
            server.waitForIncomingEmail(PATIENCE_MILLIS / 40, count);
        }
        assertThat(server.getReceivedMessages()).hasSize(count);
    }

    private GreenMail mailServer() {
        return new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    private void register(String name) {
        call(name).is(201);
    }

    private Answer call(String name) {
        return glimpse.client()
                .post("/api/v1/agents/register", Map.of("name", name, "owner_email", name + "@example.com"));
    }

    private Answer verify(String name, String code) {
        return glimpse.client().post("/api/v1/agents/verify", Map.of("name", name, "code", code));
    }

    private MimeMessage received() {
        assertThat(server.waitForIncomingEmail(PATIENCE_MILLIS, 1)).isTrue();
        return server.getReceivedMessages()[0];
    }

    private static String code(MimeMessage mail) throws MessagingException {
        Matcher matcher = Pattern.compile("^([0-9]{6}) is your Glimpse code").matcher(mail.getSubject());
        assertThat(matcher.find()).as(mail.getSubject()).isTrue();
        return matcher.group(1);
    }

    private static MimeMultipart alternatives(MimeMessage mail) throws MessagingException, IOException {
        MimeMultipart multipart = (MimeMultipart) mail.getContent();
        while (multipart.getBodyPart(0).getContent() instanceof MimeMultipart inner) {
            multipart = inner;
        }
        return multipart;
    }
}
