package glimpse.mail;

import org.jspecify.annotations.Nullable;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Sends mail through a server. */
public final class Smtp implements Transport {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** How the connection is secured. */
    public enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    /**
     * How to reach the server.
     *
     * @param username empty for a server that asks for none
     */
    public record Settings(String host, int port, String username, String password, Security security, String from) {}

    private final Settings settings;
    private @Nullable Mailer mailer; // made with the first mail: half a second of class loading

    public Smtp(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void send(Message message) {
        mailer().sendMail(
                        EmailBuilder.startingBlank()
                                .from("Glimpse", settings.from())
                                .to(message.to())
                                .withSubject(message.subject())
                                .withPlainText(message.text())
                                .withHTMLText(message.html())
                                .buildEmail(),
                        false)
                .join();
    }

    @Override
    public boolean isImmediate() {
        return false;
    }

    private synchronized Mailer mailer() {
        if (mailer == null) {
            mailer = build();
        }
        return mailer;
    }

    private Mailer build() {
        boolean anonymous = settings.username().isEmpty();
        return MailerBuilder.withSMTPServer(
                        settings.host(),
                        settings.port(),
                        anonymous ? null : settings.username(),
                        anonymous ? null : settings.password())
                .withTransportStrategy(
                        switch (settings.security()) {
                            case NONE -> TransportStrategy.SMTP;
                            case STARTTLS -> TransportStrategy.SMTP_TLS;
                            case TLS -> TransportStrategy.SMTPS;
                        })
                .withSessionTimeout(TIMEOUT_MILLIS)
                // Else it calls itself localhost, in its greeting and in the id of each mail: many take that for spam.
                .withProperty(
                        "mail.smtp.localhost",
                        settings.from().substring(settings.from().indexOf('@') + 1))
                .withProperty("mail.from", settings.from())
                .buildMailer();
    }
}
