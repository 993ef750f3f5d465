package io.goodhart.benchmarks;

import com.amazon.randomcutforest.RandomCutForest;
import io.goodhart.isolation.EdgeLength;
import io.goodhart.isolation.ForestExplainer;
import io.goodhart.isolation.ForestScorer;
import io.goodhart.isolation.IsolationForest;
import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.RangeMargin;
import io.goodhart.isolation.SavedForest;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/** Thread CPU time of scoring and explaining: on a busy machine it says more than the wall does. Median of 5, warm. */
final class KernelCpu {
    private static final int ROWS = 20_000;
    private static final int ROUNDS = 5;
    private static final int WARM_UPS = 3;
    private static final int[] TREES = {50, 100, 200, 400};

    /** As the product grows it: many large trees, splits far above the sample, room for those that separate nothing. */
    private static final IsolationForestSettings PRODUCT =
            new IsolationForestSettings(150, 1024, 1, new RangeMargin(0, 3), EdgeLength.UNIT, 50);

    private KernelCpu() {}

    /**
     * Prints microseconds a row of the library's walk, of others over the same forest, and of the peer: 30 normal features, and for the product's forest 62
     * that are 0 in four rows of five, whose trees are too high for blocks.
     */
    static void printComparison() {
        System.out.printf("%nKernel, CPU us a row%n");
        System.out.println("| forest | library | blocks of 512 rows | bit vectors | pointers |");
        System.out.println("|---|---|---|---|---|");
        for (int trees : TREES) {
            compare(IsolationForestSettings.defaults().withTrees(trees), rows(ROWS, 30));
        }
        compare(PRODUCT, distances(ROWS, 62));
        System.out.printf("randomcutforest, 100 trees of 256: %.0f%n", peerScoring());
    }

    private static void compare(IsolationForestSettings settings, double[][] rows) {
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        double[] lengths = new double[ROWS];
        IsolationForest forest = IsolationForest.grow(settings, rows);
        SavedForest saved = SavedForest.of(forest);
        ForestScorer scorer = forest.scorer();
        BitVectorScorer bitVectors = new BitVectorScorer(saved);
        String blocks = BlockedScorer.of(saved)
                .map(blocked -> "%.2f".formatted(median(() -> blocked.meanPathLengths(flat, lengths)) / 1e3 / ROWS))
                .orElse("–");
        System.out.printf(
                "| %d trees of %d, margin %.0f | %.2f | %s | %.2f | %.2f |%n",
                settings.trees(),
                settings.sampleSize(),
                settings.margin().above(),
                median(() -> Arrays.setAll(lengths, i -> scorer.meanPathLength(rows[i]))) / 1e3 / ROWS,
                blocks,
                median(() -> Arrays.setAll(lengths, i -> bitVectors.meanPathLength(rows[i]))) / 1e3 / ROWS,
                median(() -> Arrays.setAll(lengths, i -> forest.meanPathLength(rows[i]))) / 1e3 / ROWS);
    }

    private static double peerScoring() {
        double[][] rows = rows(500, 30);
        double[] scores = new double[rows.length];
        RandomCutForest peer = RandomCutForest.builder()
                .dimensions(30)
                .numberOfTrees(100)
                .sampleSize(256)
                .randomSeed(1)
                .build();
        Arrays.stream(rows).forEach(peer::update);
        return median(() -> Arrays.setAll(scores, i -> peer.getAnomalyScore(rows[i]))) / 1e3 / rows.length;
    }

    /** Returns microseconds a row: 30 features, 100 trees, one row after the other, as Spark's stage calls it. */
    static double scoring() {
        double[][] rows = rows(ROWS, 30);
        double[] scores = new double[ROWS];
        ForestScorer scorer =
                IsolationForest.grow(IsolationForestSettings.defaults(), rows).scorer();
        return median(() -> Arrays.setAll(scores, i -> scorer.score(rows[i]))) / 1e3 / ROWS;
    }

    /** Returns seconds for 1,000 rows: 40 features, 100 trees. */
    static double explaining() {
        double[][] rows = rows(1000, 40);
        ForestExplainer explainer =
                IsolationForest.grow(IsolationForestSettings.defaults(), rows).explainer();
        double[] totals = new double[rows.length];
        return median(() ->
                        Arrays.setAll(totals, i -> explainer.explain(rows[i]).total()))
                / 1e9;
    }

    /** Returns milliseconds for a forest of 100 trees of 256 rows of 30 features, sample drawn. */
    static double growing() {
        double[][] rows = rows(256, 30);
        IsolationForest[] grown = new IsolationForest[1];
        return median(() -> grown[0] = IsolationForest.grow(IsolationForestSettings.defaults(), rows)) / 1e6;
    }

    private static double median(Runnable task) {
        double[] nanos = new double[ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            task.run();
            if (round >= 0) {
                nanos[round] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            }
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }

    private static double[][] rows(int rows, int features) {
        Random random = new Random(1);
        double[][] made = new double[rows][features];
        for (double[] row : made) {
            Arrays.setAll(row, feature -> random.nextGaussian());
        }
        return made;
    }

    /** Returns squares of exponential distances, 0 in four of five. */
    private static double[][] distances(int rows, int features) {
        Random random = new Random(1);
        double[][] made = new double[rows][features];
        for (double[] row : made) {
            Arrays.setAll(row, feature -> random.nextInt(5) > 0 ? 0 : Math.pow(Math.log(1 - random.nextDouble()), 2));
        }
        return made;
    }
}
