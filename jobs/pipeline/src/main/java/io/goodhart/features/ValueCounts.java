package io.goodhart.features;

import io.goodhart.rows.LongIds;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** How often each value occurs: merges exactly in any order, and is as large as there are different values. */
final class ValueCounts implements Serializable {
    private static final long serialVersionUID = 2L;

    private final LongIds values = new LongIds();
    private long[] times = new long[8];
    private long total;

    void add(double value) {
        add(value, 1);
    }

    void add(double value, long often) {
        int id = values.idOf(Double.doubleToLongBits(value));
        if (id == times.length) {
            times = Arrays.copyOf(times, 2 * id);
        }
        times[id] += often;
        total += often;
    }

    void add(ValueCounts other) {
        for (int id = 0; id < other.values.size(); id++) {
            add(other.value(id), other.times[id]);
        }
    }

    long total() {
        return total;
    }

    /** Returns the counts of the values that {@code function} makes of these. */
    ValueCounts map(DoubleUnaryOperator function) {
        ValueCounts mapped = new ValueCounts();
        for (int id = 0; id < values.size(); id++) {
            mapped.add(function.applyAsDouble(value(id)), times[id]);
        }
        return mapped;
    }

    /** Returns the exact quantile, interpolated between neighbours as Spark's {@code percentile} does. There must be a value. */
    double quantile(double share) {
        double[] sorted = new double[values.size()];
        Arrays.setAll(sorted, this::value);
        Arrays.sort(sorted);
        double position = (total - 1) * share;
        long below = (long) Math.floor(position);
        long above = (long) Math.ceil(position);
        double lower = at(sorted, below);
        double upper = above == below ? lower : at(sorted, above);
        return lower == upper ? lower : (above - position) * lower + (position - below) * upper;
    }

    private double value(int id) {
        return Double.longBitsToDouble(values.value(id));
    }

    private double at(double[] sorted, long place) {
        long seen = 0;
        for (double value : sorted) {
            seen += times[values.idOf(Double.doubleToLongBits(value))];
            if (seen > place) {
                return value;
            }
        }
        throw new IllegalStateException("no value at place " + place + " of " + total);
    }
}
