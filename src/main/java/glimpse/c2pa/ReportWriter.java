package glimpse.c2pa;

import glimpse.c2pa.HardBinding.Outcome;
import glimpse.c2pa.ValidationReport.Action;
import glimpse.c2pa.ValidationReport.AiDisclosure;
import glimpse.c2pa.ValidationReport.Fallback;
import glimpse.c2pa.ValidationReport.Ingredient;
import glimpse.c2pa.ValidationReport.Integrity;
import glimpse.c2pa.ValidationReport.State;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what a validated manifest says, in a bounded number of words. */
final class ReportWriter {
    private static final int MOST_ACTIONS = 50;
    private static final int MOST_INGREDIENTS = 100; // in the whole tree

    private int ingredientsLeft = MOST_INGREDIENTS;

    private ReportWriter() {}

    static ValidationReport of(Checked active, Instant now, Fallback fallback, @Nullable String remoteManifestUrl) {
        return new ReportWriter().report(active, now, fallback, remoteManifestUrl);
    }

    private ValidationReport report(
            Checked active, Instant now, Fallback fallback, @Nullable String remoteManifestUrl) {
        Manifest manifest = active.manifest();
        List<Action> actions = actions(active);
        return new ValidationReport(
                active.state(),
                now,
                integrity(active),
                active.signer(),
                Texts.cut(active.label()),
                manifest == null ? null : manifest.version(),
                generator(active),
                sourceType(actions),
                actions,
                actions.stream()
                        .map(Action::softwareAgent)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                disclosure(manifest),
                ingredients(active),
                List.copyOf(active.findings().success()),
                List.copyOf(active.findings().informational()),
                active.failures(),
                fallback,
                remoteManifestUrl);
    }

    // A hash that matches tells something only where the manifest that holds it is whole. Who signed it may be unknown.
    private static Integrity integrity(Checked active) {
        if (active.binding() == Outcome.MISMATCH) {
            return Integrity.MODIFIED;
        }
        boolean whole = active.findings().failure().stream()
                .allMatch(finding -> finding.code().startsWith("signingCredential."));
        return active.binding() == Outcome.MATCH && whole ? Integrity.INTACT : Integrity.UNKNOWN;
    }

    private static @Nullable String generator(Checked checked) {
        Manifest manifest = checked.manifest();
        return manifest == null ? null : Texts.cutOrNull(manifest.generator());
    }

    private static List<Action> actions(Checked checked) {
        Manifest manifest = checked.manifest();
        if (manifest == null || checked.findings().failed("assertion.cbor.invalid")) {
            return List.of();
        }
        return manifest.declared(ActionRules.LABELS).stream()
                .flatMap(assertion -> manifest.content(assertion).maps("actions").stream())
                .limit(MOST_ACTIONS)
                .flatMap(action -> action(action).stream())
                .toList();
    }

    private static Optional<Action> action(CborMap action) {
        String name = action.text("action");
        CborMap parameters = action.map("parameters");
        String description = action.text("description");
        if (description == null && parameters != null) {
            description = parameters.text("description");
        }
        return name == null
                ? Optional.empty()
                : Optional.of(new Action(
                        Texts.cut(name),
                        Texts.cutOrNull(action.time("when")),
                        Texts.cutOrNull(software(action)),
                        Texts.cutOrNull(action.text("digitalSourceType")),
                        Texts.cutOrNull(description)));
    }

    /** A text once, later a name and a version. */
    private static @Nullable String software(CborMap action) {
        CborMap agent = action.map("softwareAgent");
        String name = agent == null ? action.text("softwareAgent") : agent.text("name");
        String version = agent == null ? null : agent.text("version");
        return name == null || version == null ? name : name + " " + version;
    }

    private static @Nullable String sourceType(List<Action> actions) {
        return actions.stream()
                .map(Action::digitalSourceType)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable AiDisclosure disclosure(@Nullable Manifest manifest) {
        Jumbf.Box assertion = manifest == null
                ? null
                : manifest.declared("c2pa.ai-disclosure").stream().findFirst().orElse(null);
        if (manifest == null || assertion == null) {
            return null;
        }
        try {
            CborMap content = manifest.content(assertion);
            CborMap profile = content.map("contentProfile");
            return new AiDisclosure(
                    Texts.cutOrNull(content.text("modelType")),
                    Texts.cutOrNull(content.text("modelName")),
                    profile == null ? null : Texts.cutOrNull(profile.text("humanOversightLevel")));
        } catch (MalformedException malformed) {
            return null;
        }
    }

    private List<Ingredient> ingredients(Checked checked) {
        return checked.ingredients().stream()
                .flatMap(used -> ingredientsLeft-- > 0 ? Stream.of(ingredient(used)) : Stream.empty())
                .toList();
    }

    private Ingredient ingredient(Checked.Used used) {
        CborMap assertion = used.assertion();
        Checked of = used.manifest();
        List<Action> actions = of == null ? List.of() : actions(of);
        return new Ingredient(
                Texts.cutOrNull(assertion.text("dc:title")),
                Texts.cutOrNull(assertion.text("dc:format")),
                Texts.cutOrNull(assertion.text("relationship")),
                of == null ? null : Texts.cut(of.label()),
                of == null ? State.NONE : of.state(),
                of == null ? null : of.signer(),
                of == null ? null : generator(of),
                sourceType(actions),
                actions,
                of == null || !used.first() ? List.of() : ingredients(of));
    }
}
