package glimpse.images.fetch;

import glimpse.http.AddressLiteral;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The rules that the text of a foreign URL must keep before its host is looked up. */
final class ForeignUrl {
    private static final int MAX_LENGTH = 2_048; // characters

    private static final Pattern WEB = Pattern.compile("https?://[^/?#]", Pattern.CASE_INSENSITIVE);
    // Parsers disagree on these (a backslash is a slash to some), and disagreement is how checks are slipped past.
    private static final Pattern UNSAFE = Pattern.compile("[\\x00-\\x20\\x7f\\\\]");
    // The WHATWG URL standard's "ends in a number": what C libraries read as an address, such as 127.1 or 0x7f.1.
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private ForeignUrl() {}

    static HttpUrl parse(String written) {
        checkText(written);
        if (!WEB.matcher(written).lookingAt()) {
            throw FetchFailures.forbidden("it is not an http or https URL");
        }
        return checked(written, HttpUrl.parse(written));
    }

    /** Where a redirect leads. Never from https to http: a picture asked for safely must not be open to tampering. */
    static HttpUrl redirect(HttpUrl from, String location) {
        checkText(location);
        HttpUrl to = checked(location, from.resolve(location));
        if (from.isHttps() && !to.isHttps()) {
            throw FetchFailures.forbidden("it redirects from https to http");
        }
        return to;
    }

    private static void checkText(String written) {
        if (written.length() > MAX_LENGTH) {
            throw FetchFailures.forbidden("it is longer than " + MAX_LENGTH + " characters");
        }
        if (UNSAFE.matcher(written).find()) {
            throw FetchFailures.forbidden("it contains a space, a backslash or a control character");
        }
    }

    private static HttpUrl checked(String written, @Nullable HttpUrl url) {
        if (url == null) {
            throw FetchFailures.forbidden("it is not a valid http or https URL");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw FetchFailures.forbidden("it contains a user name or password");
        }
        if (!isWebPort(url.port())) {
            throw FetchFailures.forbidden("its port is not 80, 443 or from 1024 up");
        }
        checkNumericHost(written, url.host());
        return url;
    }

    /** The other ports below 1024 belong to services such as SMTP and SSH, which a request could be smuggled into. */
    private static boolean isWebPort(int port) {
        return port == 80 || port == 443 || port >= 1024;
    }

    private static void checkNumericHost(String written, String host) {
        if (NUMERIC.matcher(host).matches() && AddressLiteral.parse(host) == null) {
            throw FetchFailures.forbidden("its address is not written as four decimal numbers");
        }
        // HttpUrl has by now made 1.2.3.4 of [::ffff:1.2.3.4].
        if (written.contains("//[") && !host.contains(":")) {
            throw FetchFailures.forbidden("its IPv4 address is written as IPv6");
        }
    }
}
