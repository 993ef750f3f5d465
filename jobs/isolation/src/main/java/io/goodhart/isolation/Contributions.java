package io.goodhart.isolation;

import java.util.OptionalInt;

/**
 * Why a row is strange: what each feature takes off the expected path length. Positive makes the row stranger.
 *
 * <p>Units: edges. The values sum to the forest's expected path length less the row's own. Each value is the sum of what splits
 * say that the row lies above ({@link Side#TOO_HIGH}) and of what those say that it lies below.
 */
public final class Contributions {
    /** The side on which a feature's value lies apart from the others. */
    public enum Side {
        TOO_HIGH,
        TOO_LOW
    }

    private final double[] tooHigh;
    private final double[] tooLow;

    Contributions(double[] tooHigh, double[] tooLow) {
        this.tooHigh = tooHigh;
        this.tooLow = tooLow;
    }

    public int numFeatures() {
        return tooHigh.length;
    }

    /** Returns one value a feature, in edges; positive makes the row stranger. */
    public double[] values() {
        double[] values = new double[tooHigh.length];
        for (int feature = 0; feature < values.length; feature++) {
            values[feature] = value(feature);
        }
        return values;
    }

    public double value(int feature) {
        return tooHigh[feature] + tooLow[feature];
    }

    /** Returns the side that most of the feature's value comes from. */
    public Side side(int feature) {
        return tooHigh[feature] >= tooLow[feature] ? Side.TOO_HIGH : Side.TOO_LOW;
    }

    /** Returns the expected path length less the row's own: how much stranger than the average training row it is. */
    public double total() {
        double total = 0;
        for (int feature = 0; feature < tooHigh.length; feature++) {
            total += value(feature);
        }
        return total;
    }

    /** Returns the feature that makes the row strangest, or none when the row is no stranger than the average training row. */
    public OptionalInt driver() {
        int strongest = 0;
        for (int feature = 1; feature < tooHigh.length; feature++) {
            strongest = value(feature) > value(strongest) ? feature : strongest;
        }
        return total() > 0 && value(strongest) > 0 ? OptionalInt.of(strongest) : OptionalInt.empty();
    }
}
