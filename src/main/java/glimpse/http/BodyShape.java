package glimpse.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a body, read from the record it is bound to: the same components make its schema. */
final class BodyShape {
    /** One field. Its name is as on the wire. */
    record Field(
            String name,
            Class<?> type,
            boolean required,
            @Nullable Text text,
            @Nullable Pattern pattern,
            @Nullable MaxBytes maxBytes,
            boolean published,
            boolean filePart,
            @Nullable Description description) {
        boolean isUpload() {
            return type == Upload.class;
        }

        private BodyField described() {
            return new BodyField(
                    name,
                    kind(),
                    required,
                    text == null ? 0 : text.min(),
                    text != null ? text.max() : maxBytes != null ? maxBytes.value() : 0,
                    description == null ? "" : description.value());
        }

        private BodyField.Kind kind() {
            if (isUpload()) {
                return filePart ? BodyField.Kind.FILE : BodyField.Kind.BASE64;
            }
            return type == String.class
                    ? BodyField.Kind.TEXT
                    : type == RawJson.class
                            ? BodyField.Kind.JSON
                            : type == Boolean.class || type == boolean.class
                                    ? BodyField.Kind.BOOLEAN
                                    : BodyField.Kind.NUMBER;
        }
    }

    private static final String MALFORMED = "has a NUL or half a surrogate pair in it";

    private static final int DEEPEST = 100; // of what is kept and shown to others: many readers give up at some 1000

    private static final ClassValue<BodyShape> SHAPES = new ClassValue<>() {
        @Override
        protected BodyShape computeValue(Class<?> type) {
            return new BodyShape(type.asSubclass(Record.class));
        }
    };

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Constructor<? extends Record> constructor;

    static BodyShape of(Class<? extends Record> type) {
        return SHAPES.get(type);
    }

    private BodyShape(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        PropertyNamingStrategies.NamingBase snakeCase =
                (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;
        for (RecordComponent component : components) {
            @Nullable Text text = component.getAnnotation(Text.class);
            // For what is a word of Java's. It stands at the accessor: a component can't bear it.
            @Nullable JsonProperty name = component.getAccessor().getAnnotation(JsonProperty.class);
            Field field = new Field(
                    name != null ? name.value() : snakeCase.translate(component.getName()),
                    component.getType(),
                    !component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    text,
                    text == null || text.pattern().isEmpty() ? null : Pattern.compile(text.pattern()),
                    component.getAnnotation(MaxBytes.class),
                    component.isAnnotationPresent(Published.class),
                    component.isAnnotationPresent(FilePart.class),
                    component.getAnnotation(Description.class));
            fields.put(field.name(), field);
        }
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            this.constructor.setAccessible(true); // request records nest, package-private, in their routes
        } catch (NoSuchMethodException everyRecordHasOne) {
            throw new IllegalStateException(everyRecordHasOne);
        }
    }

    @Nullable
    Field field(String name) {
        return fields.get(name);
    }

    List<BodyField> described() {
        return fields.values().stream().map(Field::described).toList();
    }

    /** Whether nothing has to be said, so that a call can do without a body. */
    boolean isOptional() {
        return fields.values().stream().noneMatch(Field::required) && !takesUploads();
    }

    boolean takesUploads() {
        return fields.values().stream().anyMatch(Field::isUpload);
    }

    /**
     * Makes the record.
     *
     * @param problems what was already found wrong, by field
     * @throws ApiError VALIDATION_FAILED with everything that is wrong, or SECRET_IN_CONTENT
     */
    Record bind(Map<String, Object> values, Map<String, String> problems) {
        List<ApiError.Detail> details = new ArrayList<>();
        for (Field field : fields.values()) {
            @Nullable
            String problem = problems.containsKey(field.name())
                    ? problems.get(field.name())
                    : problem(field, values.get(field.name()));
            if (problem != null) {
                details.add(new ApiError.Detail(field.name(), problem));
            }
        }
        if (!details.isEmpty()) {
            throw new ApiError(ErrorCode.VALIDATION_FAILED).details(details);
        }
        for (Field field : fields.values()) {
            if (field.published() && hasSecret(values.get(field.name()))) {
                throw new ApiError(
                                ErrorCode.SECRET_IN_CONTENT,
                                "The field " + field.name() + " contains what looks like a secret key")
                        .hint("Take it out, and revoke the key where it was issued: it may have been seen.");
            }
        }
        return construct(values);
    }

    private static boolean hasSecret(@Nullable Object value) {
        return value instanceof RawJson json
                ? json.hasText(SecretScan::finds)
                : value instanceof String text && SecretScan.finds(text);
    }

    private static @Nullable String problem(Field field, @Nullable Object value) {
        if (value == null) {
            return field.required() ? "is required" : null;
        }
        if (value instanceof RawJson json) {
            return problem(field, json);
        }
        return value instanceof String text ? problem(field, text) : null;
    }

    private static @Nullable String problem(Field field, RawJson value) {
        int length = value.json().getBytes(StandardCharsets.UTF_8).length;
        @Nullable MaxBytes max = field.maxBytes();
        if (max != null && length > max.value()) {
            return "is " + length + " bytes long; it may have " + max.value();
        }
        if (max != null && value.depth() > DEEPEST) {
            return "nests more than " + DEEPEST + " deep";
        }
        return value.hasText(text -> !isWellFormed(text)) ? MALFORMED : null;
    }

    private static @Nullable String problem(Field field, String value) {
        @Nullable Text text = field.text();
        if (!isWellFormed(value)) {
            return MALFORMED;
        }
        if (text == null) {
            return null;
        }
        int length = value.codePointCount(0, value.length());
        if (length < text.min()) {
            return length == 0 ? "must not be empty" : "is shorter than the " + text.min() + " characters it must have";
        }
        if (length > text.max()) {
            return "is " + length + " characters long; it may have " + text.max();
        }
        @Nullable Pattern pattern = field.pattern();
        return pattern != null && !pattern.matcher(value).matches() ? text.otherwise() : null;
    }

    // Neither survives UTF-8 and SQLite: what an agent sends comes back as it was, or is refused.
    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (paired) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private Record construct(Map<String, Object> values) {
        @Nullable Object[] arguments = fields.keySet().stream().map(values::get).toArray();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
