package glimpse.c2pa;

import glimpse.c2pa.ValidationReport.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What validating one manifest found. As many are kept as a reader can use, but a failure is never dropped wholly. */
final class Findings {
    private static final int MOST = 200; // of each kind

    private final List<Finding> success = new ArrayList<>();
    private final List<Finding> informational = new ArrayList<>();
    private final List<Finding> failure = new ArrayList<>();

    void succeed(String code, String url) {
        add(success, new Finding(code, Texts.cut(url), null));
    }

    void inform(String code, String url, @Nullable String explanation) {
        add(informational, new Finding(code, Texts.cut(url), explanation));
    }

    void fail(String code, String url, @Nullable String explanation) {
        fail(new Finding(code, Texts.cut(url), explanation));
    }

    void fail(Finding finding) {
        add(failure, finding);
    }

    private static void add(List<Finding> findings, Finding finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        }
    }

    List<Finding> success() {
        return success;
    }

    List<Finding> informational() {
        return informational;
    }

    List<Finding> failure() {
        return failure;
    }

    boolean failed(String code) {
        return failure.stream().anyMatch(finding -> finding.code().equals(code));
    }

    /** Whether something is wrong beyond the signer being unknown. */
    static boolean breaks(List<Finding> failure) {
        return failure.stream().anyMatch(finding -> !finding.code().equals(Finding.UNTRUSTED));
    }
}
