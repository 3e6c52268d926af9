package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets pictures be decoded only as far as memory for them is left: others wait for their turn, and one that would never
 * fit is refused.
 */
final class MemoryBudget {
    /** The rest of the heap is for the rest of the server, and for what the collector has not collected yet. */
    private static final double SHARE_OF_HEAP = 0.5;

    /** Coefficients of a progressive JPEG of 50 megapixels, or its pixels within libwebp. */
    private static final long NATIVE_BYTES = 400_000_000;

    private static final int UNIT = 65_536;

    private final Semaphore heap;
    private final Semaphore nativeMemory;
    private final long heapBytes;
    private final Duration patience;

    MemoryBudget(long maxHeap, Duration patience) {
        this.heapBytes = (long) (maxHeap * SHARE_OF_HEAP);
        this.heap = new Semaphore(units(heapBytes), true);
        this.nativeMemory = new Semaphore(units(NATIVE_BYTES), true);
        this.patience = patience;
    }

    /** What was lent. */
    @FunctionalInterface
    interface Loan {
        void giveBack();
    }

    /**
     * Waits for memory.
     *
     * @throws ApiError IMAGE_TOO_LARGE when it could never be lent; SERVICE_UNAVAILABLE when it was not in time
     */
    Loan borrow(Footprint need, String what) throws InterruptedException {
        if (need.heap() > heapBytes || need.nativeMemory() > NATIVE_BYTES) {
            throw tooLarge(need, what);
        }
        int heapUnits = units(need.heap());
        int nativeUnits = units(need.nativeMemory());
        acquire(nativeMemory, nativeUnits);
        try {
            acquire(heap, heapUnits);
        } catch (ApiError | InterruptedException failure) {
            nativeMemory.release(nativeUnits);
            throw failure;
        }
        return () -> {
            heap.release(heapUnits);
            nativeMemory.release(nativeUnits);
        };
    }

    private void acquire(Semaphore semaphore, int units) throws InterruptedException {
        if (!semaphore.tryAcquire(units, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ApiError(ErrorCode.SERVICE_UNAVAILABLE, "The server is busy with large images")
                    .retryAfter(patience);
        }
    }

    private ApiError tooLarge(Footprint need, String what) {
        boolean onHeap = need.heap() > heapBytes;
        return new ApiError(
                ErrorCode.IMAGE_TOO_LARGE,
                "To decode %s takes %d MB of memory; this server has %d MB for that"
                        .formatted(
                                what,
                                megabytes(onHeap ? need.heap() : need.nativeMemory()),
                                megabytes(onHeap ? heapBytes : NATIVE_BYTES)));
    }

    private static int units(long bytes) {
        return (int) ((bytes + UNIT - 1) / UNIT);
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }
}
