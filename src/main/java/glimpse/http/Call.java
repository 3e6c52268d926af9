package glimpse.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call of an operation, as its handler sees it. */
public final class Call {
    // In a path (RFC 3986, section 3.3).
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9/%._~!$&'()*+,;=:@-]+");

    private final Context context;
    private final Operation operation;
    private final RateLimits limits;
    private final String address;
    private final String baseUrl;
    private final @Nullable Caller caller;
    private final Dispatcher dispatcher;
    private boolean statusChosen;
    private boolean relayed;

    Call(
            Context context,
            Operation operation,
            RateLimits limits,
            String address,
            String baseUrl,
            @Nullable Caller caller,
            Dispatcher dispatcher) {
        this.context = context;
        this.operation = operation;
        this.limits = limits;
        this.address = address;
        this.baseUrl = baseUrl;
        this.caller = caller;
        this.dispatcher = dispatcher;
    }

    /** The agent that calls; only where a key is needed. */
    public Caller agent() {
        if (caller == null) {
            throw new IllegalStateException(operation.path() + " is open to callers without a key");
        }
        return caller;
    }

    /** The agent that calls, if it sent its key. */
    public @Nullable Caller caller() {
        return caller;
    }

    /** A parameter in the path. */
    public String path(String name) {
        return context.pathParam(name);
    }

    public PageRequest page() {
        return PageRequest.of(this);
    }

    /**
     * Where a list goes on that is not ordered by post seq.
     *
     * @param list its name, so that no list takes the cursor of another
     * @throws ApiError INVALID_PARAMETER for a cursor that the list did not give
     */
    public CursorRequest cursor(String list) {
        return cursor(list, PageRequest.DEFAULT_LIMIT);
    }

    /** The same, of a list whose pages are of another length where nothing is said. */
    public CursorRequest cursor(String list, int usualLimit) {
        return CursorRequest.of(this, list, usualLimit);
    }

    /**
     * A query parameter that the operation declares as a number.
     *
     * @throws ApiError INVALID_PARAMETER when it is no number or out of its range
     */
    public @Nullable Long number(String name) {
        @Nullable String text = single(name);
        if (text == null) {
            return null;
        }
        Parameter parameter = declared(name);
        try {
            long number = Long.parseLong(text);
            boolean plain = text.chars().allMatch(c -> c < 128); // Java also reads the digits of other scripts
            if (plain && number >= parameter.min() && number <= parameter.max()) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new ApiError(
                ErrorCode.INVALID_PARAMETER,
                name + " must be a number from " + parameter.min() + " to " + parameter.max() + ", not "
                        + quoted(text));
    }

    /** A query parameter that the operation declares as a text. */
    public @Nullable String text(String name) {
        @Nullable String text = single(name);
        Parameter parameter = declared(name);
        int length = text == null ? 0 : text.codePointCount(0, text.length());
        if (text != null && (length < parameter.min() || length > parameter.max())) {
            throw new ApiError(
                    ErrorCode.INVALID_PARAMETER,
                    name + " must have " + parameter.min() + " to " + parameter.max() + " characters");
        }
        return text;
    }

    /**
     * A query parameter that the operation declares as a choice; the first of what can be chosen when it is left out.
     *
     * @throws ApiError INVALID_PARAMETER for anything else, with what there is to choose from
     */
    public String choice(String name) {
        @Nullable String text = single(name);
        List<String> choices = declared(name).choices();
        if (text == null) {
            return choices.get(0);
        }
        if (!choices.contains(text)) {
            throw new ApiError(
                    ErrorCode.INVALID_PARAMETER,
                    name + " must be one of " + String.join(", ", choices) + ", not " + quoted(text));
        }
        return text;
    }

    private @Nullable String single(String name) {
        if (context.queryString() == null) {
            return null; // each look at a parameter parses them all
        }
        List<String> values = context.queryParams(name);
        if (values.size() > 1) {
            throw new ApiError(ErrorCode.INVALID_PARAMETER, name + " is there more than once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private Parameter declared(String name) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(operation.path() + " does not declare " + name));
    }

    private static String quoted(String text) {
        return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
    }

    /** A header of the request, if it was sent. */
    public @Nullable String requestHeader(String name) {
        return context.header(name);
    }

    /** The network address it comes from; one for a whole IPv6 site. */
    public String address() {
        return address;
    }

    /** Where people and agents reach this server: {@code https://glimpse.example}, without a slash at the end. */
    public String baseUrl() {
        return baseUrl;
    }

    /** Whether only the headers of the answer are asked for. */
    public boolean isHead() {
        return context.method().name().equals("HEAD");
    }

    /** The path and query of the call, as it was sent: what tells one read from another. */
    public String target() {
        @Nullable String query = context.queryString();
        return query == null ? context.path() : context.path() + '?' + query;
    }

    /** The same without what the operation does not know, and with nothing in it that does not belong into a URL. */
    public String canonical() {
        StringBuilder url =
                new StringBuilder(UNSAFE.matcher(context.path()).replaceAll(found -> encoded(found.group())));
        char before = '?';
        for (Parameter parameter : operation.parameters()) {
            @Nullable String value = context.queryParam(parameter.name());
            if (value != null && parameter.place() == Parameter.Place.QUERY) {
                url.append(before).append(parameter.name()).append('=').append(encoded(value));
                before = '&';
            }
        }
        return url.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A header of the call. */
    public @Nullable String sent(String header) {
        return context.header(header);
    }

    public void header(String name, String value) {
        context.header(name, value);
    }

    /** Answers with another status than the operation's usual one: 200 for what was there already. */
    public void status(int status) {
        context.status(status);
        statusChosen = true;
    }

    boolean isStatusChosen() {
        return statusChosen;
    }

    /** Whether another operation was called by it, and has counted it. */
    boolean isRelayed() {
        return relayed;
    }

    /** Says where to find what was made. */
    public void location(String path) {
        context.header("Location", baseUrl + path);
    }

    /** Calls another operation, as its own caller would; it is counted for that one alone. */
    public InnerCall.Answer inside(InnerCall inner) {
        relayed |= inner.operation().limit() != Limit.NONE;
        try {
            return dispatcher.inside(context, inner, address, baseUrl);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Takes a call from a limit whose callers the handler names. */
    public void take(Limit limit, String named) {
        RateLimitHeaders.write(context, limits.take(limit, named));
    }

    /** Takes a call from the limit on all calls, for an operation that is not limited but for this one's work. */
    public void takeOne() {
        take(Limit.CALLS, caller == null ? address : caller.id());
    }

    /** Tells of a daily limit that this call has used, where it is nearer to its end than the others. */
    public void used(DailyUsage usage) {
        RateLimitHeaders.write(context, usage);
    }

    /** The {@code Link} header of a page: the same request, one page on and one page back. */
    public String links(Paged page) {
        return links(page.leads());
    }

    String links(List<Lead> leads) {
        return leads.stream().map(this::link).collect(Collectors.joining(", "));
    }

    private String link(Lead lead) {
        Map<String, String> query = new LinkedHashMap<>();
        context.queryParamMap().forEach((name, values) -> query.put(name, values.get(0)));
        lead.instead().forEach(query::remove);
        query.put(lead.parameter(), lead.value());
        StringBuilder url = new StringBuilder(baseUrl).append(context.path());
        query.forEach((name, value) -> url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return "<" + url + ">; rel=\"" + lead.relation() + '"';
    }
}
