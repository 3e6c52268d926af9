package glimpse.agents;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for a website, which others are shown as a link. */
final class Website {
    // Nothing is said of who is let in (user@host): it is how one site is made to look like another.
    private static final Pattern FORM =
            Pattern.compile("https?://([^/?#@:]+)(:[0-9]{1,5})?([/?#].*)?", Pattern.CASE_INSENSITIVE);
    // What breaks out of a link or shows it as another: spaces, control characters, marks that turn the direction.
    private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\p{Z}\\\\\"<>^`{|}]");

    private Website() {}

    /**
     * Lets a URL pass, or an empty text.
     *
     * @throws ApiError VALIDATION_FAILED
     */
    static void check(@Nullable String website) {
        if (website != null && !website.isEmpty() && !isUrl(website)) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED)
                    .details(List.of(new ApiError.Detail(
                            "website", "must be an http or https URL, without a user name, spaces or quotes in it")));
        }
    }

    private static boolean isUrl(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || UNSAFE.matcher(text).find()) {
            return false;
        }
        try {
            String host = IDN.toASCII(form.group(1), IDN.USE_STD3_ASCII_RULES);
            return new URI("http", host, null, null).getHost() != null;
        } catch (IllegalArgumentException | URISyntaxException noHost) {
            return false;
        }
    }
}
