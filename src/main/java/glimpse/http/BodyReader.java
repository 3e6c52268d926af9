package glimpse.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads bodies: JSON, and forms with files where an operation takes uploads. */
final class BodyReader {
    private static final int MAX_TEXT = 256 << 10; // bytes of a body or a form field without files
    private static final int IN_MEMORY_PART = 32 << 10;
    private static final String FORM = "multipart/form-data";
    private static final String MULTIPART_ATTRIBUTE = "org.eclipse.jetty.multipartConfig";

    private final Path folder;
    private final Spool spool;
    private final long maxUpload;

    /** @param maxUpload bytes of one file, when it is decoded */
    BodyReader(Path folder, long maxUpload) {
        this.folder = folder;
        this.spool = new Spool(folder);
        this.maxUpload = maxUpload;
    }

    /** Reads and checks the body of a call. Whoever gets it closes its uploads. */
    Body read(Context context, Class<? extends Record> bound) throws IOException {
        BodyShape shape = BodyShape.of(bound);
        @Nullable String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported(context, "A compressed body (Content-Encoding) is not accepted");
        }
        // Read by hand: the servlet fails on a charset that it does not know.
        @Nullable String header = context.header("Content-Type");
        if (header == null && context.contentLength() == 0 && shape.isOptional()) {
            return new Body(shape.bind(Map.of(), Map.of()), Sha256.of(new byte[0]), List.of(), Set.of());
        }
        String type = String.valueOf(header).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean isChange = context.method().equals(HandlerType.PATCH);
        if (shape.takesUploads() && type.equals(FORM)) {
            return new Reading(shape, isChange).form(context);
        }
        if (!type.equals(Json.TYPE)) {
            throw unsupported(context, "The body must be " + Json.TYPE + (shape.takesUploads() ? " or " + FORM : ""));
        }
        return new Reading(shape, isChange).json(context);
    }

    private static ApiError unsupported(Context context, String message) throws IOException {
        Spool.drain(context.bodyInputStream());
        return new ApiError(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message)
                .hint("Send the header Content-Type: application/json.");
    }

    /** One body on its way in. */
    private final class Reading {
        private final BodyShape shape;
        private final Map<String, Object> values = new HashMap<>();
        private final Map<String, String> problems = new HashMap<>();
        private final List<Upload> uploads = new ArrayList<>();
        private final Set<String> ignored = new LinkedHashSet<>();
        private final MessageDigest digest = Sha256.digest();
        private final boolean isChange;

        Reading(BodyShape shape, boolean isChange) {
            this.shape = shape;
            this.isChange = isChange;
        }

        Body json(Context context) throws IOException {
            if (!shape.takesUploads()) {
                byte[] bytes = Spool.bytes(context.bodyInputStream(), MAX_TEXT, tooLarge(MAX_TEXT));
                digest.update(bytes);
                return guarded(() -> parse(new ByteArrayInputStream(bytes), null));
            }
            long max = maxUpload / 3 * 4 + MAX_TEXT;
            refuseAnnounced(context, max);
            try (Upload raw = spool.keep(context.bodyInputStream(), max, tooLarge(max), digest);
                    InputStream in = new FileInputStream(raw.file().toFile())) {
                return guarded(() -> parse(in, raw));
            }
        }

        private void parse(InputStream in, @Nullable Upload raw) throws IOException {
            try (JsonParser json = Json.MAPPER.createParser(in)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw new ApiError(ErrorCode.INVALID_JSON, "The body must be a JSON object");
                }
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    field(json, json.currentName(), raw);
                }
                if (json.nextToken() != null) {
                    throw new ApiError(ErrorCode.INVALID_JSON, "There is something after the JSON object");
                }
            } catch (StreamConstraintsException problem) {
                throw new ApiError(
                                ErrorCode.INVALID_JSON,
                                "The JSON has too many values, a text or number that is too long, or nests too deeply")
                        .cause(problem);
            } catch (JsonProcessingException problem) {
                throw invalid(problem);
            } catch (CharConversionException notText) {
                throw new ApiError(ErrorCode.INVALID_JSON, "The body is not a text in UTF-8").cause(notText);
            }
        }

        private void field(JsonParser json, String name, @Nullable Upload raw) throws IOException {
            BodyShape.@Nullable Field field = shape.field(name);
            JsonToken token = json.nextToken();
            if (field == null || field.filePart()) {
                ignored.add(name);
                json.skipChildren();
            } else if (field.type() == RawJson.class) {
                values.put(name, RawJson.read(json)); // null is a value, too
            } else if (token == JsonToken.VALUE_NULL) {
                nothing(field);
            } else if (field.isUpload() && raw != null && token == JsonToken.VALUE_STRING) {
                // The parser is behind the opening quotation mark, and will skip the text without keeping it.
                base64(field, raw, json.currentTokenLocation().getByteOffset() + 1);
            } else if (field.isUpload()) {
                problems.put(name, "must be a string in base64");
                json.skipChildren();
            } else {
                value(json, field);
            }
        }

        // In a change, null takes away what is there (RFC 7396), like an empty text; elsewhere it says nothing.
        private void nothing(BodyShape.Field field) throws IOException {
            if (isChange && field.isUpload()) {
                base64(field, InputStream.nullInputStream());
            } else if (isChange && field.type() == String.class) {
                values.put(field.name(), "");
            }
        }

        private void value(JsonParser json, BodyShape.Field field) throws IOException {
            boolean scalar = json.currentToken().isScalarValue();
            try {
                if (scalar || !field.type().isAssignableFrom(String.class)) {
                    values.put(field.name(), json.readValueAs(field.type()));
                    return;
                }
            } catch (JsonMappingException mismatch) {
                // told below, with whatever else is wrong
            }
            problems.put(field.name(), "must be " + expected(field.type()));
            if (!scalar) {
                json.skipChildren();
            }
        }

        private void base64(BodyShape.Field field, Upload raw, long offset) throws IOException {
            try (FileInputStream text = new FileInputStream(raw.file().toFile())) {
                text.skipNBytes(offset);
                base64(field, text);
            }
        }

        private void base64(BodyShape.Field field, InputStream text) throws IOException {
            try {
                keep(field, Base64Field.decoder(text), Sha256.digest());
            } catch (IOException notBase64) {
                problems.put(field.name(), "is not valid base64");
            }
        }

        private void keep(BodyShape.Field field, InputStream in, MessageDigest seesAll) throws IOException {
            Upload upload = spool.keep(in, maxUpload, imageTooLarge(), seesAll);
            uploads.add(upload);
            values.put(field.name(), upload);
        }

        Body form(Context context) throws IOException {
            long max = maxUpload / 3 * 4 + 2L * MAX_TEXT;
            context.req()
                    .setAttribute(
                            MULTIPART_ATTRIBUTE,
                            new MultipartConfigElement(folder.toString(), max, max, IN_MEMORY_PART));
            refuseAnnounced(context, max);
            List<Part> parts = new ArrayList<>(parts(context, max));
            try {
                parts.sort(Comparator.comparing(Part::getName)); // the order of parts makes no other request
                return guarded(() -> {
                    for (Part part : parts) {
                        part(part);
                    }
                });
            } finally {
                for (Part part : parts) {
                    part.delete();
                }
            }
        }

        // Jetty reports every fault of a form as the same exception, wrapped twice: only its text tells them apart.
        private Collection<Part> parts(Context context, long max) throws IOException {
            try {
                return context.req().getParts();
            } catch (ServletException | RuntimeException | IOException problem) {
                for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
                    if (String.valueOf(cause.getMessage()).contains("exceeded")) {
                        throw tooLarge(max).cause(problem);
                    }
                }
                context.header("Connection", "close"); // what is left of the body would be taken for the next request
                throw new ApiError(ErrorCode.INVALID_PARAMETER, "The multipart body is broken")
                        .hint("Let your HTTP library build the form: it has to name the boundary in Content-Type.");
            }
        }

        private void part(Part part) throws IOException {
            digest.update(part.getName().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            BodyShape.@Nullable Field field = shape.field(part.getName());
            try (InputStream in = new DigestInputStream(part.getInputStream(), digest)) {
                if (field == null) {
                    ignored.add(part.getName());
                } else if (values.containsKey(field.name())) {
                    problems.put(field.name(), "is there more than once");
                } else if (field.isUpload() && (field.filePart() || part.getSubmittedFileName() != null)) {
                    keep(field, in, Sha256.digest());
                } else if (field.isUpload()) {
                    base64(field, in);
                } else {
                    text(field, in);
                }
            }
        }

        private void text(BodyShape.Field field, InputStream in) throws IOException {
            byte[] bytes = in.readNBytes(MAX_TEXT + 1);
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (bytes.length > MAX_TEXT) {
                problems.put(field.name(), "is too long");
            } else if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
                problems.put(field.name(), "is not valid UTF-8");
            } else if (field.type() == String.class) {
                values.put(field.name(), text);
            } else if (field.type() == Boolean.class && (text.equals("true") || text.equals("false"))) {
                values.put(field.name(), Boolean.valueOf(text));
            } else if (!text.isEmpty()) {
                problems.put(field.name(), "must be " + expected(field.type()));
            }
        }

        private Body guarded(Parsing parsing) throws IOException {
            try {
                parsing.run();
                return new Body(shape.bind(values, problems), digest.digest(), uploads, ignored);
            } catch (IOException | RuntimeException problem) {
                uploads.forEach(Upload::close);
                throw problem;
            }
        }
    }

    @FunctionalInterface
    private interface Parsing {
        void run() throws IOException;
    }

    private static void refuseAnnounced(Context context, long max) throws IOException {
        if (context.contentLength() > max) {
            if (context.header("Expect") == null) {
                Spool.drain(context.bodyInputStream());
            }
            throw tooLarge(max);
        }
    }

    private ApiError imageTooLarge() {
        return new ApiError(ErrorCode.IMAGE_TOO_LARGE, "The image is larger than " + (maxUpload >> 20) + " MB");
    }

    private static ApiError tooLarge(long max) {
        return new ApiError(ErrorCode.PAYLOAD_TOO_LARGE, "The body is larger than " + max + " bytes");
    }

    private static ApiError invalid(JsonProcessingException problem) {
        @Nullable JsonLocation at = problem.getLocation();
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return new ApiError(ErrorCode.INVALID_JSON, "The body is not valid JSON" + where);
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(type) ? "a number" : "of another type";
    }
}
