package io.goodhart.isolation;

/**
 * Scores many rows fast, with the same digits as {@link IsolationForest#score}. Immutable and safe to share between threads.
 *
 * <p>The trees are laid out as perfect binary trees of one depth, root at 1 and the children of i at 2i and 2i + 1, so that a
 * row needs no branch and no pointer: a leaf above the bottom is repeated beneath. A row walks eight trees side by side, for each walk
 * waits on memory; the eight lie interleaved, so that one address serves all. docs/decisions/0014 compares the layouts that were tried.
 *
 * <p>Shapes: 2^depth places a tree, trees filled up to a multiple of eight with empty ones; forests deeper than {@value #DEEPEST} are
 * walked as they are. NaN: rows that hold one take the slow way.
 */
public final class ForestScorer {
    private static final int DEEPEST = 11;
    private static final int ABREAST = 8;

    private final IsolationForest forest;
    private final int depth;
    private final int places; // of eight trees in each array
    private final int[] feature;
    private final double[] threshold;
    private final double[] pathLength;

    ForestScorer(IsolationForest forest) {
        this.forest = forest;
        this.depth = forest.depth();
        this.places = depth > DEEPEST ? 0 : ABREAST << depth;
        int trees = forest.numTrees();
        int total = (trees + ABREAST - 1) / ABREAST * places;
        this.feature = new int[total];
        this.threshold = new double[total];
        this.pathLength = new double[total];
        for (int tree = 0; tree < trees && places > 0; tree++) {
            layOut(forest.trees().get(tree), 0, tree / ABREAST * places + tree % ABREAST, 1, 0);
        }
    }

    private void layOut(IsolationTree tree, int node, int base, int place, int level) {
        if (level == depth) {
            pathLength[base + ABREAST * place - places] = tree.leafPathLength(node);
        } else if (tree.isLeaf(node)) {
            layOut(tree, node, base, 2 * place, level + 1);
            layOut(tree, node, base, 2 * place + 1, level + 1);
        } else {
            feature[base + ABREAST * place] = tree.feature(node);
            threshold[base + ABREAST * place] = tree.threshold(node);
            layOut(tree, node + 1, base, 2 * place, level + 1);
            layOut(tree, tree.right(node), base, 2 * place + 1, level + 1);
        }
    }

    /** Returns the score of one row. */
    public double score(double[] row) {
        return forest.scoreOf(meanPathLength(row));
    }

    /** Returns the mean path length of one row over the trees, in edges, as {@link IsolationForest#meanPathLength} does. */
    public double meanPathLength(double[] row) {
        forest.requireWidth(row);
        if (places == 0 || IsolationForest.hasMissing(row)) {
            return forest.meanPathLength(row);
        }
        double sum = 0;
        for (int base = 0; base < feature.length; base += places) {
            int a = 1;
            int b = 1;
            int c = 1;
            int d = 1;
            int e = 1;
            int f = 1;
            int g = 1;
            int h = 1;
            for (int level = 0; level < depth; level++) {
                a = next(row, base, a);
                b = next(row, base + 1, b);
                c = next(row, base + 2, c);
                d = next(row, base + 3, d);
                e = next(row, base + 4, e);
                f = next(row, base + 5, f);
                g = next(row, base + 6, g);
                h = next(row, base + 7, h);
            }
            int leaves = base - places;
            sum += pathLength[leaves + ABREAST * a]; // in the order of the trees, so that the digits are the forest's
            sum += pathLength[leaves + ABREAST * b + 1];
            sum += pathLength[leaves + ABREAST * c + 2];
            sum += pathLength[leaves + ABREAST * d + 3];
            sum += pathLength[leaves + ABREAST * e + 4];
            sum += pathLength[leaves + ABREAST * f + 5];
            sum += pathLength[leaves + ABREAST * g + 6];
            sum += pathLength[leaves + ABREAST * h + 7];
        }
        return sum / forest.numTrees() * forest.bounds().shortening(row);
    }

    private int next(double[] row, int base, int place) {
        int at = base + ABREAST * place;
        return 2 * place + (row[feature[at]] < threshold[at] ? 0 : 1);
    }
}
