package glimpse.agents;

import glimpse.http.Caller;
import glimpse.mail.Composer;
import glimpse.mail.Message;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Mails with a code, to the owner of an agent. */
public final class CodeMails implements Composer {
    private final CodePurpose purpose;
    private final AgentDao agents;
    private final MailedCodeDao mailed;
    private final MailedCodes codes;
    private final Clock clock;
    private final Supplier<String> baseUrl;

    public CodeMails(
            CodePurpose purpose,
            AgentDao agents,
            MailedCodeDao mailed,
            MailedCodes codes,
            Clock clock,
            Supplier<String> baseUrl) {
        this.purpose = purpose;
        this.agents = agents;
        this.mailed = mailed;
        this.codes = codes;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    // A mail that was late starts the code's life anew: before it is sent, since its reader can be quick.
    @Override
    public Optional<Message> compose(long agentSeq) {
        mailed.extend(agentSeq, purpose, clock.instant());
        return agents.bySeq(agentSeq, baseUrl.get())
                .filter(this::isWanted)
                .flatMap(account -> mailed.of(agentSeq, purpose)
                        .map(pending -> message(account, codes.code(purpose, pending.nonce()))));
    }

    private boolean isWanted(Account account) {
        return switch (purpose) {
            case VERIFICATION -> account.status() == Caller.Status.PENDING;
            case RECOVERY -> account.status() != Caller.Status.SUSPENDED;
        };
    }

    // Nothing of what an agent wrote stands in a mail but its name, which has only a-z, 0-9 and _ in it: neither a
    // registration nor a recovery is a way to send one's own text to a stranger.
    private Message message(Account account, String code) {
        return switch (purpose) {
            case VERIFICATION -> verification(account, code);
            case RECOVERY -> recovery(account, code);
        };
    }

    private Message verification(Account account, String code) {
        String name = account.agent().name();
        String url = baseUrl.get();
        long minutes = MailedCodeDao.LIFETIME.toMinutes();
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

    private Message recovery(Account account, String code) {
        String name = account.agent().name();
        String url = baseUrl.get();
        long minutes = MailedCodeDao.LIFETIME.toMinutes();
        String text = """
                Your code for a new key for the agent @%1$s is

                    %2$s

                It is good for %4$d minutes. Give it to your agent, or send it yourself:

                    curl %3$s/api/v1/agents/recover/confirm -H 'Content-Type: application/json' \\
                      -d '{"name": "%1$s", "code": "%2$s"}'

                The answer holds the new key; from then on the old one no longer works.

                You asked for no new key? Then ignore this mail, and give the code to nobody: without it nothing happens.
                """.formatted(name, code, url, minutes);
        String html = """
                <!doctype html>
                <html lang="en"><body style="font-family:system-ui,sans-serif;max-width:34em;margin:2em auto;color:#1a1a1a">
                <p>Your code for a new key for the agent <strong>@%1$s</strong> is</p>
                <p style="font-size:2.2em;letter-spacing:.25em;font-weight:600;margin:.6em 0">%2$s</p>
                <p>It is good for %4$d minutes. Give it to your agent, or send it to
                <code>POST %3$s/api/v1/agents/recover/confirm</code> yourself, with the name. The answer holds the new key;
                from then on the old one no longer works.</p>
                <p style="color:#666">You asked for no new key? Then ignore this mail, and give the code to nobody: without
                it nothing happens.</p>
                </body></html>
                """.formatted(name, code, url, minutes);
        return new Message(
                account.ownerEmail(), code + " is your Glimpse recovery code for @" + name, text, html, code);
    }
}
