package io.goodhart.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForestExplainerTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void contributionsAreTheShapleyValuesOverAllSubsets(long seed) {
        Random random = new Random(seed);
        int features = 1 + random.nextInt(6);
        IsolationForestSettings settings = new IsolationForestSettings(
                3,
                32,
                seed,
                seed % 2 == 0 ? RangeMargin.NONE : new RangeMargin(0.2, 0.5),
                seed % 4 < 2 ? EdgeLength.UNIT : EdgeLength.DENSITY);
        double[][] rows = Rows.random(seed, 60, features);
        IsolationForest forest =
                IsolationForest.grow(settings, seed % 3 == 0 ? Rows.withMissing(rows, seed, 0.2) : rows);
        ForestExplainer explainer = forest.explainer();
        for (int i = 0; i < 5; i++) {
            double[] row = rows[random.nextInt(rows.length)].clone();
            row[random.nextInt(features)] = i == 4 ? Double.NaN : 10 * random.nextGaussian();
            double[] contributions = explainer.explain(row).values();
            for (int feature = 0; feature < features; feature++) {
                assertThat(contributions[feature])
                        .as("seed %d, feature %d", seed, feature)
                        .isCloseTo(-shapley(forest, row, feature), within(1e-10));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void contributionsSumToExpectedLessActualPathLength(long seed) {
        double[][] rows = Rows.random(seed, 400, 20);
        IsolationForest forest = IsolationForest.grow(
                new IsolationForestSettings(20, 256, seed, RangeMargin.of(seed % 2 * 0.5), EdgeLength.DENSITY), rows);
        Contributions contributions = forest.explainer().explain(rows[(int) seed]);
        assertThat(contributions.total())
                .as("seed %d", seed)
                .isCloseTo(forest.expectedPathLength() - forest.meanPathLength(rows[(int) seed]), within(1e-9));
    }

    @Test
    void aMissingValueContributesNothing() {
        IsolationForest forest = IsolationForest.grow(IsolationForestSettings.standard(), Rows.random(1, 500, 5));
        assertThat(forest.explainer()
                        .explain(new double[] {1, 2, Double.NaN, 9, 1})
                        .value(2))
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void aPlantedFeatureComesFirstOnItsSideInNearlyEveryOfAThousandCases() {
        IsolationForest forest = IsolationForest.grow(
                IsolationForestSettings.standard().withMargin(RangeMargin.of(1)), Rows.random(11, 2000, 20));
        ForestExplainer explainer = forest.explainer();
        double[][] plain = Rows.random(12, 1000, 20);
        Random random = new Random(13);
        int found = 0;
        for (double[] row : plain) {
            int planted = random.nextInt(20);
            boolean high = random.nextBoolean();
            row[planted] = (high ? 8 : -8) * (planted + 1);
            Contributions contributions = explainer.explain(row);
            boolean first = contributions.driver().orElse(-1) == planted;
            boolean side =
                    contributions.side(planted) == (high ? Contributions.Side.TOO_HIGH : Contributions.Side.TOO_LOW);
            found += first && side ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(990);
    }

    @Test
    void aRowInTheMiddleHasNoDriver() {
        IsolationForest forest = IsolationForest.grow(IsolationForestSettings.standard(), Rows.random(11, 2000, 20));
        assertThat(forest.explainer().explain(new double[20]).driver()).isEmpty();
    }

    private static double shapley(IsolationForest forest, double[] row, int feature) {
        int features = row.length;
        double sum = 0;
        for (int subset = 0; subset < 1 << features; subset++) {
            if ((subset >> feature & 1) == 0) {
                int size = Integer.bitCount(subset);
                double weight = factorial(size) * factorial(features - size - 1) / factorial(features);
                sum += weight * (value(forest, row, subset | 1 << feature) - value(forest, row, subset));
            }
        }
        return sum;
    }

    private static double value(IsolationForest forest, double[] row, int subset) {
        double sum = 0;
        for (IsolationTree tree : forest.trees()) {
            sum += value(tree, 0, row, subset);
        }
        return sum / forest.numTrees();
    }

    private static double value(IsolationTree tree, int node, double[] row, int subset) {
        if (tree.isLeaf(node)) {
            return tree.leafPathLength(node);
        }
        double value = row[tree.feature(node)];
        if ((subset >> tree.feature(node) & 1) == 0 || Double.isNaN(value)) {
            double left = (double) tree.rows(node + 1) / tree.rows(node);
            return left * value(tree, node + 1, row, subset) + (1 - left) * value(tree, tree.right(node), row, subset);
        }
        return value(tree, value < tree.threshold(node) ? node + 1 : tree.right(node), row, subset);
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }
}
