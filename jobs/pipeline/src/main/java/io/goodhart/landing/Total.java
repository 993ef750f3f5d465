package io.goodhart.landing;

/** A sum over partly unknown values: the sum of the known ones, null where none is known. */
final class Total {
    private long sum;
    private boolean known;

    void clear() {
        sum = 0;
        known = false;
    }

    /** Begins with a sum; null: nothing is known yet. */
    void begin(Long before) {
        clear();
        if (before != null) {
            add(before);
        }
    }

    void add(long value) {
        sum += value;
        known = true;
    }

    Long orNull() {
        return known ? Long.valueOf(sum) : null;
    }
}
