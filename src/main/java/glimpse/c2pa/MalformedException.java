package glimpse.c2pa;

/** Bytes that are not what they should be. Costs no stack trace: hostile files cause many. */
final class MalformedException extends RuntimeException {
    MalformedException(String message) {
        super(message, null, false, false);
    }
}
