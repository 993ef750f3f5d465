package io.goodhart.isolation;

import java.io.Serializable;

/**
 * One isolation tree as parallel arrays in pre-order: the left child of node i is i + 1.
 *
 * <p>Shapes: five arrays, one entry a node; a leaf has {@code feature == LEAF}, threshold 0 and right 0. Units: edges. A row
 * goes left when its value is below the threshold. Nulls: a row whose value is NaN goes both ways, each by its share of the training rows, so that what is
 * missing is no evidence.
 *
 * <p>Source: Liu, Ting, Zhou, "Isolation Forest", ICDM 2008, Algorithm 3 and Equation 1.
 */
final class IsolationTree implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int LEAF = -1;

    private final int[] feature;
    private final double[] threshold;
    private final int[] right;
    private final int[] rows; // training rows that reached the node
    private final double[] pathLength; // of a leaf: of the edges above it, and c(rows in leaf); of an inner node 0

    IsolationTree(int[] feature, double[] threshold, int[] right, int[] rows, double[] pathLength) {
        this.feature = feature;
        this.threshold = threshold;
        this.right = right;
        this.rows = rows;
        this.pathLength = pathLength;
    }

    int nodes() {
        return feature.length;
    }

    int feature(int node) {
        return feature[node];
    }

    double threshold(int node) {
        return threshold[node];
    }

    int right(int node) {
        return right[node];
    }

    int rows(int node) {
        return rows[node];
    }

    double leafPathLength(int node) {
        return pathLength[node];
    }

    boolean isLeaf(int node) {
        return feature[node] == LEAF;
    }

    /** Returns the share of the node's training rows that went left. */
    double leftShare(int node) {
        return (double) rows[node + 1] / rows[node];
    }

    /** Returns the path length of {@code row}, whose width and NaN-freedom the forest has checked. */
    double pathLength(double[] row) {
        int node = 0;
        while (feature[node] != LEAF) {
            node = row[feature[node]] < threshold[node] ? node + 1 : right[node];
        }
        return pathLength[node];
    }

    /** Returns the path length of a row that may hold NaN: the mean over the ways it may go. */
    double pathLengthOfMissing(double[] row, int from) {
        int node = from;
        while (feature[node] != LEAF) {
            double value = row[feature[node]];
            if (Double.isNaN(value)) {
                double left = leftShare(node);
                return left * pathLengthOfMissing(row, node + 1) + (1 - left) * pathLengthOfMissing(row, right[node]);
            }
            node = value < threshold[node] ? node + 1 : right[node];
        }
        return pathLength[node];
    }

    /** Returns the mean path length of the rows that the tree was grown on. */
    double expectedPathLength() {
        double sum = 0;
        for (int node = 0; node < nodes(); node++) {
            sum += isLeaf(node) ? rows[node] * pathLength[node] : 0;
        }
        return sum / rows[0];
    }

    /** Returns the edges from the root to the deepest leaf. */
    int depth() {
        return depth(0);
    }

    private int depth(int node) {
        return isLeaf(node) ? 0 : 1 + Math.max(depth(node + 1), depth(right[node]));
    }
}
