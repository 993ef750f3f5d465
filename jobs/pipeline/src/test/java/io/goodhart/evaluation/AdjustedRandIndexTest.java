package io.goodhart.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.evaluation.AdjustedRandIndex.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdjustedRandIndexTest {
    @Test
    void theSamePartitionUnderOtherNamesAgreesWholly() {
        assertThat(AdjustedRandIndex.of(List.of(new Cell("loop", "p1", 4), new Cell("bot", "p2", 3))))
                .isEqualTo(1);
    }

    /** The example of Hubert and Arabie's contingency table, by hand: 2 pairs together, 7 and 6 pairs in the parts, 6 things. */
    @Test
    void aHandCountedTableHasTheIndexOfTheFormula() {
        List<Cell> cells =
                List.of(new Cell("a", "x", 2), new Cell("a", "y", 1), new Cell("b", "y", 1), new Cell("b", "z", 2));
        double expected = 6.0 * 3 / 15;
        assertThat(AdjustedRandIndex.of(cells)).isCloseTo((2 - expected) / ((6 + 3) / 2.0 - expected), within(1e-12));
    }

    @Test
    void partitionsThatHaveNothingToDoWithEachOtherAgreeByChanceOnly() {
        Random random = new Random(7);
        List<Cell> cells = new ArrayList<>();
        for (int thing = 0; thing < 5_000; thing++) {
            cells.add(new Cell("a" + random.nextInt(5), "b" + random.nextInt(7), 1));
        }
        List<Cell> added = cells.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        cell -> List.of(cell.one(), cell.other()), java.util.stream.Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> new Cell(entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
                .toList();
        assertThat(AdjustedRandIndex.of(added)).isCloseTo(0, within(0.01));
    }

    @Test
    void onePatternForEverybodyIsWorthNothing() {
        assertThat(AdjustedRandIndex.of(List.of(new Cell("loop", "p1", 4), new Cell("bot", "p1", 3))))
                .isEqualTo(0);
    }
}
