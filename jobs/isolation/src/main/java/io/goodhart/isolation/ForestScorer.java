package io.goodhart.isolation;

import java.util.Arrays;

/**
 * Scores many rows fast, with the same digits as {@link IsolationForest#score}. Immutable and safe to share between threads.
 *
 * <p>The trees are laid out as perfect binary trees of one depth, root at 1 and the children of i at 2i and 2i + 1, so that a
 * row needs no branch and no pointer: a leaf above the bottom is repeated beneath. Four walks go side by side, for each waits on memory.
 *
 * <p>Shapes: 2^depth places a tree; forests deeper than {@value #DEEPEST} are walked as they are. NaN: rows that hold one take
 * the slow way.
 */
public final class ForestScorer {
    private static final int DEEPEST = 11;
    private static final int BLOCK = 256;

    private final IsolationForest forest;
    private final int depth;
    private final int places; // a tree's share of each array
    private final int width;
    private final int[] feature;
    private final double[] threshold;
    private final double[] pathLength;

    ForestScorer(IsolationForest forest) {
        this.forest = forest;
        this.depth = forest.depth();
        this.places = depth > DEEPEST ? 0 : 1 << depth;
        this.width = forest.numFeatures();
        int trees = forest.numTrees();
        this.feature = new int[trees * places];
        this.threshold = new double[trees * places];
        this.pathLength = new double[trees * places];
        for (int tree = 0; tree < trees && places > 0; tree++) {
            layOut(forest.trees().get(tree), 0, tree * places, 1, 0);
        }
    }

    private void layOut(IsolationTree tree, int node, int base, int place, int level) {
        if (level == depth) {
            pathLength[base + place - places] = tree.leafPathLength(node);
        } else if (tree.isLeaf(node)) {
            layOut(tree, node, base, 2 * place, level + 1);
            layOut(tree, node, base, 2 * place + 1, level + 1);
        } else {
            feature[base + place] = tree.feature(node);
            threshold[base + place] = tree.threshold(node);
            layOut(tree, node + 1, base, 2 * place, level + 1);
            layOut(tree, tree.right(node), base, 2 * place + 1, level + 1);
        }
    }

    /** Returns the score of one row: four trees side by side. */
    public double score(double[] row) {
        return forest.scoreOf(meanPathLength(row));
    }

    /** Returns the mean path length of one row over the trees, in edges. */
    public double meanPathLength(double[] row) {
        forest.requireWidth(row);
        if (places == 0 || IsolationForest.hasMissing(row)) {
            return forest.meanPathLength(row);
        }
        double sum = 0;
        int base = 0;
        for (; base + 4 * places <= feature.length; base += 4 * places) {
            int second = base + places;
            int third = second + places;
            int fourth = third + places;
            int a = 1;
            int b = 1;
            int c = 1;
            int d = 1;
            for (int level = 0; level < depth; level++) {
                a = 2 * a + (row[feature[base + a]] < threshold[base + a] ? 0 : 1);
                b = 2 * b + (row[feature[second + b]] < threshold[second + b] ? 0 : 1);
                c = 2 * c + (row[feature[third + c]] < threshold[third + c] ? 0 : 1);
                d = 2 * d + (row[feature[fourth + d]] < threshold[fourth + d] ? 0 : 1);
            }
            sum += pathLength[base + a - places]; // in the order of the trees, so that the digits are the forest's
            sum += pathLength[second + b - places];
            sum += pathLength[third + c - places];
            sum += pathLength[fourth + d - places];
        }
        for (; base < feature.length; base += places) {
            sum += pathLengthIn(base, row, 0);
        }
        return sum / forest.numTrees() * forest.bounds().shortening(row, 0);
    }

    /**
     * Scores {@code count} rows that lie one behind the other in {@code rows}: block by block, tree by tree, four rows side by side.
     */
    public void score(double[] rows, int count, double[] scores) {
        if (rows.length < (long) count * width || scores.length < count) {
            throw new IllegalArgumentException(
                    "%d rows of %d features need %d values and %d scores: %d and %d were given."
                            .formatted(count, width, (long) count * width, count, rows.length, scores.length));
        }
        for (int from = 0; from < count; from += BLOCK) {
            scoreBlock(rows, from, Math.min(count, from + BLOCK), scores);
        }
    }

    private void scoreBlock(double[] rows, int from, int to, double[] scores) {
        Arrays.fill(scores, from, to, 0);
        for (int base = 0; base < feature.length; base += places) {
            addPathLengths(base, rows, from, to, scores);
        }
        for (int i = from; i < to; i++) {
            double[] slow =
                    places == 0 || hasMissing(rows, i) ? Arrays.copyOfRange(rows, i * width, (i + 1) * width) : null;
            scores[i] = forest.scoreOf(
                    slow == null
                            ? scores[i] / forest.numTrees() * forest.bounds().shortening(rows, i * width)
                            : forest.meanPathLength(slow));
        }
    }

    private void addPathLengths(int base, double[] rows, int from, int to, double[] sums) {
        int i = from;
        for (; i + 4 <= to; i += 4) {
            int first = i * width;
            int second = first + width;
            int third = second + width;
            int fourth = third + width;
            int a = 1;
            int b = 1;
            int c = 1;
            int d = 1;
            for (int level = 0; level < depth; level++) {
                a = 2 * a + (rows[first + feature[base + a]] < threshold[base + a] ? 0 : 1);
                b = 2 * b + (rows[second + feature[base + b]] < threshold[base + b] ? 0 : 1);
                c = 2 * c + (rows[third + feature[base + c]] < threshold[base + c] ? 0 : 1);
                d = 2 * d + (rows[fourth + feature[base + d]] < threshold[base + d] ? 0 : 1);
            }
            sums[i] += pathLength[base + a - places];
            sums[i + 1] += pathLength[base + b - places];
            sums[i + 2] += pathLength[base + c - places];
            sums[i + 3] += pathLength[base + d - places];
        }
        for (; i < to; i++) {
            sums[i] += pathLengthIn(base, rows, i * width);
        }
    }

    private double pathLengthIn(int base, double[] rows, int offset) {
        int place = 1;
        for (int level = 0; level < depth; level++) {
            place = 2 * place + (rows[offset + feature[base + place]] < threshold[base + place] ? 0 : 1);
        }
        return pathLength[base + place - places];
    }

    private boolean hasMissing(double[] rows, int row) {
        for (int i = row * width; i < (row + 1) * width; i++) {
            if (Double.isNaN(rows[i])) {
                return true;
            }
        }
        return false;
    }
}
