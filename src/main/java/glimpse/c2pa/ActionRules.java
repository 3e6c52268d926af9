package glimpse.c2pa;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the list of actions of a claim of version 2 has to be like (C2PA 2.2, section 15.10.3.2.3). */
final class ActionRules {
    static final String[] LABELS = {"c2pa.actions", "c2pa.actions.v2"};
    private static final String MALFORMED = "assertion.action.malformed";
    private static final String MISMATCH = "assertion.action.ingredientMismatch";
    private static final String PARENT = "parentOf";
    private static final String COMPONENT = "componentOf";

    private final Manifest manifest;
    private final Findings findings;
    private final Map<String, String> relationships;

    private ActionRules(Manifest manifest, Findings findings, Map<String, String> relationships) {
        this.manifest = manifest;
        this.findings = findings;
        this.relationships = relationships;
    }

    /**
     * Adds what it finds.
     *
     * @param relationships of the ingredients, by the path of their assertion
     */
    static void check(Manifest manifest, Findings findings, Map<String, String> relationships) {
        new ActionRules(manifest, findings, relationships).check();
    }

    private void check() {
        List<Jumbf.Box> assertions = manifest.declared(LABELS);
        if (assertions.isEmpty() && !manifest.isUpdate()) {
            findings.fail(MALFORMED, manifest.url(manifest.claimBox()), "no action says where the picture comes from");
        }
        boolean first = true;
        for (Jumbf.Box assertion : assertions) {
            String url = "self#jumbf=" + manifest.assertionPath(assertion.label());
            List<?> actions = manifest.content(assertion).list("actions");
            if (actions.isEmpty()) {
                findings.fail(MALFORMED, url, "no actions");
            }
            for (Object action : actions) {
                String name = action instanceof CborMap map ? map.text("action") : null;
                if (!(action instanceof CborMap map) || name == null) {
                    findings.fail(MALFORMED, url, "an action without a name");
                    continue;
                }
                boolean inception = name.equals("c2pa.created") || name.equals("c2pa.opened");
                if (inception != first && !(first && manifest.isUpdate())) {
                    findings.fail(MALFORMED, url, "the first action, and no other, is created or opened");
                }
                first = false;
                check(map, name, url);
            }
        }
    }

    private void check(CborMap action, String name, String url) {
        CborMap parameters = action.map("parameters");
        List<?> references = parameters == null ? List.of() : parameters.list("ingredients");
        Set<String> named = new HashSet<>();
        boolean resolved = references.stream().allMatch(reference -> resolves(reference, named));
        if (!resolved) {
            findings.fail(MISMATCH, url, name + " names an ingredient that is not there");
            return;
        }
        switch (name) {
            case "c2pa.created" -> {
                if (action.text("digitalSourceType") == null) {
                    findings.fail(MALFORMED, url, "created without a digital source type");
                }
            }
            case "c2pa.opened" -> {
                if (references.size() != 1 || !named.equals(Set.of(PARENT))) {
                    findings.fail(MISMATCH, url, "opened needs the one parent");
                }
            }
            case "c2pa.placed", "c2pa.removed" -> {
                if (!named.equals(Set.of(COMPONENT))) {
                    findings.fail(MISMATCH, url, name + " needs components");
                }
            }
            case "c2pa.transcoded", "c2pa.repackaged" -> {
                if (!references.isEmpty() && !named.equals(Set.of(PARENT))) {
                    findings.fail(MISMATCH, url, name + " is done to the parent");
                }
            }
            case "c2pa.redacted" -> {
                if (!redacts(parameters)) {
                    findings.fail("assertion.action.redactionMismatch", url, null);
                }
            }
            default -> {
                // no rule
            }
        }
    }

    private boolean resolves(Object reference, Set<String> named) {
        Manifest.HashedUri uri = reference instanceof CborMap map ? manifest.uri(map) : null;
        String relationship = uri == null ? null : relationships.get(uri.path());
        if (relationship == null) {
            return false;
        }
        named.add(relationship);
        return true;
    }

    private boolean redacts(@Nullable CborMap parameters) {
        String redacted = parameters == null ? null : parameters.text("redacted");
        return redacted != null
                && manifest.claim().list("redacted_assertions").stream()
                        .anyMatch(path -> path instanceof String text && text.equals(redacted));
    }
}
