package io.goodhart.benchmarks;

import com.amazon.randomcutforest.RandomCutForest;
import io.goodhart.isolation.Contributions;
import io.goodhart.isolation.ForestExplainer;
import io.goodhart.isolation.ForestSample;
import io.goodhart.isolation.ForestScorer;
import io.goodhart.isolation.IsolationForest;
import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.RowKey;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Scoring, growing and explaining, a row or a forest at a time: 30 features, 100 trees of 256 rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {
    private static final int ROWS = 20_000;
    private static final int FEATURES = 30;
    private static final int EXPLAINED = 100;
    private static final int PEER_ROWS = 200;

    private double[][] rows;
    private IsolationForest forest;
    private ForestScorer scorer;
    private ForestExplainer explainer;
    private ForestSample sample;
    private RandomCutForest peer;

    static void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(KernelBenchmark.class.getName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        .build())
                .run();
    }

    @Setup
    public void prepare() {
        Random random = new Random(1);
        rows = new double[ROWS][FEATURES];
        IsolationForestSettings settings = IsolationForestSettings.defaults();
        sample = new ForestSample(settings);
        peer = RandomCutForest.builder()
                .dimensions(FEATURES)
                .numberOfTrees(100)
                .sampleSize(256)
                .randomSeed(1)
                .build();
        for (int i = 0; i < ROWS; i++) {
            for (int feature = 0; feature < FEATURES; feature++) {
                rows[i][feature] = random.nextGaussian();
            }
            sample.offer(RowKey.of(i), rows[i]);
        }
        for (int i = 0; i < 1000; i++) {
            peer.update(rows[i]);
        }
        forest = IsolationForest.grow(sample);
        scorer = forest.scorer();
        explainer = forest.explainer();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double scoreRowByRow() {
        double sum = 0;
        for (double[] row : rows) {
            sum += scorer.score(row);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double scoreByPointers() {
        double sum = 0;
        for (double[] row : rows) {
            sum += forest.score(row);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(PEER_ROWS)
    public double scoreByRandomCutForest() {
        double sum = 0;
        for (int i = 0; i < PEER_ROWS; i++) {
            sum += peer.getAnomalyScore(rows[i]);
        }
        return sum;
    }

    @Benchmark
    public IsolationForest grow() {
        return IsolationForest.grow(sample);
    }

    @Benchmark
    @OperationsPerInvocation(EXPLAINED)
    public void explain(Blackhole blackhole) {
        for (int i = 0; i < EXPLAINED; i++) {
            Contributions contributions = explainer.explain(rows[i]);
            blackhole.consume(contributions);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public ForestSample draw() {
        ForestSample drawn = new ForestSample(IsolationForestSettings.defaults());
        for (int i = 0; i < ROWS; i++) {
            long key = RowKey.of(i);
            if (!drawn.refuses(key)) {
                drawn.offer(key, rows[i]);
            }
        }
        return drawn;
    }
}
