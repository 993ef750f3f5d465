package io.goodhart.isolation;

import java.nio.DoubleBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts equal rows, so that rows without a key can be drawn as often as they occur. Holds every distinct row. */
final class RowCounts {
    interface Consumer {
        void accept(long key, int copies, double[] row);
    }

    private final Map<DoubleBuffer, Integer> copies = new LinkedHashMap<>(); // buffers are equal when their values are

    void add(double[] row) {
        copies.merge(DoubleBuffer.wrap(row), 1, Integer::sum);
    }

    void forEach(Consumer consumer) {
        copies.forEach((row, count) -> consumer.accept(RowKey.of(row.array()), count, row.array()));
    }
}
