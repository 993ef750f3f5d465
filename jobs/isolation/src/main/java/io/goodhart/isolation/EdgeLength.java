package io.goodhart.isolation;

/**
 * What an edge of a tree adds to the path length of the rows that take it.
 *
 * <p>Edge lengths are known when a tree is grown: they are summed in the leaves, so that scoring costs the same and
 * contributions stay exact.
 */
public enum EdgeLength {
    /** One: path lengths are depths, as in Liu, Ting, Zhou 2008. */
    UNIT {
        @Override
        double of(double rowShare, double rangeShare) {
            return 1;
        }
    },

    /**
     * log2(1 + density²), where density is the share of the node's rows that take the edge over the share of the node's range
     * that it leads to: one where rows are spread evenly, nearly none into an empty stretch, more into a crowd. The stretches
     * beyond the sampled values are empty too: a row there has its path shortened ({@link SampledBounds}).
     *
     * <p>Source: Cortes, "Isolation forests: looking beyond tree depth", arXiv 2111.11639, 2021, compares scores by density and
     * by adjusted depth; this form is ours: it is never negative, so that scores stay in (0, 1]. docs/decisions/0010 compares the
     * forms that were tried.
     */
    DENSITY {
        @Override
        double of(double rowShare, double rangeShare) {
            double density = rowShare / Math.max(rangeShare, LEAST_RANGE);
            return StrictMath.log1p(density * density) / LOG_OF_2;
        }

        @Override
        boolean endsAtTheSample() {
            return true;
        }
    };

    private static final double LEAST_RANGE = 1e-6;
    private static final double LOG_OF_2 = StrictMath.log(2);

    /** Returns the length of an edge that {@code rowShare} of the node's rows take, into {@code rangeShare} of its range. */
    abstract double of(double rowShare, double rangeShare);

    /** Returns whether paths of rows beyond the sampled values are shortened. */
    boolean endsAtTheSample() {
        return false;
    }
}
