package io.goodhart.features;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** How often each value occurs: merges exactly in any order, and is as large as there are different values. */
final class ValueCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Double, Long> times = new TreeMap<>();
    private long total;

    void add(double value) {
        add(value, 1);
    }

    void add(double value, long often) {
        times.merge(value, often, Long::sum);
        total += often;
    }

    void add(ValueCounts other) {
        other.times.forEach(this::add);
    }

    long total() {
        return total;
    }

    /** Returns the counts of the values that {@code function} makes of these. */
    ValueCounts map(DoubleUnaryOperator function) {
        ValueCounts mapped = new ValueCounts();
        times.forEach((value, often) -> mapped.add(function.applyAsDouble(value), often));
        return mapped;
    }

    /** Returns the exact quantile, interpolated between neighbours as Spark's {@code percentile} does. There must be a value. */
    double quantile(double share) {
        double position = (total - 1) * share;
        long below = (long) Math.floor(position);
        long above = (long) Math.ceil(position);
        double lower = at(below);
        double upper = above == below ? lower : at(above);
        return lower == upper ? lower : (above - position) * lower + (position - below) * upper;
    }

    private double at(long place) {
        long seen = 0;
        for (Map.Entry<Double, Long> entry : times.entrySet()) {
            seen += entry.getValue();
            if (seen > place) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("no value at place " + place + " of " + total);
    }
}
