package io.goodhart.landing.reference;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** Pauses between one request and the next: a clock or a loop keeps them alike, a person does not. */
final class Pauses implements Serializable {
    private static final long[] TIMERS_SECONDS = {300, 600, 900, 1200, 1800, 3600};
    private static final double TIMER_TOLERANCE = 0.02;
    private static final double STEADY_TOLERANCE = 0.05;

    /** A burst of an agent's calls has even pauses of a second or two by nature; only slower ones tell of a loop. */
    private static final double LEAST_STEADY_SECONDS = 10;

    private static final double STREAK_ENDS_SECONDS = 30 * 60;

    private Instant previous;
    private Instant streakBegan;
    private double previousPause = Double.NaN;
    private long count;
    private long steady;
    private long timer;
    private Duration longestStreak = Duration.ZERO;

    void add(Instant time) {
        if (previous == null) {
            streakBegan = time;
        } else {
            double pause = Duration.between(previous, time).toNanos() / 1e9;
            count++;
            if (pause >= LEAST_STEADY_SECONDS && Math.abs(pause - previousPause) <= STEADY_TOLERANCE * previousPause) {
                steady++;
            }
            if (isTimer(pause)) {
                timer++;
            }
            if (pause > STREAK_ENDS_SECONDS) {
                streakBegan = time;
            }
            previousPause = pause;
        }
        Duration streak = Duration.between(streakBegan, time);
        longestStreak = streak.compareTo(longestStreak) > 0 ? streak : longestStreak;
        previous = time;
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
        return longestStreak.toMinutes();
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
