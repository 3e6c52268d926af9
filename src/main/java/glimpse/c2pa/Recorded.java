package glimpse.c2pa;

import glimpse.c2pa.ValidationReport.Finding;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a claim says was known to be wrong with an ingredient: that makes an old fault no new one. */
final class Recorded {
    private static final String URL = "self#jumbf=";

    private final Set<Finding> failures = new HashSet<>();
    private final String ingredient;

    private Recorded(String ingredient) {
        this.ingredient = ingredient;
    }

    /**
     * The failures that an ingredient assertion names, in any of its three versions.
     *
     * @param ingredient the label of its manifest, from which short addresses count
     */
    static Set<Finding> in(CborMap assertion, String ingredient) {
        Recorded recorded = new Recorded(ingredient);
        assertion.maps("validationStatus").forEach(recorded::add);
        CborMap results = assertion.map("validationResults");
        if (results != null) {
            recorded.addAll(results.map("activeManifest"));
            results.maps("ingredientDeltas").forEach(delta -> recorded.addAll(delta.map("validationDeltas")));
        }
        return recorded.failures;
    }

    private void addAll(@Nullable CborMap results) {
        if (results != null) {
            results.maps("failure").forEach(this::add);
        }
    }

    private void add(CborMap status) {
        String code = status.text("code");
        String url = status.text("url");
        if (code != null && url != null) {
            boolean complete = url.startsWith(URL + "/");
            String path = url.startsWith(URL) ? url.substring(URL.length()) : url;
            failures.add(new Finding(code, Texts.cut(complete ? url : URL + "/c2pa/" + ingredient + "/" + path), null));
        }
    }
}
