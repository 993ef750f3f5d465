package io.goodhart.isolation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A row in one tree's sample, with the priority by which it was drawn: the smallest are kept.
 *
 * <p>The order is total but for rows equal in every value, which a tree cannot tell apart.
 */
final class DrawnRow implements Comparable<DrawnRow>, Serializable {
    private static final long serialVersionUID = 1L;

    private static final Comparator<DrawnRow> OF_EQUAL_PRIORITY =
            Comparator.comparingLong(DrawnRow::key).thenComparing(DrawnRow::values, Arrays::compare);

    private final double priority;
    private final long key;
    private final double[] values;

    DrawnRow(double priority, long key, double[] values) {
        this.priority = priority;
        this.key = key;
        this.values = values;
    }

    @Override
    public int compareTo(DrawnRow other) {
        // By itself: nearly every comparison of a large table's pass ends here.
        int byPriority = Double.compare(priority, other.priority);
        return byPriority != 0 ? byPriority : OF_EQUAL_PRIORITY.compare(this, other);
    }

    double priority() {
        return priority;
    }

    long key() {
        return key;
    }

    double[] values() {
        return values;
    }
}
