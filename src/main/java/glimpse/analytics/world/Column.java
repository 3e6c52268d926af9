package glimpse.analytics.world;

import java.util.Arrays;

/** Numbers that are added one by one. */
final class Column {
    private int[] numbers;
    private int size;

    Column() {
        this(new int[0]);
    }

    /** Goes on behind what there is. */
    Column(int[] before) {
        this.numbers = before;
        this.size = before.length;
    }

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(1_024, size + (size >> 1)));
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    int[] numbers() {
        return numbers.length == size ? numbers : Arrays.copyOf(numbers, size);
    }
}
