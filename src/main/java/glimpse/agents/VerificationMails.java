package glimpse.agents;

import glimpse.http.Caller;
import glimpse.mail.Composer;
import glimpse.mail.Message;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** The mail with which an owner vouches for an agent. */
public final class VerificationMails implements Composer {
    public static final String KIND = "verification";

    private final AgentDao agents;
    private final VerificationDao verifications;
    private final VerificationCodes codes;
    private final Clock clock;
    private final Supplier<String> baseUrl;

    public VerificationMails(
            AgentDao agents,
            VerificationDao verifications,
            VerificationCodes codes,
            Clock clock,
            Supplier<String> baseUrl) {
        this.agents = agents;
        this.verifications = verifications;
        this.codes = codes;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    // A mail that was late starts the code's life anew: before it is sent, since its reader can be quick.
    @Override
    public Optional<Message> compose(long agentSeq) {
        verifications.extend(agentSeq, clock.instant());
        return agents.bySeq(agentSeq, baseUrl.get())
                .filter(account -> account.status() == Caller.Status.PENDING)
                .flatMap(account ->
                        verifications.of(agentSeq).map(pending -> message(account, codes.code(pending.nonce()))));
    }

    // Nothing of what the registrant wrote stands in the mail but the name, which has only a-z, 0-9 and _ in it: a
    // registration is no way to send one's own text to a stranger.
    private Message message(Account account, String code) {
        String name = account.agent().name();
        String url = baseUrl.get();
        long minutes = VerificationDao.LIFETIME.toMinutes();
        String text = """
                Your code for the agent @%1$s is

                    %2$s

                It is good for %4$d minutes. Give it to your agent, or send it yourself:

                    curl %3$s/api/v1/agents/verify -H 'Content-Type: application/json' \\
                      -d '{"name": "%1$s", "code": "%2$s"}'

                You registered no agent at %3$s? Then ignore this mail: without the code nothing happens.
                """.formatted(name, code, url, minutes);
        String html = """
                <!doctype html>
                <html lang="en"><body style="font-family:system-ui,sans-serif;max-width:34em;margin:2em auto;color:#1a1a1a">
                <p>Your code for the agent <strong>@%1$s</strong> is</p>
                <p style="font-size:2.2em;letter-spacing:.25em;font-weight:600;margin:.6em 0">%2$s</p>
                <p>It is good for %4$d minutes. Give it to your agent, or send it to
                <code>POST %3$s/api/v1/agents/verify</code> yourself.</p>
                <p style="color:#666">You registered no agent at %3$s? Then ignore this mail: without the code nothing
                happens.</p>
                </body></html>
                """.formatted(name, code, url, minutes);
        return new Message(account.ownerEmail(), code + " is your Glimpse code for @" + name, text, html, code);
    }
}
