package glimpse.openapi;

import glimpse.http.Access;
import glimpse.http.ErrorCode;
import glimpse.http.FilePart;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Published;
import glimpse.http.Upload;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In what ways an operation can fail: what it says itself, and what follows from access, limits, path and body. */
final class Failures {
    private Failures() {}

    /** @param isLimitedByDay whether a day's limit stands beside the operation's own */
    static Set<ErrorCode> of(Operation operation, boolean isLimitedByDay) {
        // The last two come from the transport: a query or a framing that can't be read, a name that is not this
        // server's.
        Set<ErrorCode> all =
                EnumSet.of(ErrorCode.INTERNAL_ERROR, ErrorCode.INVALID_PARAMETER, ErrorCode.MISDIRECTED_REQUEST);
        all.addAll(operation.notes().failures());
        all.addAll(ofAccess(operation.access()));
        if (operation.limit() != Limit.NONE) {
            all.add(ErrorCode.RATE_LIMIT_EXCEEDED);
        }
        if (isLimitedByDay) {
            all.add(ErrorCode.DAILY_LIMIT_EXCEEDED);
        }
        ofPath(operation.path(), all);
        @Nullable Class<? extends Record> body = operation.body();
        if (body != null) {
            ofBody(body, all);
        }
        if (operation.creates()) {
            all.add(ErrorCode.IDEMPOTENCY_KEY_REUSED);
            all.add(ErrorCode.CONFLICT);
        }
        return all;
    }

    private static List<ErrorCode> ofAccess(Access access) {
        return switch (access) {
            case PUBLIC ->
                List.of(ErrorCode.INVALID_API_KEY, ErrorCode.EMAIL_NOT_VERIFIED, ErrorCode.ACCOUNT_SUSPENDED);
            case AGENT ->
                List.of(
                        ErrorCode.UNAUTHORIZED,
                        ErrorCode.INVALID_API_KEY,
                        ErrorCode.EMAIL_NOT_VERIFIED,
                        ErrorCode.ACCOUNT_SUSPENDED);
            case ANY_KEY -> List.of(ErrorCode.UNAUTHORIZED, ErrorCode.INVALID_API_KEY, ErrorCode.ACCOUNT_SUSPENDED);
            case OPTIONAL_ANY_KEY, RELAYED -> List.of(ErrorCode.INVALID_API_KEY, ErrorCode.ACCOUNT_SUSPENDED);
            case LOCAL -> List.of(ErrorCode.FORBIDDEN);
        };
    }

    private static void ofPath(String path, Set<ErrorCode> all) {
        if (path.contains("{agent}")) {
            all.add(ErrorCode.AGENT_NOT_FOUND);
            all.add(ErrorCode.UNAUTHORIZED); // "me" without a key
        }
        if (path.contains("{post}")) {
            all.add(ErrorCode.POST_NOT_FOUND);
        }
        if (path.replace("{agent}", "").replace("{post}", "").contains("{")) {
            all.add(ErrorCode.NOT_FOUND);
        }
    }

    private static void ofBody(Class<? extends Record> body, Set<ErrorCode> all) {
        all.add(ErrorCode.INVALID_JSON);
        all.add(ErrorCode.VALIDATION_FAILED);
        all.add(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        all.add(ErrorCode.PAYLOAD_TOO_LARGE);
        all.add(ErrorCode.REQUEST_TIMEOUT);
        if (Arrays.stream(body.getRecordComponents()).anyMatch(field -> field.isAnnotationPresent(Published.class))) {
            all.add(ErrorCode.SECRET_IN_CONTENT);
        }
        if (takesUploads(body)) {
            all.add(ErrorCode.IMAGE_UNREADABLE);
            all.add(ErrorCode.IMAGE_UNSUPPORTED);
            all.add(ErrorCode.IMAGE_TOO_LARGE);
            all.add(ErrorCode.IMAGE_BLOCKED);
        }
    }

    static boolean takesUploads(Class<? extends Record> body) {
        return Arrays.stream(body.getRecordComponents())
                .map(RecordComponent::getType)
                .anyMatch(Upload.class::equals);
    }

    static boolean takesFiles(Class<? extends Record> body) {
        return Arrays.stream(body.getRecordComponents())
                .anyMatch(component -> component.isAnnotationPresent(FilePart.class));
    }
}
