package glimpse.mail;

/**
 * A mail, in both forms.
 *
 * @param code the code it carries, which a sandbox shows as a field of its own
 */
public record Message(String to, String subject, String text, String html, String code) {}
