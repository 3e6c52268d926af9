package glimpse.analytics.world;

import java.util.Arrays;

/** The same for long numbers. */
final class LongColumn {
    private long[] numbers;
    private int size;

    LongColumn(long[] before) {
        this.numbers = before;
        this.size = before.length;
    }

    /** How many of ascending numbers are not above another. */
    static int upTo(long[] ascending, long most) {
        int found = Arrays.binarySearch(ascending, most);
        return found < 0 ? -found - 1 : found + 1;
    }

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(1_024, size + (size >> 1)));
        }
        numbers[size++] = number;
    }

    long[] numbers() {
        return numbers.length == size ? numbers : Arrays.copyOf(numbers, size);
    }
}
