package io.goodhart.isolation;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts equal rows, so that rows without a key can be drawn as often as they occur. Holds one row of each kind. */
final class RowCounts {
    interface Consumer {
        void accept(long key, int copies, double[] row);
    }

    private final Map<Long, double[]> rows = new LinkedHashMap<>();
    private final Map<Long, Integer> copies = new LinkedHashMap<>();

    void add(double[] row) {
        long key = RowKey.of(row);
        rows.putIfAbsent(key, row);
        copies.merge(key, 1, Integer::sum);
    }

    void forEach(Consumer consumer) {
        rows.forEach((key, row) -> consumer.accept(key, copies.get(key), row));
    }
}
