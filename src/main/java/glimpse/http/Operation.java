package glimpse.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API: path, access, limit, shapes and handler. The route, its documentation and its tool are all
 * made from this declaration, so that they can't drift apart. Access and limit have no default.
 *
 * @param body the record that a body is bound to; none for an operation without one
 * @param answers the ways in which it succeeds, the usual one first
 * @param notes what is told of it where it is described
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
        List<Answer> answers,
        Notes notes,
        boolean tool,
        BodyHandler<Record> handler) {

    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /**
     * A way to succeed.
     *
     * @param type the media type of the body; none where there is no body
     * @param shape the record that the body is written from; none for what is no JSON
     * @param of what can stand for the type that the shape is generic in
     */
    public record Answer(
            int status, @Nullable String type, @Nullable Class<?> shape, List<Class<?>> of) {}

    /**
     * What is told of an operation beside its summary.
     *
     * @param name in place of the one that its method and path give it
     * @param failures beside those that follow from what is declared
     * @param example a body that can be sent
     * @param feature whose operation it is
     * @param effect in place of the one that its method gives it
     */
    public record Notes(
            @Nullable String name,
            List<ErrorCode> failures,
            @Nullable String example,
            Class<? extends Routes> feature,
            @Nullable Effect effect) {
        private static final Notes NONE = new Notes(null, List.of(), null, Routes.class, null);
    }

    /** What is otherwise after a call. */
    public enum Effect {
        NONE,
        /** There is more than before. */
        ADDS,
        /** Something that was there is gone, or another. */
        REPLACES
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
        return new Operation(
                method, path, summary, access, limit, List.of(), null, List.of(), Notes.NONE, false, ignoring);
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
        return new Operation(
                method, path, summary, access, limit, List.of(), body, List.of(), Notes.NONE, false, casting);
    }

    /** With the parameters it takes in query and headers; others in the query are ignored, and named in a header. */
    public Operation takes(Parameter... more) {
        return takes(List.of(more));
    }

    public Operation takes(List<Parameter> more) {
        return new Operation(
                method, path, summary, access, limit, joined(parameters, more), body, answers, notes, tool, handler);
    }

    public Operation answers(Class<?> shape) {
        return answers(200, shape);
    }

    public Operation answers(int code, Class<?> shape) {
        return answers(new Answer(code, Json.TYPE, shape, List.of()));
    }

    /**
     * Answers a generic record: a page of something, a measure of something.
     *
     * @param shape generic in one type: {@link Page}, {@link CursorPage}
     * @param of what stands for that type: one kind of thing, or one of some
     */
    public Operation answers(Class<?> shape, Class<?>... of) {
        return answers(new Answer(200, Json.TYPE, shape, List.of(of)));
    }

    /** Answers with what is no JSON. */
    public Operation answers(String mediaType) {
        return answers(new Answer(200, mediaType, null, List.of()));
    }

    /** Answers 204. */
    public Operation answersNothing() {
        return answersNothing(204);
    }

    public Operation answersNothing(int code) {
        return answers(new Answer(code, null, null, List.of()));
    }

    private Operation answers(Answer answer) {
        return new Operation(
                method,
                path,
                summary,
                access,
                limit,
                parameters,
                body,
                joined(answers, List.of(answer)),
                notes,
                tool,
                handler);
    }

    /** Is a tool for agents, too. */
    public Operation asTool() {
        return new Operation(method, path, summary, access, limit, parameters, body, answers, notes, true, handler);
    }

    /** Has a name of its own, where the one that its method and path give it says too little. */
    public Operation named(String name) {
        return with(new Notes(name, notes.failures(), notes.example(), notes.feature(), notes.effect()));
    }

    /** Can fail in more ways than its access, limit, path, parameters and body say. */
    public Operation fails(ErrorCode... more) {
        List<ErrorCode> all = joined(notes.failures(), Arrays.asList(more));
        return with(new Notes(notes.name(), all, notes.example(), notes.feature(), notes.effect()));
    }

    /** A body as one could send it. A test does. */
    public Operation example(String json) {
        return with(new Notes(notes.name(), notes.failures(), json, notes.feature(), notes.effect()));
    }

    /** Changes more or less than its method says. */
    public Operation does(Effect effect) {
        return with(new Notes(notes.name(), notes.failures(), notes.example(), notes.feature(), effect));
    }

    /** Belongs to a feature, unless it is known to belong to a part of that. */
    public Operation of(Class<? extends Routes> feature) {
        return notes.feature() != Routes.class
                ? this
                : with(new Notes(notes.name(), notes.failures(), notes.example(), feature, notes.effect()));
    }

    private Operation with(Notes more) {
        return new Operation(method, path, summary, access, limit, parameters, body, answers, more, tool, handler);
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** What it is called where there is no path: as a tool, and in clients that are made from its description. */
    public String name() {
        return notes.name() != null ? notes.name() : OperationName.of(this);
    }

    /** What is otherwise after a call of it. */
    public Effect effect() {
        if (notes.effect() != null) {
            return notes.effect();
        }
        return switch (method) {
            case GET -> Effect.NONE;
            case POST -> Effect.ADDS;
            default -> Effect.REPLACES;
        };
    }

    /** The status of the usual answer. */
    public int status() {
        return answers.isEmpty() ? 200 : answers.get(0).status();
    }

    /** Whether it answers with a part of a list. */
    boolean isPaged() {
        @Nullable Class<?> shape = answers.isEmpty() ? null : answers.get(0).shape();
        return shape != null && Paged.class.isAssignableFrom(shape);
    }

    /** The fields of its body; none where it takes none. */
    public List<BodyField> bodyFields() {
        return body == null ? List.of() : BodyShape.of(body).described();
    }

    /** Whether it makes something new, so that a repeated call has to be told from a second one. */
    public boolean creates() {
        return status() == 201;
    }

    @Nullable
    Object handle(Call call, Record bound) {
        return handler.handle(call, bound);
    }
}
