package io.goodhart.benchmarks;

import io.goodhart.isolation.SavedForest;
import io.goodhart.isolation.SavedForest.SavedTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Path lengths by bit vectors, to compare with the library's walk: feature by feature, each threshold that the row is not below
 * takes the leaves left of it away; the first leaf that stays is the row's. Not thread-safe.
 *
 * <p>Source: Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees", SIGIR
 * 2015.
 */
final class BitVectorScorer {
    private record Split(double threshold, int tree, long[] staying) {}

    private final int words;
    private final double[][] thresholds; // by feature, ascending
    private final int[][] trees;
    private final long[][] staying;
    private final double[][] leaves; // by tree, from left to right
    private final long[] left;

    BitVectorScorer(SavedForest forest) {
        int most = forest.trees().stream()
                .mapToInt(tree -> (tree.feature().size() + 1) / 2)
                .max()
                .orElseThrow();
        words = (most + 63) / 64;
        List<List<Split>> splits = new ArrayList<>();
        for (int feature = 0; feature < forest.numFeatures(); feature++) {
            splits.add(new ArrayList<>());
        }
        leaves = new double[forest.trees().size()][];
        for (int tree = 0; tree < leaves.length; tree++) {
            List<Double> lengths = new ArrayList<>();
            collect(forest.trees().get(tree), 0, tree, lengths, splits);
            leaves[tree] = lengths.stream().mapToDouble(Double::doubleValue).toArray();
        }
        thresholds = new double[splits.size()][];
        trees = new int[splits.size()][];
        staying = new long[splits.size()][];
        for (int feature = 0; feature < splits.size(); feature++) {
            List<Split> sorted = splits.get(feature);
            sorted.sort(Comparator.comparingDouble(Split::threshold));
            thresholds[feature] = sorted.stream().mapToDouble(Split::threshold).toArray();
            trees[feature] = sorted.stream().mapToInt(Split::tree).toArray();
            staying[feature] = sorted.stream()
                    .flatMapToLong(split -> Arrays.stream(split.staying()))
                    .toArray();
        }
        left = new long[leaves.length * words];
    }

    private void collect(SavedTree tree, int node, int index, List<Double> lengths, List<List<Split>> splits) {
        int feature = tree.feature().get(node);
        if (feature < 0) {
            lengths.add(tree.pathLength().get(node));
            return;
        }
        int from = lengths.size();
        collect(tree, node + 1, index, lengths, splits);
        int to = lengths.size();
        collect(tree, tree.right().get(node), index, lengths, splits);
        long[] mask = new long[words];
        Arrays.fill(mask, -1);
        for (int leaf = from; leaf < to; leaf++) {
            mask[leaf >> 6] &= ~(1L << (leaf & 63));
        }
        splits.get(feature).add(new Split(tree.threshold().get(node), index, mask));
    }

    /** Returns the mean path length of a row without NaN, before it is shortened. */
    double meanPathLength(double[] row) {
        Arrays.fill(left, -1);
        for (int feature = 0; feature < row.length; feature++) {
            double[] ascending = thresholds[feature];
            for (int split = 0; split < ascending.length && !(row[feature] < ascending[split]); split++) {
                int vector = trees[feature][split] * words;
                for (int word = 0; word < words; word++) {
                    left[vector + word] &= staying[feature][split * words + word];
                }
            }
        }
        double sum = 0;
        for (int tree = 0; tree < leaves.length; tree++) {
            int word = 0;
            while (left[tree * words + word] == 0) {
                word++;
            }
            sum += leaves[tree][64 * word + Long.numberOfTrailingZeros(left[tree * words + word])];
        }
        return sum / leaves.length;
    }
}
