package glimpse.c2pa;

import glimpse.c2pa.ValidationReport.Fallback;
import glimpse.c2pa.ValidationReport.Finding;
import glimpse.c2pa.ValidationReport.Integrity;
import glimpse.c2pa.ValidationReport.State;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and validates the content credentials of a picture. Whatever the bytes are, it ends in a report, and soon; only
 * a file that can't be read from disk ends as {@link UncheckedIOException}. For any number of threads at once.
 */
public final class ManifestValidator {
    private final TrustAnchors anchors;

    /** Believes these authorities. */
    public ManifestValidator(TrustAnchors anchors) {
        this.anchors = anchors;
    }

    /** Validates as of a time: certificates expire, so an earlier result is not wrong when a later one differs. */
    public Validation validate(Asset asset, Instant now) {
        Found found = ManifestLocator.locate(asset);
        EmbeddedText text = new EmbeddedText(found);
        Fallback fallback = text.fallback();
        String remote = text.remoteManifestUrl();
        Found.Store store = found.store();
        if (store == null) {
            return new Validation(none(found, now, fallback, remote), null, false);
        }
        try {
            StoreValidator validator = new StoreValidator(asset, store, anchors, now);
            Checked active = validator.active();
            ValidationReport report = ReportWriter.of(active, now, fallback, remote);
            return new Validation(report, store.bytes(), validator.durable());
        } catch (UncheckedIOException disk) {
            throw disk;
        } catch (RuntimeException | StackOverflowError hostile) {
            String reason = hostile instanceof MalformedException malformed ? malformed.getMessage() : null;
            return new Validation(unreadable(reason, now, fallback, remote), null, false);
        }
    }

    private static ValidationReport none(Found found, Instant now, Fallback fallback, @Nullable String remote) {
        List<Finding> informational = new ArrayList<>();
        if (found.storeTooLong()) {
            informational.add(new Finding("manifest.inaccessible", null, "the manifest store is too long to be read"));
        } else if (found.stores() > 1) {
            informational.add(new Finding("manifest.inaccessible", null, "there are several manifest stores"));
        }
        if (remote != null) {
            informational.add(new Finding("manifest.inaccessible", remote, "remote manifests are not fetched"));
        }
        return empty(State.NONE, now, informational, List.of(), fallback, remote);
    }

    private static ValidationReport unreadable(
            @Nullable String reason, Instant now, Fallback fallback, @Nullable String remote) {
        Finding failure = new Finding("general.error", null, reason);
        return empty(State.INVALID, now, List.of(), List.of(failure), fallback, remote);
    }

    private static ValidationReport empty(
            State state,
            Instant now,
            List<Finding> informational,
            List<Finding> failure,
            Fallback fallback,
            @Nullable String remote) {
        return new ValidationReport(
                state,
                now,
                Integrity.UNKNOWN,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                informational,
                failure,
                fallback,
                remote);
    }
}
