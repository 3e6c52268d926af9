package glimpse.c2pa;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a picture says of where it comes from, and what of that could be verified. All text comes out of the file, is
 * cut to a bounded length and is to be trusted like the file.
 *
 * @param activeManifest its label
 * @param success codes of the C2PA specification, section 15.2; so are informational and failure
 * @param remoteManifestUrl where a manifest is said to lie; never fetched
 */
public record ValidationReport(
        State state,
        Instant checkedAt,
        Integrity integrity,
        @Nullable Signer signer,
        @Nullable String activeManifest,
        @Nullable Integer claimVersion,
        @Nullable String claimGenerator,
        @Nullable String digitalSourceType,
        List<Action> actions,
        List<String> softwareAgents,
        @Nullable AiDisclosure aiDisclosure,
        List<Ingredient> ingredients,
        List<Finding> success,
        List<Finding> informational,
        List<Finding> failure,
        Fallback fallback,
        @Nullable String remoteManifestUrl) {

    /** How far a manifest can be relied on, from worst to best. */
    public enum State {
        /** No manifest. */
        NONE,
        /** Something in it does not verify. */
        INVALID,
        /** Nothing in it is wrong, but it is bound to the picture in a way that is not checked here. */
        WELL_FORMED,
        /** Everything verifies; who signed it is known by their word only. */
        VALID,
        /** Everything verifies, and one of the trust anchors vouches for the signer. */
        TRUSTED
    }

    /** Whether the picture is still what was signed. */
    public enum Integrity {
        INTACT,
        MODIFIED,
        UNKNOWN
    }

    /** Whether a time-stamp says when it was signed, and whether one of the trust anchors vouches for it. */
    public enum TimeStamp {
        NONE,
        UNTRUSTED,
        TRUSTED
    }

    /**
     * Who signed, after their certificate.
     *
     * @param name the organisation
     * @param algorithm such as ES256
     * @param signedAt by the time-stamp
     */
    public record Signer(
            @Nullable String name,
            @Nullable String commonName,
            @Nullable String issuer,
            String algorithm,
            boolean trusted,
            Instant notAfter,
            @Nullable Instant signedAt,
            TimeStamp timeStamp) {}

    /** One step of what was done to the picture. */
    public record Action(
            String action,
            @Nullable String when,
            @Nullable String softwareAgent,
            @Nullable String digitalSourceType,
            @Nullable String description) {}

    /** What the manifest tells of the model that made the picture. */
    public record AiDisclosure(
            @Nullable String modelType,
            @Nullable String modelName,
            @Nullable String humanOversightLevel) {}

    /**
     * What the picture was made of or from.
     *
     * @param relationship parentOf, componentOf or inputTo
     * @param manifest the label of its own manifest
     * @param state of its own manifest; NONE where it has none here
     * @param ingredients empty also where they have been named elsewhere in the tree
     */
    public record Ingredient(
            @Nullable String title,
            @Nullable String format,
            @Nullable String relationship,
            @Nullable String manifest,
            State state,
            @Nullable Signer signer,
            @Nullable String claimGenerator,
            @Nullable String digitalSourceType,
            List<Action> actions,
            List<Ingredient> ingredients) {}

    /** One result of validation. */
    public record Finding(
            String code, @Nullable String url, @Nullable String explanation) {
        /** Says that the signer is unknown, which alone makes nothing invalid. */
        public static final String UNTRUSTED = "signingCredential.untrusted";
    }

    /**
     * What is not signed, and can be put in and taken out by anyone.
     *
     * @param iptcDigitalSourceType out of XMP
     * @param credit out of XMP or IPTC-IIM
     * @param pngTextKeys keys of text that generators leave in PNG files, such as {@code parameters} or {@code workflow}
     * @param generator which generators leave such keys
     */
    public record Fallback(
            @Nullable String iptcDigitalSourceType,
            @Nullable String credit,
            @Nullable String creatorTool,
            List<String> pngTextKeys,
            @Nullable String generator) {}

    public boolean hasManifest() {
        return state != State.NONE;
    }
}
