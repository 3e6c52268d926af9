package glimpse.http;

import glimpse.secrets.MasterKey;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key}: a request that is sent again gets the first answer again. An answer can hold an API key, so it
 * is kept sealed under a key that the client's own is a part of.
 */
final class Idempotency {
    private static final String HEADER = "Idempotency-Key";
    private static final String PURPOSE = "idempotent-answer";
    private static final int LONGEST_KEY = 255;

    /** The answer to a request, as far as it is repeated. */
    record Answer(int status, @Nullable String location, byte[] body) {}

    private final IdempotentAnswers answers;
    private final MasterKey masterKey;

    Idempotency(IdempotentAnswers answers, MasterKey masterKey) {
        this.answers = answers;
        this.masterKey = masterKey;
    }

    /** One request with a key. */
    final class Attempt {
        private final byte[] caller;
        private final byte[] secret;
        private final byte[] keyHash;
        private boolean open = true;

        private Attempt(byte[] scope, byte[] secret) {
            this.caller = masterKey.derive("idempotency-caller", scope); // it may be an address
            this.secret = secret;
            this.keyHash = masterKey.derive("idempotency-key", secret);
        }

        void finish(Answer answer) {
            open = false;
            answers.finish(keyHash, masterKey.seal(Json.bytes(answer), PURPOSE, secret));
        }

        /** Forgets the attempt if it was not finished. */
        void end() {
            if (open) {
                answers.abandon(keyHash);
            }
        }

        private @Nullable Answer begin(byte[] fingerprint) {
            Optional<IdempotentAnswers.Earlier> earlier = answers.begin(caller, keyHash, fingerprint);
            if (earlier.isEmpty()) {
                return null;
            }
            open = false;
            if (!Arrays.equals(earlier.get().requestHash(), fingerprint)) {
                throw new ApiError(ErrorCode.IDEMPOTENCY_KEY_REUSED)
                        .hint("Send a new Idempotency-Key with every new request.");
            }
            byte[] sealed = earlier.get()
                    .sealedAnswer()
                    .orElseThrow(() -> new ApiError(
                                    ErrorCode.CONFLICT, "A request with this Idempotency-Key is not answered yet")
                            .hint("Try again in a moment; if it stays so, the server stopped in the middle of it:"
                                    + " see whether it took effect, then use a new key.")
                            .retryAfter(Duration.ofSeconds(1)));
            try {
                return Json.MAPPER.readValue(masterKey.open(sealed, PURPOSE, secret), Answer.class);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    /** What to do with a request: go on, with an attempt to finish, or repeat an answer. */
    record Begun(@Nullable Attempt attempt, @Nullable Answer replay) {}

    /** Whether a request can be the repetition of an earlier one. */
    static boolean mayReplay(Operation operation, Context context) {
        return operation.creates() && context.header(HEADER) != null;
    }

    /** @param scope whose keys are told apart: the agent, or the address of a call without one */
    Begun begin(Context context, Operation operation, String scope, byte[] fingerprint) {
        @Nullable String key = context.header(HEADER);
        if (key == null || !mayReplay(operation, context)) {
            return new Begun(null, null);
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ApiError(ErrorCode.INVALID_PARAMETER, HEADER + " must have 1 to " + LONGEST_KEY + " characters");
        }
        String secret = scope + '\n' + operation.path() + '\n' + key;
        Attempt attempt = new Attempt(utf8(scope), utf8(secret));
        @Nullable Answer replay = attempt.begin(fingerprint);
        return replay == null ? new Begun(attempt, null) : new Begun(null, replay);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
