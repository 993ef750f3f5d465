package io.goodhart.isolation;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How far the values reach that a forest was grown on. A row beyond them in a feature has its path shortened: the splits of a
 * tree end at the largest row it saw, so that by themselves they cannot tell a value of twice that size from it.
 *
 * <p>A feature's bounds are the medians over the trees of the sampled range, widened by {@value #WIDENED} of it on either side;
 * a feature that is constant in most trees has none. Each feature beyond its bounds multiplies the mean path length by the same factor, so
 * that a contribution stays an exact Shapley value. NaN is beyond nothing.
 *
 * <p>Source: the purpose is that of the acceptable range of Liu, Ting, Zhou, "On Detecting Clustered Anomalies Using SCiForest",
 * ECML PKDD 2010, which is tested at every node; docs/decisions/0013 compares what was tried.
 */
final class SampledBounds implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double WIDENED = 0.25;
    private static final double FACTOR = 0.9;

    /** Nothing is beyond. */
    static final SampledBounds NONE = new SampledBounds(new double[0], new double[0], 1);

    private final double[] lower; // empty: no feature has bounds
    private final double[] upper;
    private final double factor;

    SampledBounds(double[] lower, double[] upper, double factor) {
        this.lower = lower.clone();
        this.upper = upper.clone();
        this.factor = factor;
    }

    /** Returns the bounds of trees whose samples reach from {@code least} to {@code most}: by tree, then by feature. */
    static SampledBounds over(double[][] least, double[][] most) {
        int trees = least.length;
        int features = least[0].length;
        int middle = (trees - 1) / 2;
        double[] lower = new double[features];
        double[] upper = new double[features];
        double[] ofTrees = new double[trees];
        for (int feature = 0; feature < features; feature++) {
            for (int tree = 0; tree < trees; tree++) {
                double range = most[tree][feature] - least[tree][feature];
                ofTrees[tree] = range > 0 ? most[tree][feature] + WIDENED * range : Double.POSITIVE_INFINITY;
            }
            Arrays.sort(ofTrees);
            upper[feature] = ofTrees[middle];
            for (int tree = 0; tree < trees; tree++) {
                double range = most[tree][feature] - least[tree][feature];
                ofTrees[tree] = range > 0 ? least[tree][feature] - WIDENED * range : Double.NEGATIVE_INFINITY;
            }
            Arrays.sort(ofTrees);
            lower[feature] = ofTrees[trees - 1 - middle];
        }
        return new SampledBounds(lower, upper, FACTOR);
    }

    /** Returns the factor by which the path of {@code row} is shortened. */
    double shortening(double[] row) {
        int beyond = 0;
        for (int feature = 0; feature < lower.length; feature++) {
            double value = row[feature];
            beyond += value < lower[feature] || value > upper[feature] ? 1 : 0;
        }
        double product = 1;
        for (; beyond > 0; beyond--) {
            product *= factor;
        }
        return product;
    }

    /** Returns whether {@code value} lies beyond the bounds of its feature. */
    boolean isBeyond(int feature, double value) {
        return lower.length > 0 && (value < lower[feature] || value > upper[feature]);
    }

    /** Returns whether {@code value} lies above the upper bound of its feature. */
    boolean isAbove(int feature, double value) {
        return lower.length > 0 && value > upper[feature];
    }

    double factor() {
        return factor;
    }

    double[] lower() {
        return lower.clone();
    }

    double[] upper() {
        return upper.clone();
    }
}
