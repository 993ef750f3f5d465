package io.goodhart.isolation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The saved form of a forest, kept apart from the classes that live: plain numbers and arrays, in a numbered version. A form
 * once released stays readable.
 *
 * @param version {@link #VERSION} when written by this code
 * @param numFeatures features of a row
 * @param rowsPerTree rows each tree was grown on
 * @param trees the trees in their order
 * @param lower smallest value of each feature that is not beyond the sample, negative infinity where there is none; empty in form 1
 *     and where no feature has bounds
 * @param upper largest value of each feature that is not beyond the sample; as {@code lower}
 * @param beyondFactor what each feature beyond its bounds multiplies the mean path length by
 */
public record SavedForest(
        int version,
        int numFeatures,
        int rowsPerTree,
        List<SavedTree> trees,
        List<Double> lower,
        List<Double> upper,
        double beyondFactor) {
    public static final int VERSION = 2;
    private static final int FIRST_VERSION = 1;

    /**
     * One tree: parallel arrays in pre-order, one entry a node. A leaf has feature −1; the left child of node i is i + 1.
     *
     * @param feature the feature that splits, −1 for a leaf
     * @param threshold rows below it go left; 0 for a leaf
     * @param right the right child; 0 for a leaf
     * @param rows training rows that reached the node
     * @param pathLength of a leaf, the length of the edges above it and the average path length of what it left unsplit; 0 elsewhere
     */
    public record SavedTree(
            List<Integer> feature,
            List<Double> threshold,
            List<Integer> right,
            List<Integer> rows,
            List<Double> pathLength) {
        public SavedTree {
            feature = List.copyOf(feature);
            threshold = List.copyOf(threshold);
            right = List.copyOf(right);
            rows = List.copyOf(rows);
            pathLength = List.copyOf(pathLength);
        }
    }

    public SavedForest {
        trees = List.copyOf(trees);
        lower = List.copyOf(lower);
        upper = List.copyOf(upper);
    }

    public static SavedForest of(IsolationForest forest) {
        List<SavedTree> trees = new ArrayList<>();
        for (IsolationTree tree : forest.trees()) {
            trees.add(saved(tree));
        }
        SampledBounds bounds = forest.bounds();
        return new SavedForest(
                VERSION,
                forest.numFeatures(),
                forest.rowsPerTree(),
                trees,
                Arrays.stream(bounds.lower()).boxed().toList(),
                Arrays.stream(bounds.upper()).boxed().toList(),
                bounds.factor());
    }

    /**
     * Returns the forest that was saved.
     *
     * @throws IllegalArgumentException when the form is of a later version, or its arrays are no trees
     */
    public IsolationForest restore() {
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IllegalArgumentException(
                    "The saved forest has form %d, this code reads forms %d to %d. Load it with the release that wrote it, or a later one."
                            .formatted(version, FIRST_VERSION, VERSION));
        }
        List<IsolationTree> restored = new ArrayList<>();
        for (int tree = 0; tree < trees.size(); tree++) {
            restored.add(restored(trees.get(tree), tree));
        }
        boolean bounded = lower.size() == numFeatures && upper.size() == numFeatures;
        boolean unbounded = lower.isEmpty() && upper.isEmpty();
        if (restored.isEmpty() || numFeatures < 1 || rowsPerTree < 2 || !(bounded || unbounded)) {
            throw new IllegalArgumentException(
                    "The saved forest is damaged: %d trees of %d rows and %d features, %d lower and %d upper bounds."
                            .formatted(restored.size(), rowsPerTree, numFeatures, lower.size(), upper.size()));
        }
        SampledBounds bounds =
                unbounded ? SampledBounds.NONE : new SampledBounds(doubles(lower), doubles(upper), beyondFactor);
        return new IsolationForest(restored, numFeatures, rowsPerTree, bounds);
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static SavedTree saved(IsolationTree tree) {
        List<Integer> feature = new ArrayList<>();
        List<Double> threshold = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        List<Double> pathLength = new ArrayList<>();
        for (int node = 0; node < tree.nodes(); node++) {
            feature.add(tree.feature(node));
            threshold.add(tree.threshold(node));
            right.add(tree.right(node));
            rows.add(tree.rows(node));
            pathLength.add(tree.leafPathLength(node));
        }
        return new SavedTree(feature, threshold, right, rows, pathLength);
    }

    private IsolationTree restored(SavedTree saved, int tree) {
        int nodes = saved.feature().size();
        boolean sound = nodes > 0
                && saved.threshold().size() == nodes
                && saved.right().size() == nodes
                && saved.rows().size() == nodes
                && saved.pathLength().size() == nodes;
        for (int node = 0; sound && node < nodes; node++) {
            int feature = saved.feature().get(node);
            int right = saved.right().get(node);
            sound = feature == IsolationTree.LEAF
                    || (feature >= 0 && feature < numFeatures && right > node + 1 && right < nodes);
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    "Tree %d of the saved forest is damaged: its arrays do not form a tree over %d features."
                            .formatted(tree, numFeatures));
        }
        return new IsolationTree(
                saved.feature().stream().mapToInt(Integer::intValue).toArray(),
                doubles(saved.threshold()),
                saved.right().stream().mapToInt(Integer::intValue).toArray(),
                saved.rows().stream().mapToInt(Integer::intValue).toArray(),
                doubles(saved.pathLength()));
    }
}
