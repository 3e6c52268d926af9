package glimpse.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackTest {
    @Test
    void bars_are_drawn_from_the_ground_to_their_sums_the_highest_first() {
        Stack stack = Stack.bars(
                List.of(new Stack.Series(8, "low", new int[] {1, 1, 0}), new Stack.Series(1, "high", new int[] {0, 2, 2
                })),
                3);
        assertThat(stack.top()).isEqualTo(4);
        assertThat(stack.layers()).extracting(Stack.Layer::name).containsExactly("high", "low");
        assertThat(stack.layers())
                .extracting(Stack.Layer::path)
                .containsExactly("M0 4V3H1V1H2V2H3V4z", "M0 4V3H2V4H3V4z");
        assertThat(stack.layers()).extracting(Stack.Layer::total).containsExactly(4L, 2L);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "4, 1", "7, 2", "9, 2", "30, 10", "95, 20", "1234, 500"})
    void lines_stand_at_round_numbers_and_are_few(int most, int step) {
        Stack stack = Stack.bars(List.of(new Stack.Series(1, "", new int[] {most})), 1);
        assertThat(stack.lines()).hasSizeBetween(1, 5);
        assertThat(stack.lines().get(0).text()).isEqualTo(Integer.toString(step));
    }

    @Test
    void names_at_the_edge_never_touch() {
        List<Stack.Series> series = List.of(
                new Stack.Series(1, "a", new int[] {996, 996}),
                new Stack.Series(2, "b", new int[] {1, 1}),
                new Stack.Series(3, "c", new int[] {1, 1}),
                new Stack.Series(4, "d", new int[] {2, 2}));
        List<Double> places = Stack.shares(series, 2).layers().stream()
                .map(layer -> Double.valueOf(
                        Objects.requireNonNull(layer.label()).place().replace("%", "")))
                .toList();
        for (int i = 1; i < places.size(); i++) {
            assertThat(places.get(i) - places.get(i - 1)).isGreaterThan(6.8);
        }
        assertThat(places.get(0)).isGreaterThan(3);
        assertThat(places.get(3)).isLessThan(97);
    }

    @ParameterizedTest
    @CsvSource({
        "#2f6ab4, 1",
        "#00a8a3, 2",
        "#2c8b49, 3",
        "#d5ac32, 4",
        "#d05f1f, 5",
        "#bd304a, 6",
        "#7f3a8c, 7",
        "#808080, 8",
        "#000000, 8",
        "#ffffff, 8"
    })
    void each_colour_of_the_style_sheet_is_its_own(String color, int number) {
        assertThat(Hues.of(color)).isEqualTo(number);
    }
}
