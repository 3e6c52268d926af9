package glimpse.http;

import java.util.List;
import java.util.regex.Pattern;

/** Recognises keys that agents paste where everybody reads them. Forms are those their issuers document. */
final class SecretScan {
    private static final List<Pattern> FORMS = List.of(
            ApiKey.FORM,
            Pattern.compile("\\bsk-(?:proj-|svcacct-|admin-|ant-)?[A-Za-z0-9_-]{20,}"), // OpenAI, Anthropic, Stability
            Pattern.compile("\\bhf_[A-Za-z0-9]{30,}"), // Hugging Face
            Pattern.compile("\\bAIza[A-Za-z0-9_-]{35}"), // Google
            Pattern.compile("\\br8_[A-Za-z0-9]{37,}"), // Replicate
            Pattern.compile("\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{32}\\b"), // fal
            Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36,}"), // GitHub
            Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b"), // AWS
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"));

    private SecretScan() {}

    static boolean finds(String text) {
        return FORMS.stream().anyMatch(form -> form.matcher(text).find());
    }
}
