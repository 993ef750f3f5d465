package io.goodhart.isolation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Explains rows of one forest: exact Shapley values of the path length, where a feature outside the coalition goes both ways
 * of a split by the shares of the training rows.
 *
 * <p>A leaf's part in the value of a coalition S is its path length times, for each feature on its path, {@code hot} (1 when the
 * row itself takes every edge of that feature) inside S and {@code cold} (the product of the shares) outside. The Shapley weights of
 * coalition sizes are Beta integrals, so the value of a feature is the integral over t in (0, 1) of a product of
 * (hot t + cold (1 − t)): a polynomial, which Gauss–Legendre quadrature of half its degree integrates exactly. One walk of a tree
 * carries the products down and the sums over leaves up: nodes × quadrature points operations, no subsets. A split that neither a training
 * row nor the explained one leaves by the other side is no step: its factor is 1. A feature beyond the sampled bounds shortens every path: one more
 * factor of its own, above the roots.
 *
 * <p>Not thread-safe: it owns the space it works in.
 *
 * <p>Source: Lundberg et al., "From local explanations to global understanding with explainable AI for trees", Nature Machine
 * Intelligence 2020 (path-dependent value function); Yu et al., "Linear TreeShap", NeurIPS 2022 (sums over leaves by edges). The
 * integral takes the place of both papers' bookkeeping of polynomials.
 */
public final class ForestExplainer {
    private final IsolationForest forest;
    private final Map<Integer, Quadrature> quadratures = new HashMap<>();
    private final double[][] products; // by depth: of the factors of all features on the path, at each point
    private final double[][] sums; // by depth: over the leaves beneath, path length × product
    private final boolean[] beyond;
    private final double[] hot;
    private final double[] cold;
    private final int[] splits; // on the path walked, by feature: those whose factor is not 1

    private Quadrature quadrature;
    private int points;
    private double[] row;
    private double[] tooHigh;
    private double[] tooLow;

    ForestExplainer(IsolationForest forest) {
        int depth = forest.depth();
        this.forest = forest;
        this.products = new double[depth + 1][0];
        this.sums = new double[depth + 1][0];
        this.beyond = new boolean[forest.numFeatures()];
        this.hot = new double[forest.numFeatures()];
        this.cold = new double[forest.numFeatures()];
        this.splits = new int[forest.numFeatures()];
        Arrays.fill(cold, 1);
    }

    /** Returns what each feature of {@code newRow} adds to its strangeness, in edges. */
    public Contributions explain(double[] newRow) {
        forest.requireWidth(newRow);
        row = newRow;
        tooHigh = new double[newRow.length];
        tooLow = new double[newRow.length];
        int far = markBeyond();
        for (IsolationTree tree : forest.trees()) {
            begin(Math.min(featuresOnPath(tree, 0) + far, row.length));
            walk(tree, 0, 0);
            if (far > 0) {
                bookBeyond();
            }
        }
        int trees = forest.numTrees();
        Arrays.setAll(tooHigh, feature -> tooHigh[feature] / trees);
        Arrays.setAll(tooLow, feature -> tooLow[feature] / trees);
        return new Contributions(tooHigh, tooLow);
    }

    /** Marks the features beyond their bounds, which shorten paths before any split, and returns how many there are. */
    private int markBeyond() {
        int count = 0;
        for (int feature = 0; feature < row.length; feature++) {
            beyond[feature] = forest.bounds().isBeyond(feature, row[feature]);
            hot[feature] = beyond[feature] ? forest.bounds().factor() : 1;
            count += beyond[feature] ? 1 : 0;
        }
        return count;
    }

    /** Makes the place above the root of a tree, as exact as a path with so many features needs. */
    private void begin(int featuresOnPath) {
        quadrature = quadratures.computeIfAbsent(Math.max(0, featuresOnPath - 1), Quadrature::exactToDegree);
        points = quadrature.points();
        if (products[0].length < points) {
            Arrays.setAll(products, depth -> new double[points]);
            Arrays.setAll(sums, depth -> new double[points]);
        }
        Arrays.fill(products[0], 1);
        for (int feature = 0; feature < row.length; feature++) {
            for (int q = 0; q < points && beyond[feature]; q++) {
                products[0][q] *= quadrature.factor(q, hot[feature], 1);
            }
        }
    }

    /** Returns the most features on one path from {@code from} down, those above left out, whose factor is not 1. */
    private int featuresOnPath(IsolationTree tree, int from) {
        int node = firstStep(tree, from);
        if (tree.isLeaf(node)) {
            return 0;
        }
        int feature = tree.feature(node);
        int more = splits[feature]++ == 0 ? 1 : 0;
        int most = Math.max(featuresOnPath(tree, node + 1), featuresOnPath(tree, tree.right(node)));
        splits[feature]--;
        return more + most;
    }

    /** Returns the next node from {@code from} down, itself included, that is a leaf or is left by both sides. */
    private int firstStep(IsolationTree tree, int from) {
        int node = from;
        while (!tree.isLeaf(node)) {
            double leftShare = tree.leftShare(node);
            if ((leftShare > 0 && leftShare < 1) || goesLeft(tree, node) != leftShare) {
                return node;
            }
            node = leftShare == 1 ? node + 1 : tree.right(node);
        }
        return node;
    }

    private double goesLeft(IsolationTree tree, int node) {
        double value = row[tree.feature(node)];
        return Double.isNaN(value) ? tree.leftShare(node) : value < tree.threshold(node) ? 1 : 0;
    }

    /** Books what all leaves of the tree walked last owe to the features beyond their bounds. */
    private void bookBeyond() {
        for (int feature = 0; feature < row.length; feature++) {
            if (!beyond[feature]) {
                continue;
            }
            double owed = 0;
            for (int q = 0; q < points; q++) {
                owed += quadrature.weight(q) * sums[0][q] * (hot[feature] - 1) / quadrature.factor(q, hot[feature], 1);
            }
            if (forest.bounds().isAbove(feature, row[feature])) {
                tooHigh[feature] -= owed;
            } else {
                tooLow[feature] -= owed;
            }
        }
    }

    private void walk(IsolationTree tree, int from, int depth) {
        int node = firstStep(tree, from);
        double[] sum = sums[depth];
        double[] product = products[depth];
        if (tree.isLeaf(node)) {
            double pathLength = tree.leafPathLength(node);
            for (int q = 0; q < points; q++) {
                sum[q] = pathLength * product[q];
            }
            return;
        }
        Arrays.fill(sum, 0);
        double leftShare = tree.leftShare(node);
        double goesLeft = goesLeft(tree, node);
        descend(tree, node, node + 1, depth, goesLeft, leftShare);
        descend(tree, node, tree.right(node), depth, 1 - goesLeft, 1 - leftShare);
    }

    /** Walks one edge and books what the leaves behind it owe to the edge's feature, less what its earlier edges were told. */
    private void descend(IsolationTree tree, int node, int child, int depth, double taken, double share) {
        int feature = tree.feature(node);
        double hotBefore = hot[feature];
        double coldBefore = cold[feature];
        double hotNow = hotBefore * taken;
        double coldNow = coldBefore * share;
        if (hotNow == 0 && coldNow == 0) {
            return; // no coalition reaches these leaves
        }
        double[] product = products[depth];
        double[] productBelow = products[depth + 1];
        for (int q = 0; q < points; q++) {
            productBelow[q] =
                    product[q] / quadrature.factor(q, hotBefore, coldBefore) * quadrature.factor(q, hotNow, coldNow);
        }
        hot[feature] = hotNow;
        cold[feature] = coldNow;
        walk(tree, child, depth + 1);
        hot[feature] = hotBefore;
        cold[feature] = coldBefore;

        double[] sum = sums[depth];
        double[] sumBelow = sums[depth + 1];
        double owed = 0;
        for (int q = 0; q < points; q++) {
            double now = (hotNow - coldNow) / quadrature.factor(q, hotNow, coldNow);
            double before = (hotBefore - coldBefore) / quadrature.factor(q, hotBefore, coldBefore);
            owed += quadrature.weight(q) * sumBelow[q] * (now - before);
            sum[q] += sumBelow[q];
        }
        if (row[feature] < tree.threshold(node)) {
            tooLow[feature] -= owed; // a longer path is less strange
        } else {
            tooHigh[feature] -= owed;
        }
    }
}
