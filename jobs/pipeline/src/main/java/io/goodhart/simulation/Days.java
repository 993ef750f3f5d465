package io.goodhart.simulation;

import java.time.LocalDate;

/** UTC days of moments in microseconds since 1970. */
final class Days {
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private Days() {}

    static long number(long micros) {
        return Math.floorDiv(micros, MICROS_A_DAY);
    }

    static LocalDate of(long micros) {
        return LocalDate.ofEpochDay(number(micros));
    }
}
