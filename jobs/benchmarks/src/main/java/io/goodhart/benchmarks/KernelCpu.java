package io.goodhart.benchmarks;

import io.goodhart.isolation.ForestExplainer;
import io.goodhart.isolation.ForestScorer;
import io.goodhart.isolation.IsolationForest;
import io.goodhart.isolation.IsolationForestSettings;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/** Thread CPU time of scoring and explaining: on a busy machine it says more than the wall does. Median of 5, warm. */
final class KernelCpu {
    private static final int ROWS = 50_000;
    private static final int ROUNDS = 5;
    private static final int WARM_UPS = 3;

    private KernelCpu() {}

    /** Returns microseconds a row: 30 features, 100 trees. */
    static double blockedScoring() {
        double[][] rows = rows(ROWS, 30);
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        double[] scores = new double[ROWS];
        ForestScorer scorer =
                IsolationForest.grow(IsolationForestSettings.defaults(), rows).scorer();
        return median(() -> scorer.score(flat, ROWS, scores)) / 1e3 / ROWS;
    }

    /** Returns microseconds a row: as {@link #blockedScoring}, one row after the other. */
    static double scoringByTheRow() {
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
}
