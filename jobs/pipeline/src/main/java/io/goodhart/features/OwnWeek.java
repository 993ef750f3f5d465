package io.goodhart.features;

/**
 * A person's week.
 *
 * @param presentDays the days of it over which amounts are spread, at least 1: leave without usage is left out, and so is what nobody saw
 * @param valuesOrNull the raw features, in the order of the vector; null: nothing was used
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record OwnWeek(int presentDays, double[] valuesOrNull) {
    /** Returns the value of the feature at {@code index}; 0 where nothing was used. */
    public double amount(int index) {
        return valuesOrNull == null ? 0 : valuesOrNull[index];
    }
}
