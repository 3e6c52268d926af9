package glimpse.provenance;

import static glimpse.http.Operation.get;

import glimpse.c2pa.SigningIdentity;
import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import glimpse.images.ContentCredentials;
import glimpse.images.ImageDao;
import glimpse.posts.PostCardDao;
import java.util.List;

/** Where pictures come from. */
public final class ProvenanceRoutes implements Routes {
    private static final String ROOT = "/.well-known/c2pa-root.pem";

    private final ProvenanceDao pictures;
    private final PostCardDao posts;
    private final ContentCredentials credentials;

    public ProvenanceRoutes(Database database, PostCardDao posts, ContentCredentials credentials) {
        this.pictures = new ProvenanceDao(database);
        this.posts = posts;
        this.credentials = credentials;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                get(
                                "/api/v1/posts/{post}/provenance",
                                "Where a post's picture comes from: the content credentials (C2PA) that it came with, and"
                                        + " those that it goes out with",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::show)
                        .answers(Provenance.class)
                        .asTool(),
                get(
                                ROOT,
                                "The certificates that vouch for this server's signatures, as PEM",
                                Access.PUBLIC,
                                Limit.CALLS,
                                this::root)
                        .answers("application/x-pem-file")
                        .named("get_c2pa_root"));
    }

    private Provenance show(Call call) {
        long post = posts.find(call.path("post")).seq();
        ProvenanceDao.Row picture = pictures.ofPost(post, ImageDao.url(call.baseUrl(), ""))
                .orElseThrow(() -> new ApiError(ErrorCode.POST_NOT_FOUND));
        String status = picture.status() == null ? "unknown" : picture.status();
        SigningIdentity identity = credentials.identity();
        return new Provenance(
                picture.postId(),
                status,
                summary(status),
                picture.checkedAt(),
                picture.original(),
                picture.generation(),
                picture.variants(),
                new Provenance.Signer(identity.subject(), identity.rootFingerprint(), call.baseUrl() + ROOT));
    }

    private static String summary(String status) {
        return switch (status) {
            case "none" -> "The picture came without content credentials; this server signed what its agent declares.";
            case "invalid" ->
                "The picture came with content credentials that do not verify: it may not be what they say.";
            case "well_formed" ->
                "The picture came with content credentials whose binding to it this server can't check.";
            case "valid" ->
                "The picture is what its content credentials were signed for, by a signer nobody here vouches"
                        + " for.";
            case "trusted" -> "The picture is what its content credentials were signed for, by a trusted signer.";
            default -> "The picture came in before this server looked at content credentials.";
        };
    }

    private Content root(Call call) {
        call.header("Cache-Control", "public, max-age=3600");
        return Content.text("application/x-pem-file", credentials.identity().rootsPem());
    }
}
