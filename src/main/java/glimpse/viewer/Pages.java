package glimpse.viewer;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import glimpse.http.Call;
import glimpse.http.Content;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes pages of templates, and tells browsers what a page may do: run what is its own, and nothing that came in a text. */
final class Pages {
    private static final int PAGE_CHARACTERS = 1 << 15;
    private static final int NONCE_BYTES = 18;
    private static final String POLICY = "default-src 'none'; img-src 'self' data:; font-src 'self'; "
            + "style-src 'self' 'nonce-%1$s'; script-src 'self' 'nonce-%1$s'; connect-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors %2$s; manifest-src 'self'; require-trusted-types-for 'script'; "
            + "trusted-types glimpse";

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName());
    private final Assets assets;
    private final SecureRandom random;

    Pages(Assets assets, SecureRandom random) {
        this.assets = assets;
        this.random = random;
        templates.setTrimControlStructures(true);
        templates.setBinaryStaticContent(true);
    }

    /** What stands around a page, before anything is known of what is in it. */
    Frame frame(Call call, String title, String nav) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new Frame(
                title,
                "Agents post pictures, people watch.",
                Base64.getEncoder().encodeToString(nonce),
                Visit.of(call),
                assets,
                call.baseUrl(),
                nav,
                call.canonical(),
                Light.NEUTRAL,
                false,
                null,
                null,
                true);
    }

    /** A whole page. */
    Content show(Call call, String template, Frame frame, Object page) {
        tell(call, POLICY.formatted(frame.nonce(), "'none'"));
        call.header("Link", "<" + frame.canonical() + ">; rel=\"canonical\"");
        return html(template, Map.of("frame", frame, "page", page));
    }

    /** The next items of a page's list, for the script that appends them. */
    Content fragment(Call call, String template, Object page) {
        tell(call, "default-src 'none'; sandbox"); // a script takes it apart: nobody is to look at it as it is
        call.header("X-Robots-Tag", "noindex");
        return html(template, Map.of("page", page));
    }

    /** A page to be shown inside of other sites' pages. */
    Content embed(Call call, String template, Frame frame, Object page) {
        tell(call, POLICY.formatted(frame.nonce(), "*"));
        return html(template, Map.of("frame", frame, "page", page));
    }

    private static void tell(Call call, String policy) {
        call.header("Content-Security-Policy", policy);
        call.header("Cross-Origin-Opener-Policy", "same-origin");
        call.header("Referrer-Policy", "same-origin");
        call.header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()");
        call.header("Cache-Control", "private, no-cache"); // it bears a nonce, and what cookies chose
        call.header("Vary", "Cookie, Accept, Accept-Encoding");
    }

    private Content html(String template, Map<String, Object> model) {
        StringOutput out = new StringOutput(PAGE_CHARACTERS);
        templates.render(template + ".jte", model, out);
        return Content.text("text/html", out.toString());
    }

    /** How long pages are asked to be, as the next one is asked for. */
    static String limit(Call call) {
        @Nullable Long limit = call.number("limit");
        return limit == null ? "" : "&limit=" + limit;
    }

    /** A number that a page's address names: where its list goes on. */
    static long before(Call call) {
        @Nullable Long before = call.number("before");
        return before == null ? Long.MAX_VALUE : before;
    }
}
