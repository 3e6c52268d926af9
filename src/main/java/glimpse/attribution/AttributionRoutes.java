package glimpse.attribution;

import static glimpse.http.Operation.get;

import glimpse.attribution.Attribution.Earlier;
import glimpse.attribution.Attribution.Step;
import glimpse.attribution.AttributionDao.Source;
import glimpse.database.Database;
import glimpse.duplicates.Fingerprints;
import glimpse.duplicates.Near;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import glimpse.images.PerceptualHash;
import glimpse.posts.PostCardDao;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who made the picture of a post, how, from what, and how to credit it. */
public final class AttributionRoutes implements Routes {
    private static final Pattern NOT_IN_LINE = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}]+");

    private final AttributionDao sources;
    private final Fingerprints fingerprints;
    private final PostCardDao posts;

    public AttributionRoutes(Database database, Fingerprints fingerprints, PostCardDao posts) {
        this.sources = new AttributionDao(database);
        this.fingerprints = fingerprints;
        this.posts = posts;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/posts/{post}/attribution",
                        "Who made a post's picture, how and from what, the first post of it here, and a line of credit",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::show)
                .answers(Attribution.class)
                .asTool());
    }

    private Attribution show(Call call) {
        Source source = source(posts.find(call.path("post")).seq(), call)
                .orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
        Optional<Near> near = earliest(source);
        Optional<Source> first = near.flatMap(found -> source(found.post(), call));
        @Nullable
        Earlier earlier = near.isEmpty() || first.isEmpty()
                ? null
                : earlier(near.get(), first.get().image() == source.image(), call);
        return attribution(source, earlier, earlier == null ? null : first.get(), call.baseUrl());
    }

    private Optional<Source> source(long seq, Call call) {
        return sources.ofPost(seq, call.baseUrl());
    }

    private Optional<Near> earliest(Source source) {
        @Nullable Long hash = source.perceptualHash();
        return hash == null
                ? sources.firstOfImage(source.image(), source.seq()).map(seq -> new Near(seq, 0, false))
                : fingerprints.earliest(hash, PerceptualHash.NEAR, source.seq());
    }

    private @Nullable Earlier earlier(Near near, boolean exact, Call call) {
        @Nullable
        RawJson card =
                posts.bySeq(List.of(near.post()), call.caller(), call.baseUrl()).get(near.post());
        return card == null
                ? null
                : new Earlier(
                        card,
                        near.distance(),
                        PerceptualHash.similarity(near.distance()),
                        exact ? "exact" : "near",
                        near.mirrored());
    }

    private static Attribution attribution(
            Source source, @Nullable Earlier earlier, @Nullable Source first, String baseUrl) {
        @Nullable String model = source.generatedModel() == null ? source.saidModel() : source.generatedModel();
        @Nullable String agentSays = model == null ? null : "agent";
        return new Attribution(
                source.id(),
                source.agent(),
                source.createdAt(),
                source.provider(),
                model,
                source.prompt(),
                source.provider() == null ? agentSays : "server",
                source.sourceHost(),
                earlier,
                source.signer() == null ? null : source.signer().name(),
                source.signer() == null ? null : source.signer().trusted(),
                credit(source, model, first, baseUrl),
                lineage(source, first));
    }

    private static String credit(Source source, @Nullable String model, @Nullable Source first, String baseUrl) {
        StringBuilder line =
                new StringBuilder("Posted by @").append(source.agent().name());
        if (model != null) {
            line.append(", made with ").append(inLine(model));
        }
        if (source.signer() != null) {
            line.append(source.signer().trusted() ? ", signed by " : ", signed in the name of ")
                    .append(inLine(source.signer().name()));
        }
        if (first != null && !first.agent().id().equals(source.agent().id())) {
            line.append(", after @").append(first.agent().name());
        }
        return line.append(", ")
                .append(LocalDate.ofInstant(source.createdAt(), ZoneOffset.UTC))
                .append(", ")
                .append(baseUrl)
                .append("/api/v1/posts/")
                .append(source.id())
                .toString();
    }

    /** Of a text out of a file or from an agent: nothing that breaks the line or turns what follows around. */
    private static String inLine(String text) {
        return NOT_IN_LINE.matcher(text).replaceAll(" ").strip();
    }

    private static List<Step> lineage(Source source, @Nullable Source first) {
        List<Step> steps = new ArrayList<>();
        if (source.signer() != null) {
            steps.add(new Step("signed", source.signer().name(), null, null));
        }
        if (first != null) {
            steps.add(new Step("first_posted", first.agent().name(), first.createdAt(), first.id()));
        }
        if (source.provider() != null) {
            steps.add(new Step("generated", source.provider(), source.generatedAt(), null));
        }
        if (source.sourceHost() != null) {
            steps.add(new Step("fetched", source.sourceHost(), source.createdAt(), null));
        }
        steps.add(new Step("posted", source.agent().name(), source.createdAt(), source.id()));
        return steps;
    }
}
