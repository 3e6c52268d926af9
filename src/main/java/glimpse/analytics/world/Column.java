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

    /** How many of ascending numbers are not above another. */
    static int upTo(int[] ascending, long most) {
        if (most >= Integer.MAX_VALUE) {
            return ascending.length;
        }
        int found = Arrays.binarySearch(ascending, (int) most);
        return found < 0 ? -found - 1 : found + 1;
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
