package io.goodhart.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                seed % 4 < 2 ? EdgeLength.UNIT : EdgeLength.DENSITY,
                (int) (seed % 3 * 9));
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
                new IsolationForestSettings(20, 256, seed, RangeMargin.of(seed % 2 * 0.5), EdgeLength.DENSITY, 0),
                rows);
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
    void withAMarginAPlantedFeatureComesFirstOnItsSideInNearlyEveryOfAThousandCases() {
        IsolationForest forest = IsolationForest.grow(
                IsolationForestSettings.standard().withMargin(RangeMargin.of(1)), Rows.random(11, 2000, 20));
        assertThat(plantedFirst(forest, 20, 8)).isGreaterThanOrEqualTo(990);
    }

    @ParameterizedTest
    @CsvSource({"5, 20", "8, 10", "8, 20", "8, 40", "30, 20"})
    void byDefaultAPlantedFeatureComesFirstOnItsSideInNearlyEveryOfAThousandCases(double sigmas, int features) {
        IsolationForest forest =
                IsolationForest.grow(IsolationForestSettings.defaults(), Rows.random(11, 2000, features));
        assertThat(plantedFirst(forest, features, sigmas)).isGreaterThanOrEqualTo(990);
    }

    @Test
    void plantedFeaturesComeFirstAlsoWhereTheForestWasGrownOnThem() {
        double[][] rows = Rows.random(14, 40_000, 20);
        Random random = new Random(15);
        int[] planted = random.ints(1000, 0, 20).toArray();
        for (int i = 0; i < planted.length; i++) {
            rows[i][planted[i]] = (random.nextBoolean() ? 8 : -8) * (planted[i] + 1);
        }
        ForestExplainer explainer =
                IsolationForest.grow(IsolationForestSettings.defaults(), rows).explainer();
        long first = java.util.stream.IntStream.range(0, planted.length)
                .filter(i -> explainer.explain(rows[i]).driver().orElse(-1) == planted[i])
                .count();
        assertThat(first).isGreaterThanOrEqualTo(990);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowWithoutEvidenceHasNoDriver(boolean standard) {
        IsolationForestSettings settings =
                standard ? IsolationForestSettings.standard() : IsolationForestSettings.defaults();
        ForestExplainer explainer =
                IsolationForest.grow(settings, Rows.random(11, 2000, 20)).explainer();
        assertThat(explainer.explain(new double[20]).driver()).isEmpty();
        double[] missing = new double[20];
        Arrays.fill(missing, Double.NaN);
        assertThat(explainer.explain(missing).driver()).isEmpty();
        for (double[] row : Rows.random(12, 500, 20)) {
            Contributions contributions = explainer.explain(row);
            assertThat(contributions.driver().isPresent()).isEqualTo(contributions.total() > 0);
        }
        ForestExplainer ofEqualRows =
                IsolationForest.grow(settings, new double[40][20]).explainer();
        assertThat(ofEqualRows.explain(new double[20]).driver()).isEmpty();
    }

    private static int plantedFirst(IsolationForest forest, int features, double sigmas) {
        ForestExplainer explainer = forest.explainer();
        Random random = new Random(13);
        int found = 0;
        for (double[] row : Rows.random(12, 1000, features)) {
            int planted = random.nextInt(features);
            boolean high = random.nextBoolean();
            row[planted] = (high ? sigmas : -sigmas) * (planted + 1);
            Contributions contributions = explainer.explain(row);
            boolean side =
                    contributions.side(planted) == (high ? Contributions.Side.TOO_HIGH : Contributions.Side.TOO_LOW);
            found += contributions.driver().orElse(-1) == planted && side ? 1 : 0;
        }
        return found;
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
        int beyond = 0;
        for (int feature = 0; feature < row.length; feature++) {
            beyond += (subset >> feature & 1) == 1 && forest.bounds().isBeyond(feature, row[feature]) ? 1 : 0;
        }
        return sum / forest.numTrees() * Math.pow(forest.bounds().factor(), beyond);
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
