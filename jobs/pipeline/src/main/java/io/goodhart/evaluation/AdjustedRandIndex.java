package io.goodhart.evaluation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well two partitions of the same things agree: 1 where they are the same, about 0 where they have nothing to do with each other.
 *
 * <p>Source: Hubert and Arabie, "Comparing partitions", Journal of Classification 1985, Equation 5.
 */
final class AdjustedRandIndex {
    private AdjustedRandIndex() {}

    /**
     * How many things are in this part of the one and that part of the other.
     */
    record Cell(String one, String other, long things) {}

    /** Returns the index; 1 where there are no pairs to disagree about. */
    static double of(List<Cell> cells) {
        Map<String, Long> ones = new HashMap<>();
        Map<String, Long> others = new HashMap<>();
        long things = 0;
        double together = 0;
        for (Cell cell : cells) {
            ones.merge(cell.one(), cell.things(), Long::sum);
            others.merge(cell.other(), cell.things(), Long::sum);
            things += cell.things();
            together += pairs(cell.things());
        }
        double inOnes = pairs(ones.values());
        double inOthers = pairs(others.values());
        double expected = things < 2 ? 0 : inOnes * inOthers / pairs(things);
        double most = (inOnes + inOthers) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double pairs(Collection<Long> parts) {
        return parts.stream().mapToDouble(AdjustedRandIndex::pairs).sum();
    }

    private static double pairs(long things) {
        return things * (things - 1) / 2.0;
    }
}
