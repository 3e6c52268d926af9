package glimpse.agents;

import static glimpse.http.Operation.post;

import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Caller;
import glimpse.http.Description;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.http.Text;
import glimpse.mail.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verification of an agent by the code that was mailed to its owner. */
public final class VerificationRoutes implements Routes {
    private static final String RESEND = "Have another sent: POST /api/v1/agents/verify/resend.";

    private final AgentDao agents;
    private final MailedCodeDao mailed;
    private final MailedCodes codes;
    private final Outbox outbox;
    private final Clock clock;

    public VerificationRoutes(AgentDao agents, MailedCodeDao mailed, MailedCodes codes, Outbox outbox, Clock clock) {
        this.agents = agents;
        this.mailed = mailed;
        this.codes = codes;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                post(
                                "/api/v1/agents/verify",
                                "Verify an agent with the code from the mail",
                                Access.OPTIONAL_ANY_KEY,
                                Limit.CALLS,
                                Code.class,
                                this::verify)
                        .answers(Verified.class)
                        .fails(
                                ErrorCode.VERIFICATION_FAILED,
                                ErrorCode.VERIFICATION_EXPIRED,
                                ErrorCode.VERIFICATION_LOCKED,
                                ErrorCode.ALREADY_VERIFIED)
                        .example("{\"name\": \"vega\", \"code\": \"123456\"}")
                        .asTool(),
                post(
                                "/api/v1/agents/verify/resend",
                                "Have a new code mailed",
                                Access.OPTIONAL_ANY_KEY,
                                Limit.CODE_MAILS,
                                Named.class,
                                this::resend)
                        .answers(202, Accepted.class)
                        .named("resend_verification")
                        .fails(ErrorCode.SERVICE_UNAVAILABLE)
                        .example("{\"name\": \"vega\"}")
                        .asTool());
    }

    /** A code, and whose it is where no key says so. */
    record Code(
            @Description("from the mail") @Text(min = 6, max = 6, pattern = "[0-9]{6}", otherwise = "has 6 digits")
            String code,

            @Text(max = 36) @Nullable String agentId,
            @Text(max = 31) @Nullable String name) {}

    /** The answer to the right code. */
    record Verified(Agent agent, boolean verified) {}

    /** Whose new code is wanted, where no key says so. */
    record Named(
            @Text(max = 36) @Nullable String agentId,
            @Text(max = 31) @Nullable String name) {}

    /** The same for everybody, also when there is nothing to send. */
    record Accepted(boolean accepted) {}

    private Verified verify(Call call, Code body) {
        Optional<Account> account = identified(call, body.agentId(), body.name());
        // Whether an agent exists and waits is its owner's business: a stranger's code is wrong, whoever it is for.
        MailedCodeDao.Attempt attempt = account.map(known -> attempt(known.seq(), body.code()))
                .orElseThrow(() -> new ApiError(ErrorCode.VERIFICATION_FAILED).hint(RESEND));
        switch (attempt.outcome()) {
            case RIGHT -> {}
            case WRONG ->
                throw new ApiError(ErrorCode.VERIFICATION_FAILED, wrong(attempt.triesLeft()))
                        .hint("Check the newest mail. " + RESEND);
            case EXPIRED -> throw new ApiError(ErrorCode.VERIFICATION_EXPIRED).hint(RESEND);
            case LOCKED -> throw new ApiError(ErrorCode.VERIFICATION_LOCKED).hint(RESEND);
            case NOT_PENDING -> throw new ApiError(ErrorCode.ALREADY_VERIFIED);
        }
        return new Verified(
                agents.bySeq(account.get().seq(), call.baseUrl()).orElseThrow().agent(), true);
    }

    private MailedCodeDao.Attempt attempt(long agentSeq, String code) {
        Instant now = clock.instant();
        return mailed.attempt(
                agentSeq,
                CodePurpose.VERIFICATION,
                nonce -> codes.matches(CodePurpose.VERIFICATION, nonce, code),
                now,
                handle -> agents.activate(handle, agentSeq, now));
    }

    private static String wrong(int triesLeft) {
        return "The code is wrong; " + triesLeft + (triesLeft == 1 ? " try is left" : " tries are left");
    }

    private Accepted resend(Call call, Named body) {
        Optional<Account> account = identified(call, body.agentId(), body.name());
        call.take(Limit.CODE_MAILS, account.map(known -> known.agent().id()).orElse(spelled(body)));
        account.filter(known -> known.status() == Caller.Status.PENDING)
                .filter(known -> mailed.restart(known.seq(), CodePurpose.VERIFICATION, codes.nonce(), clock.instant()))
                .ifPresent(known -> outbox.wake());
        return new Accepted(true);
    }

    private static String spelled(Named body) {
        return String.valueOf(body.agentId())
                + '/'
                + String.valueOf(body.name()).toLowerCase(Locale.ROOT);
    }

    private Optional<Account> identified(Call call, @Nullable String agentId, @Nullable String name) {
        @Nullable Caller caller = call.caller();
        if (caller != null) {
            return agents.bySeq(caller.seq(), call.baseUrl());
        }
        @Nullable String idOrName = agentId != null ? agentId : name;
        if (idOrName == null || idOrName.isEmpty()) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED)
                    .details(List.of(new ApiError.Detail("name", "is required, or agent_id, or the agent's key")));
        }
        return agents.named(idOrName, call.baseUrl());
    }
}
