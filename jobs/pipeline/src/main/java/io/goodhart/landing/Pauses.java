package io.goodhart.landing;

/** Pauses between one request and the next: a clock or a loop keeps them alike, a person does not. */
final class Pauses {
    private static final long[] TIMERS_SECONDS = {300, 600, 900, 1200, 1800, 3600};
    private static final double TIMER_TOLERANCE = 0.02;
    private static final double STEADY_TOLERANCE = 0.05;

    /** A burst of an agent's calls has even pauses of a second or two by nature; only slower ones tell of a loop. */
    private static final double LEAST_STEADY_SECONDS = 10;

    /** No pause of a timer is shorter, whatever the tolerance. */
    private static final double LEAST_TIMER_SECONDS = 290;

    private static final double STREAK_ENDS_SECONDS = 30 * 60;
    private static final long MICROS_PER_MINUTE = 60_000_000;

    private boolean isFirst;
    private long previous;
    private long streakBegan;
    private double previousPause;
    private long count;
    private long steady;
    private long timer;
    private long longestStreak;

    void clear() {
        isFirst = true;
        previousPause = Double.NaN;
        count = 0;
        steady = 0;
        timer = 0;
        longestStreak = 0;
    }

    /** Adds a request at a time in microseconds, not before those added already. */
    void add(long micros) {
        if (isFirst) {
            isFirst = false;
            streakBegan = micros;
        } else {
            double pause = (micros - previous) * 1000 / 1e9;
            count++;
            if (pause >= LEAST_STEADY_SECONDS && Math.abs(pause - previousPause) <= STEADY_TOLERANCE * previousPause) {
                steady++;
            }
            if (pause >= LEAST_TIMER_SECONDS && isTimer(pause)) {
                timer++;
            }
            if (pause > STREAK_ENDS_SECONDS) {
                streakBegan = micros;
            }
            previousPause = pause;
        }
        longestStreak = Math.max(longestStreak, micros - streakBegan);
        previous = micros;
    }

    long count() {
        return count;
    }

    long steady() {
        return steady;
    }

    long timer() {
        return timer;
    }

    long longestStreakMinutes() {
        return longestStreak / MICROS_PER_MINUTE;
    }

    private static boolean isTimer(double pause) {
        for (long period : TIMERS_SECONDS) {
            if (Math.abs(pause - period) <= TIMER_TOLERANCE * period) {
                return true;
            }
        }
        return false;
    }
}
