package glimpse.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {
    private static final long HEAP = 200_000_000;

    private final MemoryBudget budget = new MemoryBudget(HEAP, Duration.ofMillis(20));

    @Test
    void half_of_the_heap_is_lent() throws InterruptedException {
        budget.borrow(new Footprint(HEAP / 2, 0), "all").giveBack();
        budget.borrow(new Footprint(HEAP / 2, 0), "all again").giveBack();
    }

    @Test
    void what_could_never_fit_is_refused_with_both_numbers() {
        ApiError error = refusal(() -> budget.borrow(new Footprint(HEAP, 0), "this GIF"));
        assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_TOO_LARGE);
        assertThat(error.getMessage()).contains("this GIF").contains("200 MB").contains("100 MB");
        ApiError outside = refusal(() -> budget.borrow(new Footprint(0, 2_000_000_000), "this WebP"));
        assertThat(outside.code()).isEqualTo(ErrorCode.IMAGE_TOO_LARGE);
    }

    @Test
    void what_does_not_fit_now_waits_and_is_then_turned_away() throws InterruptedException {
        MemoryBudget.Loan first = budget.borrow(new Footprint(HEAP / 2, 0), "first");
        ApiError error = refusal(() -> budget.borrow(new Footprint(HEAP / 4, 1_000_000), "second"));
        assertThat(error.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(error.retryAfter()).isPositive();
        first.giveBack();
        budget.borrow(new Footprint(HEAP / 4, 300_000_000), "second").giveBack();
    }

    private static ApiError refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(ApiError.class, call), "no refusal");
    }
}
