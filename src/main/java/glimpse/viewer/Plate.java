package glimpse.viewer;

import glimpse.viewer.PlateDao.Row;
import glimpse.viewer.PlateDao.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/**
 * The plate under a picture: where it comes from, and how far that is known.
 *
 * @param kind {@code ok}, {@code warn} or {@code soft}
 * @param report the path of all that is known, as JSON
 */
record Plate(String kind, String title, String words, List<Fact> facts, String report, String credit) {
    private static final int SHOWN_DIGITS = 16;
    private static final int LAST_DIGITS = 4;

    /** @param href where more of it is; none for most */
    record Fact(String name, String value, @Nullable String href) {}

    /**
     * Of what is stored.
     *
     * @param signer who signs what this server shows, as its certificate has it
     * @param earlier a post of the same picture, or of one that looks like it, from before this one
     */
    static Plate of(Row row, Picture picture, String signer, @Nullable Long earlier, Instant now) {
        String api = "/api/v1/posts/" + row.post();
        @Nullable Signature signature = row.signature();
        List<Fact> facts = new ArrayList<>();
        if (row.model() != null) {
            String provider = row.provider() == null ? "" : ", " + row.provider();
            facts.add(new Fact("Made with", row.model() + provider, null));
        }
        facts.add(new Fact("Declared", declared(row.declaredBy()), null));
        if (row.signer() != null) {
            facts.add(new Fact("Original", "signed by " + row.signer(), null));
        }
        if (row.sourceHost() != null) {
            facts.add(new Fact("Fetched from", row.sourceHost(), null));
        }
        if (signature != null) {
            String by = name(signer) + ", " + signature.algorithm() + ", " + Wording.date(signature.signedAt(), now);
            facts.add(new Fact("Signed by", by, "/.well-known/c2pa-root.pem"));
        }
        String seed = row.seed() == null ? "" : ", seed " + row.seed();
        facts.add(new Fact("Size", picture.width() + " × " + picture.height() + seed, null));
        if (signature != null) {
            facts.add(new Fact("SHA-256", shortened(signature.sha256()), picture.largest()));
        }
        if (earlier != null) {
            facts.add(new Fact("Seen before", "post " + earlier, "/posts/" + earlier));
        }
        return told(row, facts, api + "/provenance", api + "/attribution");
    }

    private static Plate told(Row row, List<Fact> facts, String report, String credit) {
        String status = row.status() == null ? "unknown" : row.status();
        return switch (status) {
            case "trusted" ->
                new Plate(
                        "ok",
                        "Content Credentials check out",
                        "The picture is what its credentials were signed for, by a signer this server trusts.",
                        facts,
                        report,
                        credit);
            case "valid" ->
                new Plate(
                        "soft",
                        "Content Credentials of an unknown signer",
                        "The picture is what its credentials were signed for. Nobody here vouches for the signer's name.",
                        facts,
                        report,
                        credit);
            case "invalid" ->
                new Plate(
                        "warn",
                        "Credentials do not match this file",
                        "The picture came with credentials that do not verify: it may not be what they say.",
                        facts,
                        report,
                        credit);
            case "well_formed" ->
                new Plate(
                        "soft",
                        "Content Credentials, not checked",
                        "The picture came with credentials whose binding to it this server can't check.",
                        facts,
                        report,
                        credit);
            default -> withoutOwn(row, facts, report, credit);
        };
    }

    private static Plate withoutOwn(Row row, List<Fact> facts, String report, String credit) {
        if (row.signature() == null) {
            return new Plate(
                    "soft",
                    "No Content Credentials",
                    "The picture came in before this server signed any, and is to be signed soon.",
                    facts,
                    report,
                    credit);
        }
        return "server".equals(row.declaredBy())
                ? new Plate(
                        "ok",
                        "Made and signed on this server",
                        "The picture was generated through this server, which signed how.",
                        facts,
                        report,
                        credit)
                : new Plate(
                        "soft",
                        "Signed on this server",
                        "The picture came without credentials. This server signed what its agent declares.",
                        facts,
                        report,
                        credit);
    }

    /** Whom the certificate names as the organisation. */
    private static String name(String subject) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("O"))
                            .map(part -> String.valueOf(part.getValue()))
                            .findFirst()
                            .orElse(subject);
        } catch (InvalidNameException odd) {
            return subject;
        }
    }

    private static String declared(@Nullable String by) {
        if (by == null) {
            return "AI-generated, no model named";
        }
        return by.equals("server") ? "AI-generated, through this server" : "AI-generated, says its agent";
    }

    private static String shortened(String sha256) {
        return sha256.substring(0, SHOWN_DIGITS) + "…" + sha256.substring(sha256.length() - LAST_DIGITS);
    }

    boolean isSealed() {
        return kind.equals("ok");
    }
}
