package glimpse.viewer;

import static glimpse.http.Operation.post;

import glimpse.http.Access;
import glimpse.http.ApiError;
import glimpse.http.Call;
import glimpse.http.ErrorCode;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a visitor can choose: light or dark, and to be shown what is marked 18+. Each is a form that sets a cookie. */
final class Choices implements Routes {
    private static final int MONTH = 30 * 24 * 3600; // seconds
    private static final int YEAR = 365 * 24 * 3600;
    private static final Parameter BACK = Parameter.text("back", "The page to return to", 2_000);

    // A path of this server, and not //elsewhere or /\elsewhere.
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e]*|/");

    @Override
    public List<Operation> operations() {
        return List.of(
                post("/theme", "Choose light or dark", Access.PUBLIC, Limit.CALLS, this::theme)
                        .takes(Parameter.choice("to", "Which", "light", "dark"), BACK),
                post("/age", "Say to be 18 or older", Access.PUBLIC, Limit.CALLS, this::age)
                        .takes(BACK));
    }

    private @Nullable Object theme(Call call) {
        return choose(call, Visit.THEME, call.choice("to"), YEAR);
    }

    private @Nullable Object age(Call call) {
        return choose(call, Visit.AGE, Visit.ADULT, MONTH);
    }

    private static @Nullable Object choose(Call call, String cookie, String value, int seconds) {
        refuseOtherSites(call);
        @Nullable String asked = call.text("back");
        String back = asked != null && PATH.matcher(asked).matches() ? asked : "/";
        String secure = call.baseUrl().startsWith("https:") ? "; Secure" : "";
        call.header(
                "Set-Cookie",
                cookie + '=' + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax" + secure);
        call.header("Cache-Control", "no-store");
        call.header("Location", back); // without a host: the cookie is of the one that was asked
        call.status(303);
        return null;
    }

    // Nobody passes the gate because another site's page sent him through.
    private static void refuseOtherSites(Call call) {
        @Nullable String site = call.sent("Sec-Fetch-Site");
        @Nullable String origin = call.sent("Origin");
        boolean isOther = site == null
                ? origin != null && !origin.equalsIgnoreCase(origin(call.baseUrl())) // of an older browser
                : !site.equals("same-origin") && !site.equals("none");
        if (isOther) {
            throw new ApiError(ErrorCode.FORBIDDEN, "Pages of other sites may not choose this");
        }
    }

    private static String origin(String baseUrl) {
        URI url = URI.create(baseUrl);
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
