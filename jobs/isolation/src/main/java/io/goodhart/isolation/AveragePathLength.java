package io.goodhart.isolation;

/**
 * c(n): the mean path length of an unsuccessful search in a binary search tree of n rows, by which path lengths are scaled
 * and unfinished leaves are continued.
 *
 * <p>Source: Liu, Ting, Zhou 2008, Equation 1, c(n) = 2 H(n − 1) − 2 (n − 1) / n. The paper then replaces H by ln + γ; here H
 * is summed, so that c(2) is 1 and not 0.154.
 */
final class AveragePathLength {
    private AveragePathLength() {}

    /** Returns c(0) to c(most), in edges. */
    static double[] upTo(int most) {
        double[] lengths = new double[most + 1];
        double harmonic = 0;
        for (int rows = 2; rows <= most; rows++) {
            harmonic += 1.0 / (rows - 1);
            lengths[rows] = 2 * harmonic - 2.0 * (rows - 1) / rows;
        }
        return lengths;
    }

    /** Returns c(rows), in edges; 0 where there is nothing to search: no row or one. */
    static double of(int rows) {
        return upTo(Math.max(rows, 1))[rows];
    }
}
