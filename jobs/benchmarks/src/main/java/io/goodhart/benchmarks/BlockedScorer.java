package io.goodhart.benchmarks;

import io.goodhart.isolation.SavedForest;
import io.goodhart.isolation.SavedForest.SavedTree;
import java.util.Arrays;
import java.util.Optional;

/**
 * Path lengths by blocks of rows, tree outer, four rows side by side in perfect binary trees, to compare with the library's walk of
 * eight trees a row.
 */
final class BlockedScorer {
    private static final int BLOCK = 512;
    private static final int DEEPEST = 16; // 2^depth places a tree

    private final int depth;
    private final int places;
    private final int width;
    private final int[] feature;
    private final double[] threshold;
    private final double[] pathLength;
    private final int trees;

    /** Returns a scorer of the forest, if its trees are low enough to be laid out. */
    static Optional<BlockedScorer> of(SavedForest forest) {
        int depth =
                forest.trees().stream().mapToInt(tree -> depth(tree, 0)).max().orElseThrow();
        return depth > DEEPEST ? Optional.empty() : Optional.of(new BlockedScorer(forest, depth));
    }

    private BlockedScorer(SavedForest forest, int depth) {
        this.depth = depth;
        trees = forest.trees().size();
        width = forest.numFeatures();
        places = 1 << depth;
        feature = new int[trees * places];
        threshold = new double[trees * places];
        pathLength = new double[trees * places];
        for (int tree = 0; tree < trees; tree++) {
            layOut(forest.trees().get(tree), 0, tree * places, 1, 0);
        }
    }

    private static int depth(SavedTree tree, int node) {
        return tree.feature().get(node) < 0
                ? 0
                : 1 + Math.max(depth(tree, node + 1), depth(tree, tree.right().get(node)));
    }

    private void layOut(SavedTree tree, int node, int base, int place, int level) {
        if (level == depth) {
            pathLength[base + place - places] = tree.pathLength().get(node);
            return;
        }
        boolean leaf = tree.feature().get(node) < 0;
        if (!leaf) {
            feature[base + place] = tree.feature().get(node);
            threshold[base + place] = tree.threshold().get(node);
        }
        layOut(tree, leaf ? node : node + 1, base, 2 * place, level + 1);
        layOut(tree, leaf ? node : tree.right().get(node), base, 2 * place + 1, level + 1);
    }

    /** Fills {@code means} with the mean path lengths, before they are shortened, of rows that lie one behind the other. */
    void meanPathLengths(double[] rows, double[] means) {
        Arrays.fill(means, 0);
        for (int from = 0; from < means.length; from += BLOCK) {
            int to = Math.min(means.length, from + BLOCK);
            for (int base = 0; base < feature.length; base += places) {
                add(base, rows, from, to, means);
            }
            for (int i = from; i < to; i++) {
                means[i] /= trees;
            }
        }
    }

    private void add(int base, double[] rows, int from, int to, double[] sums) {
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
                a = next(rows, first, base, a);
                b = next(rows, second, base, b);
                c = next(rows, third, base, c);
                d = next(rows, fourth, base, d);
            }
            sums[i] += pathLength[base + a - places];
            sums[i + 1] += pathLength[base + b - places];
            sums[i + 2] += pathLength[base + c - places];
            sums[i + 3] += pathLength[base + d - places];
        }
        for (; i < to; i++) {
            int place = 1;
            for (int level = 0; level < depth; level++) {
                place = next(rows, i * width, base, place);
            }
            sums[i] += pathLength[base + place - places];
        }
    }

    private int next(double[] rows, int row, int base, int place) {
        return 2 * place + (rows[row + feature[base + place]] < threshold[base + place] ? 0 : 1);
    }
}
