package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class WorkersTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void work_beyond_the_queue_is_turned_away_with_a_time_to_come_back() throws InterruptedException {
        try (Workers workers = new Workers(1, 1, LONG)) {
            CompletableFuture<String> running = inThread(() -> workers.run(this::untilReleased));
            started.await();
            CompletableFuture<String> waiting = inThread(() -> workers.run(() -> "waited"));
            while (workers.waiting() == 0) {
                Thread.onSpinWait();
            }
            ApiError error = refusal(() -> workers.run(() -> "too many"));
            assertThat(error.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            assertThat(error.retryAfter()).isPositive();
            released.countDown();
            assertThat(running.join()).isEqualTo("done");
            assertThat(waiting.join()).isEqualTo("waited");
        }
    }

    @Test
    void work_that_can_be_interrupted_ends_at_its_deadline() {
        try (Workers workers = new Workers(1, 1, SHORT)) {
            ApiError error = refusal(() -> workers.run(() -> {
                new CountDownLatch(1).await();
                return "never";
            }));
            assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE);
            assertThat(error.getMessage()).contains("longer than");
            untilNoneIsAbandoned(workers);
        }
    }

    @Test
    void a_worker_that_does_not_come_back_is_replaced_until_it_does() {
        try (Workers workers = new Workers(1, 1, SHORT)) {
            refusal(() -> workers.run(() -> {
                while (released.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return "late";
            }));
            assertThat(workers.abandoned()).isEqualTo(1);
            assertThat(workers.run(() -> "meanwhile")).isEqualTo("meanwhile");
            released.countDown();
            untilNoneIsAbandoned(workers);
            assertThat(workers.run(() -> "again")).isEqualTo("again");
        }
    }

    @Test
    void an_interrupt_does_not_reach_the_work_after() {
        try (Workers workers = new Workers(1, 1, SHORT)) {
            for (int i = 0; i < 20; i++) {
                refusal(() -> workers.run(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return "late";
                }));
                assertThat(workers.run(() -> Thread.currentThread().isInterrupted()))
                        .isFalse();
            }
        }
    }

    @Test
    void work_that_waits_when_the_server_stops_is_turned_away() throws InterruptedException {
        Workers workers = new Workers(1, 1, LONG);
        CompletableFuture<String> running = inThread(() -> workers.run(this::untilReleased));
        started.await();
        CompletableFuture<String> waiting = inThread(() -> workers.run(() -> "never"));
        while (workers.waiting() == 0) {
            Thread.onSpinWait();
        }
        workers.close();
        assertThat(refusal(waiting::join).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(catchThrowable(running::join)).hasRootCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void what_goes_wrong_in_a_worker_comes_out_as_it_was() {
        try (Workers workers = new Workers(1, 1, LONG)) {
            ApiError error = refusal(() -> workers.run(() -> {
                throw new ApiError(ErrorCode.IMAGE_TOO_LARGE, "as it was");
            }));
            assertThat(error.getMessage()).isEqualTo("as it was");
        }
    }

    private String untilReleased() throws InterruptedException {
        started.countDown();
        released.await();
        return "done";
    }

    private static void untilNoneIsAbandoned(Workers workers) {
        while (workers.abandoned() > 0) {
            Thread.onSpinWait();
        }
    }

    private static CompletableFuture<String> inThread(Supplier<String> work) {
        return CompletableFuture.supplyAsync(work, runnable -> new Thread(runnable).start());
    }

    private static ApiError refusal(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        return (ApiError) Objects.requireNonNull(
                thrown instanceof CompletionException ? thrown.getCause() : thrown, "no refusal");
    }
}
