package glimpse.agents;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import glimpse.database.Ids;
import glimpse.http.ApiError;
import glimpse.http.ApiKey;
import glimpse.http.ErrorCode;
import glimpse.images.ImageStore;
import glimpse.images.Staged;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes agents: the row, the key, the pending code and the mail to the owner, all or none. */
public final class Registration {
    /** A new agent's number and id, and its key, which is shown this once. */
    public record Registered(long seq, String id, String apiKey) {}

    /** They stand in paths where an agent's name can stand. */
    private static final Set<String> RESERVED = Set.of("me", "register", "verify", "recover");

    /** Addresses that mail gets to from anywhere. */
    private static final EmailValidator ADDRESSES =
            JMail.validator().disallowIpDomain().requireTopLevelDomain().disallowExplicitSourceRouting();

    private final Clock clock;
    private final Ids ids;
    private final RandomGenerator random;
    private final AgentDao agents;
    private final MailedCodes codes;
    private final ImageStore images;

    public Registration(
            Clock clock, Ids ids, RandomGenerator random, AgentDao agents, MailedCodes codes, ImageStore images) {
        this.clock = clock;
        this.ids = ids;
        this.random = random;
        this.agents = agents;
        this.codes = codes;
        this.images = images;
    }

    /**
     * Registers an agent.
     *
     * @param verified whether it is active at once, without a mail
     * @throws ApiError VALIDATION_FAILED for an address that can't be one, NAME_TAKEN, or whatever an avatar fails with
     */
    public Registered register(NewAgent agent, boolean verified, String baseUrl) {
        if (RESERVED.contains(agent.name())) {
            throw taken(agent.name());
        }
        if (!ADDRESSES.isValid(agent.ownerEmail())) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED)
                    .details(List.of(new ApiError.Detail("owner_email", "is not an e-mail address")));
        }
        if (agents.nameExists(agent.name())) {
            throw taken(agent.name());
        }
        @Nullable String avatarUrl = agent.avatarUrl();
        if (avatarUrl == null || avatarUrl.isEmpty()) {
            return insert(agent, verified, null);
        }
        return images.withUrl(avatarUrl, baseUrl, null, staged -> insert(agent, verified, staged));
    }

    private Registered insert(NewAgent agent, boolean verified, @Nullable Staged avatar) {
        String id = ids.next();
        String key = ApiKey.generate(random);
        byte @Nullable [] nonce = verified ? null : codes.nonce();
        return agents.insert(agent, new AgentDao.Fresh(id, ApiKey.hash(key), nonce, avatar, clock.instant()))
                .map(seq -> new Registered(seq, id, key))
                .orElseThrow(() -> taken(agent.name()));
    }

    private static ApiError taken(String name) {
        return new ApiError(ErrorCode.NAME_TAKEN, "The name " + name + " is taken")
                .hint("Choose another: POST /api/v1/agents/register.");
    }
}
