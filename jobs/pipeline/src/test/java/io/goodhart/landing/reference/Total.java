package io.goodhart.landing.reference;

import java.io.Serializable;

/** A sum over partly unknown values: the sum of the known ones, null where none is known. */
final class Total implements Serializable {
    private long sum;
    private boolean known;

    void clear() {
        sum = 0;
        known = false;
    }

    void add(long value) {
        sum += value;
        known = true;
    }

    Long orNull() {
        return known ? Long.valueOf(sum) : null;
    }
}
