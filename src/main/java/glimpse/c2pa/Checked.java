package glimpse.c2pa;

import glimpse.c2pa.HardBinding.Outcome;
import glimpse.c2pa.ValidationReport.Finding;
import glimpse.c2pa.ValidationReport.Signer;
import glimpse.c2pa.ValidationReport.State;
import glimpse.c2pa.ValidationReport.TimeStamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manifest and what validating it found. */
final class Checked {
    /**
     * What is used in a manifest.
     *
     * @param manifest its own, where it has one here
     * @param first whether that was met here before anywhere else
     */
    record Used(CborMap assertion, @Nullable Checked manifest, boolean first) {}

    private final Findings findings = new Findings();
    private final List<Finding> inherited = new ArrayList<>();
    private final List<Used> ingredients = new ArrayList<>();
    private final String label;
    private @Nullable Manifest manifest;
    private @Nullable Signer signer;
    private @Nullable Outcome binding;

    Checked(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    Findings findings() {
        return findings;
    }

    /** What is wrong with the ingredients and was not known when they were taken. */
    List<Finding> inherited() {
        return inherited;
    }

    List<Used> ingredients() {
        return ingredients;
    }

    @Nullable
    Manifest manifest() {
        return manifest;
    }

    void manifest(Manifest read) {
        this.manifest = read;
    }

    @Nullable
    Signer signer() {
        return signer;
    }

    void signer(@Nullable Signer found) {
        this.signer = found;
    }

    /** How the picture compares; null where there is nothing to compare. */
    @Nullable
    Outcome binding() {
        return binding;
    }

    void binding(Outcome outcome) {
        this.binding = outcome;
    }

    /** All that is wrong with it. */
    List<Finding> failures() {
        List<Finding> all = new ArrayList<>(findings.failure());
        all.addAll(inherited);
        return all;
    }

    State state() {
        if (Findings.breaks(failures())) {
            return State.INVALID;
        }
        if (binding == Outcome.UNSUPPORTED) {
            return State.WELL_FORMED;
        }
        return signer != null && signer.trusted() ? State.TRUSTED : State.VALID;
    }

    /** Whether it stays valid when the certificate expires; its ingredients' manifests are asked for themselves. */
    boolean durable() {
        return signer != null && signer.timeStamp() == TimeStamp.TRUSTED;
    }
}
