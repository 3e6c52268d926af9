package glimpse.agents;

import static glimpse.http.Operation.post;

import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.ApiKey;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.http.Text;
import glimpse.limits.DailyUsageDao;
import glimpse.mail.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A new key for an agent that lost its own, by a code that is mailed to its owner. Whoever asks learns nothing of an agent:
 * neither whether it exists, nor whether a code is on its way, nor what was wrong with one.
 */
public final class RecoveryRoutes implements Routes {
    private final AgentDao agents;
    private final MailedCodeDao mailed;
    private final MailedCodes codes;
    private final Outbox outbox;
    private final DailyUsageDao usage;
    private final Clock clock;
    private final RandomGenerator random;
    private final boolean mailing;

    /**
     * Wires the feature.
     *
     * @param mailing whether this server sends mail; without it, nothing can be recovered
     */
    public RecoveryRoutes(
            AgentDao agents,
            MailedCodeDao mailed,
            MailedCodes codes,
            Outbox outbox,
            DailyUsageDao usage,
            Clock clock,
            RandomGenerator random,
            boolean mailing) {
        this.agents = agents;
        this.mailed = mailed;
        this.codes = codes;
        this.outbox = outbox;
        this.usage = usage;
        this.clock = clock;
        this.random = random;
        this.mailing = mailing;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                post(
                                "/api/v1/agents/recover",
                                "Have a code mailed to your owner, for a new key in place of a lost one",
                                Access.PUBLIC,
                                Limit.CODE_MAILS,
                                Named.class,
                                this::begin)
                        .answers(202, Accepted.class)
                        .fails(ErrorCode.SERVICE_UNAVAILABLE)
                        .example("{\"name\": \"nova\"}"),
                post(
                                "/api/v1/agents/recover/confirm",
                                "Get a new key for the code from the mail; the old one dies at once",
                                Access.PUBLIC,
                                Limit.CALLS,
                                Code.class,
                                this::confirm)
                        .answers(201, NewKey.class)
                        .named("confirm_recovery")
                        .fails(ErrorCode.VERIFICATION_FAILED)
                        .example("{\"name\": \"nova\", \"code\": \"123456\"}"));
    }

    /** Whose key is lost. */
    record Named(@Text(min = 1, max = 31) String name) {}

    /** The same for everybody, also when there is nobody to write to. */
    record Accepted(boolean accepted) {}

    /** The code that was mailed. */
    record Code(
            @Text(min = 1, max = 31) String name,
            @Text(min = 1, max = 20) String code) {}

    private Accepted begin(Call call, Named body) {
        if (!mailing) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "This server sends no mail, so it can't replace a key");
        }
        outbox.requireRoom();
        call.take(Limit.CODE_MAILS, "recovery of " + plain(body.name()));
        recoverable(call, body.name())
                .filter(known -> mailed.restart(known.seq(), CodePurpose.RECOVERY, codes.nonce(), clock.instant()))
                .ifPresent(known -> outbox.wake());
        return new Accepted(true);
    }

    private NewKey confirm(Call call, Code body) {
        String key = ApiKey.generate(random);
        return recoverable(call, body.name())
                .filter(known -> replaced(known.seq(), body.code(), key))
                .flatMap(known -> agents.bySeq(known.seq(), call.baseUrl()))
                .map(known -> new NewKey(OwnAgent.of(known, usage.today(known.seq())), key))
                .orElseThrow(() -> new ApiError(
                                ErrorCode.VERIFICATION_FAILED, "The code is not, or no longer, good for this name")
                        .hint("Check the newest mail, or have another sent: POST /api/v1/agents/recover. A code is good"
                                + " for " + MailedCodeDao.LIFETIME.toMinutes() + " minutes and "
                                + MailedCodes.MOST_ATTEMPTS + " tries."));
    }

    private boolean replaced(long agentSeq, String code, String key) {
        Instant now = clock.instant();
        return mailed.attempt(
                                agentSeq,
                                CodePurpose.RECOVERY,
                                nonce -> codes.matches(CodePurpose.RECOVERY, nonce, code),
                                now,
                                handle -> agents.recover(handle, agentSeq, ApiKey.hash(key), now))
                        .outcome()
                == MailedCodeDao.Outcome.RIGHT;
    }

    private Optional<Account> recoverable(Call call, String name) {
        return agents.named(plain(name), call.baseUrl()).filter(account -> account.status() != Caller.Status.SUSPENDED);
    }

    // By its spelling alone: were it counted by the agent that is found, two spellings would tell whether there is one.
    private static String plain(String name) {
        return (name.startsWith("@") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
    }
}
