package io.goodhart.features;

/**
 * Some of a person's days held against the others, as logarithms: by how many standard errors, made of the person's own day-to-day spread,
 * their mean stands above.
 *
 * <p>What counts is what a person does day after day: one heavy day widens the spread as well as it lifts the mean, so that it proves
 * little. Days without any amount are no days here.
 */
final class Contrast {
    /** How many days each side must have. */
    private static final int LEAST_DAYS = 3;

    /** Added to the spread: a person whose days are all alike does not stand infinitely far out. */
    private static final double LEAST_SPREAD = 0.25;

    private final Side marked = new Side();
    private final Side others = new Side();

    private static final class Side {
        private int days;
        private double sum;
        private double squares;

        void add(double value) {
            days++;
            sum += value;
            squares += value * value;
        }

        double squaredDeviations() {
            return Math.max(0, squares - sum * sum / days);
        }
    }

    void add(boolean isMarked, double amount) {
        if (amount > 0) {
            (isMarked ? marked : others).add(Math.log(amount));
        }
    }

    /** Returns the distance of the marked days' mean from that of the others, in standard errors; NaN where there are too few days. */
    double spreads() {
        if (marked.days < LEAST_DAYS || others.days < LEAST_DAYS) {
            return Double.NaN;
        }
        double spread = LEAST_SPREAD
                + Math.sqrt(
                        (marked.squaredDeviations() + others.squaredDeviations()) / (marked.days + others.days - 2));
        double difference = marked.sum / marked.days - others.sum / others.days;
        return difference / (spread * Math.sqrt(1.0 / marked.days + 1.0 / others.days));
    }
}
