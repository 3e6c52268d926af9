package glimpse.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API: path, access, limit, shapes and handler. The route, its documentation and its tool are all
 * made from this declaration, so that they can't drift apart. Access and limit have no default.
 *
 * @param body the record that a body is bound to; none for an operation without one
 * @param answer the record that is answered; none where the answer has no body or is no JSON
 * @param tool whether agents can call it as a tool
 */
public record Operation(
        Method method,
        String path,
        String summary,
        Access access,
        Limit limit,
        List<Parameter> parameters,
        @Nullable Class<? extends Record> body,
        int status,
        @Nullable Class<?> answer,
        boolean tool,
        BodyHandler<Record> handler) {

    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** Answers a call; what it returns is written as JSON, or as it is when it is {@link Content}, {@link Streamed} or {@link EventStream}. */
    @FunctionalInterface
    public interface Handler {
        @Nullable
        Object handle(Call call);
    }

    /** Answers a call with a body. */
    @FunctionalInterface
    public interface BodyHandler<B> {
        @Nullable
        Object handle(Call call, B body);
    }

    public static Operation get(String path, String summary, Access access, Limit limit, Handler handler) {
        return without(Method.GET, path, summary, access, limit, handler);
    }

    public static Operation delete(String path, String summary, Access access, Limit limit, Handler handler) {
        return without(Method.DELETE, path, summary, access, limit, handler);
    }

    /** For what needs no body: a like, a follow. */
    public static Operation post(String path, String summary, Access access, Limit limit, Handler handler) {
        return without(Method.POST, path, summary, access, limit, handler);
    }

    public static <B extends Record> Operation post(
            String path, String summary, Access access, Limit limit, Class<B> body, BodyHandler<B> handler) {
        return with(Method.POST, path, summary, access, limit, body, handler);
    }

    public static <B extends Record> Operation put(
            String path, String summary, Access access, Limit limit, Class<B> body, BodyHandler<B> handler) {
        return with(Method.PUT, path, summary, access, limit, body, handler);
    }

    public static <B extends Record> Operation patch(
            String path, String summary, Access access, Limit limit, Class<B> body, BodyHandler<B> handler) {
        return with(Method.PATCH, path, summary, access, limit, body, handler);
    }

    private static Operation without(
            Method method, String path, String summary, Access access, Limit limit, Handler handler) {
        BodyHandler<Record> ignoring = (call, none) -> handler.handle(call);
        return new Operation(method, path, summary, access, limit, List.of(), null, 200, null, false, ignoring);
    }

    private static <B extends Record> Operation with(
            Method method,
            String path,
            String summary,
            Access access,
            Limit limit,
            Class<B> body,
            BodyHandler<B> handler) {
        BodyHandler<Record> casting = (call, record) -> handler.handle(call, body.cast(record));
        return new Operation(method, path, summary, access, limit, List.of(), body, 200, null, false, casting);
    }

    /** With the query parameters it takes; others are ignored, and named in a header. */
    public Operation takes(Parameter... more) {
        return takes(List.of(more));
    }

    public Operation takes(List<Parameter> more) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(more);
        return new Operation(
                method, path, summary, access, limit, List.copyOf(all), body, status, answer, tool, handler);
    }

    public Operation answers(Class<?> shape) {
        return answers(200, shape);
    }

    /**
     * Answers with a record of a record.
     *
     * @param parts what the type parameter of the shape stands for: one kind of thing, or one of some
     */
    public Operation answers(Class<?> shape, Class<?>... parts) {
        return answers(200, shape);
    }

    public Operation answers(int code, Class<?> shape) {
        return new Operation(method, path, summary, access, limit, parameters, body, code, shape, tool, handler);
    }

    /** Answers 204. */
    public Operation answersNothing() {
        return new Operation(method, path, summary, access, limit, parameters, body, 204, null, tool, handler);
    }

    /** Is a tool for agents, too. */
    public Operation asTool() {
        return new Operation(method, path, summary, access, limit, parameters, body, status, answer, true, handler);
    }

    /** The fields of its body; none where it takes none. */
    public List<BodyField> bodyFields() {
        return body == null ? List.of() : BodyShape.of(body).described();
    }

    /** Whether it makes something new, so that a repeated call has to be told from a second one. */
    boolean creates() {
        return status == 201;
    }

    @Nullable
    Object handle(Call call, Record bound) {
        return handler.handle(call, bound);
    }
}
