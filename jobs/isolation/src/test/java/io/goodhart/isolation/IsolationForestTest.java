package io.goodhart.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsolationForestTest {
    private static final IsolationForestSettings SETTINGS =
            IsolationForestSettings.standard().withTrees(10).withSampleSize(64);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFlatTreeIsTheRecursiveOne(long seed) {
        double[][] rows = Rows.random(seed, 100, 4);
        IsolationForest forest = IsolationForest.grow(SETTINGS.withSeed(seed), rows);
        for (double[] row : rows) {
            double sum = 0;
            for (IsolationTree tree : forest.trees()) {
                sum += recursivePathLength(tree, 0, 0, row);
            }
            assertThat(forest.meanPathLength(row)).as("seed %d", seed).isEqualTo(sum / 10);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theScorerGivesTheForestsOwnDigits(long seed) {
        double[][] rows = Rows.random(seed, 300, 4);
        IsolationForestSettings settings = new IsolationForestSettings(
                (int) (1 + seed % 13),
                seed % 5 == 0 ? 5000 : 64,
                seed,
                RangeMargin.of(seed % 2),
                seed % 4 < 2 ? EdgeLength.UNIT : EdgeLength.DENSITY,
                (int) (seed % 3 * 12));
        IsolationForest forest = IsolationForest.grow(settings, seed % 5 == 0 ? Rows.random(seed, 3000, 4) : rows);
        ForestScorer scorer = forest.scorer();
        double[][] asked = Rows.withMissing(rows, seed, seed % 3 == 0 ? 0.05 : 0);
        for (double[] row : asked) {
            assertThat(scorer.score(row)).as("seed %d", seed).isEqualTo(forest.score(row));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void scoresLieBetween0And1AndTheOrderOfRowsDoesNotMatter(long seed) {
        double[][] rows = Rows.random(seed, 100, 3);
        IsolationForestSettings settings = SETTINGS.withSeed(seed);
        IsolationForest forest = IsolationForest.grow(settings, rows);
        IsolationForest shuffled = IsolationForest.grow(settings, Rows.shuffled(rows, seed));
        assertThat(SavedForest.of(shuffled)).as("seed %d", seed).isEqualTo(SavedForest.of(forest));
        for (double[] row : rows) {
            assertThat(forest.score(row)).as("seed %d", seed).isGreaterThan(0).isLessThan(1);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void stretchingAnAxisByAPowerOfTwoKeepsEveryPath(long seed) {
        double[][] rows = Rows.random(seed, 100, 3);
        ForestSample sample = new ForestSample(SETTINGS.withSeed(seed));
        ForestSample stretched = new ForestSample(SETTINGS.withSeed(seed));
        for (int i = 0; i < rows.length; i++) {
            sample.offer(i, rows[i]);
            stretched.offer(i, stretched(rows[i]));
        }
        IsolationForest forest = IsolationForest.grow(sample);
        IsolationForest stretchedForest = IsolationForest.grow(stretched);
        for (double[] row : rows) {
            assertThat(stretchedForest.meanPathLength(stretched(row)))
                    .as("seed %d", seed)
                    .isEqualTo(forest.meanPathLength(row));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void savingThenRestoringIsIdentity(long seed) {
        IsolationForestSettings settings =
                SETTINGS.withSeed(seed).withEdgeLength(seed % 2 == 0 ? EdgeLength.UNIT : EdgeLength.DENSITY);
        IsolationForest forest = IsolationForest.grow(settings, Rows.random(seed, 50, 3));
        IsolationForest restored = SavedForest.of(forest).restore();
        assertThat(SavedForest.of(restored)).isEqualTo(SavedForest.of(forest));
        double[] row = {0.1, 30, -2};
        assertThat(restored.score(row)).as("seed %d", seed).isEqualTo(forest.score(row));
        assertThat(restored.expectedPathLength()).isEqualTo(forest.expectedPathLength());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theExpectedPathLengthIsTheMeanOfTheTrainingRows(long seed) {
        double[][] rows = Rows.random(seed, 64, 3); // as many as are drawn: every tree sees all
        IsolationForest forest = IsolationForest.grow(SETTINGS.withSeed(seed), rows);
        double sum = 0;
        for (double[] row : rows) {
            sum += forest.meanPathLength(row);
        }
        assertThat(forest.expectedPathLength()).as("seed %d", seed).isCloseTo(sum / 64, within(1e-12));
    }

    @Test
    void constantColumnsCostNothing() {
        double[][] narrow = Rows.random(3, 300, 1);
        double[][] wide = new double[300][50];
        for (int i = 0; i < 300; i++) {
            wide[i][49] = narrow[i][0];
        }
        IsolationForest forest = IsolationForest.grow(SETTINGS, wide);
        for (IsolationTree tree : forest.trees()) {
            for (int node = 0; node < tree.nodes(); node++) {
                assertThat(tree.feature(node)).isIn(IsolationTree.LEAF, 49);
                assertThat(tree.rows(node)).isPositive();
            }
        }
    }

    @Test
    void equalRowsAreNeitherStrangeNorPlain() {
        IsolationForest forest = IsolationForest.grow(SETTINGS, new double[40][3]);
        assertThat(forest.score(new double[3])).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aMissingValueCountsAsTheMeanOverBothWays() {
        double[][] rows = Rows.random(5, 64, 2);
        IsolationForest forest = IsolationForest.grow(SETTINGS, rows);
        assertThat(forest.meanPathLength(new double[] {Double.NaN, Double.NaN}))
                .isCloseTo(forest.expectedPathLength(), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowsWithMissingValuesAreGrownOnInFull(long seed) {
        double[][] rows = Rows.withMissing(Rows.random(seed, 100, 4), seed, 0.3);
        IsolationForest forest = IsolationForest.grow(SETTINGS.withSeed(seed), rows);
        for (IsolationTree tree : forest.trees()) {
            assertThat(tree.rows(0)).isEqualTo(64);
            for (int node = 0; node < tree.nodes(); node++) {
                if (!tree.isLeaf(node)) {
                    assertThat(tree.rows(node + 1) + tree.rows(tree.right(node)))
                            .as("seed %d", seed)
                            .isEqualTo(tree.rows(node));
                    assertThat(tree.threshold(node)).isNotNaN();
                }
            }
        }
        for (double[] row : rows) {
            assertThat(forest.score(row)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void tokenCountsBeyondFloatsAreToldApart() {
        double[][] rows = new double[64][1];
        for (int i = 0; i < 64; i++) {
            rows[i][0] = (1L << 24) + i;
        }
        IsolationForest forest = IsolationForest.grow(SETTINGS.withTrees(1), rows);
        assertThat(forest.trees().get(0).depth()).isEqualTo(6);
        assertThat(forest.meanPathLength(rows[0])).isNotEqualTo(forest.meanPathLength(rows[32]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void noTreeIsHigherThanItsLimit(int limit) {
        double[][] rows = Rows.random(11, 500, 4);
        IsolationForest forest =
                IsolationForest.grow(SETTINGS.withMargin(new RangeMargin(0, 3)).withHeightLimit(limit), rows);
        assertThat(forest.depth()).isEqualTo(limit);
    }

    @Test
    void aTreeWithRoomIsolatesEveryRowBehindSplitsThatSeparateNothing() {
        double[][] rows = Rows.random(13, 64, 2);
        IsolationForestSettings wide = SETTINGS.withMargin(new RangeMargin(0, 3));
        assertThat(leavesOfOneRow(IsolationForest.grow(wide, rows))).isLessThan(10 * 64 / 2);
        assertThat(leavesOfOneRow(IsolationForest.grow(wide.withHeightLimit(200), rows)))
                .isEqualTo(10 * 64);
    }

    private static long leavesOfOneRow(IsolationForest forest) {
        return forest.trees().stream()
                .mapToLong(tree -> IntStream.range(0, tree.nodes())
                        .filter(node -> tree.isLeaf(node) && tree.rows(node) == 1)
                        .count())
                .sum();
    }

    @Test
    void aMarginTellsARowBeyondTheSampleFromItsLargest() {
        double[][] rows = Rows.random(7, 1000, 2);
        double[] largest = {0, Double.NEGATIVE_INFINITY};
        for (double[] row : rows) {
            largest[1] = Math.max(largest[1], row[1]);
        }
        double[] beyond = {0, 3 * largest[1]};
        IsolationForest standard = IsolationForest.grow(IsolationForestSettings.standard(), rows);
        IsolationForest open =
                IsolationForest.grow(IsolationForestSettings.standard().withMargin(new RangeMargin(0, 0.5)), rows);
        assertThat(standard.score(beyond)).isEqualTo(standard.score(largest));
        assertThat(open.score(beyond)).isGreaterThan(open.score(largest));
    }

    @Test
    void edgesAreOneLongWhereRowsAreSpreadEvenlyAndShorterIntoEmptyStretches() {
        assertThat(EdgeLength.DENSITY.of(0.3, 0.3)).isCloseTo(1, within(1e-15));
        assertThat(EdgeLength.DENSITY.of(0.01, 0.9)).isLessThan(0.02);
        assertThat(EdgeLength.DENSITY.of(0.99, 0.1)).isGreaterThan(3);
        assertThat(EdgeLength.DENSITY.of(0, 0.5)).isZero();
        assertThat(EdgeLength.DENSITY.of(1, 0)).isFinite();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void densityChangesLengthsAndNoSplit(long seed) {
        double[][] rows = Rows.random(seed, 100, 3);
        IsolationForest unit = IsolationForest.grow(SETTINGS.withSeed(seed), rows);
        IsolationForest density =
                IsolationForest.grow(SETTINGS.withSeed(seed).withEdgeLength(EdgeLength.DENSITY), rows);
        for (int tree = 0; tree < unit.numTrees(); tree++) {
            IsolationTree first = unit.trees().get(tree);
            IsolationTree second = density.trees().get(tree);
            assertThat(second.nodes()).isEqualTo(first.nodes());
            for (int node = 0; node < first.nodes(); node++) {
                assertThat(second.feature(node)).isEqualTo(first.feature(node));
                assertThat(second.threshold(node)).isEqualTo(first.threshold(node));
            }
        }
        for (double[] row : rows) {
            assertThat(density.score(row)).as("seed %d", seed).isGreaterThan(0).isLessThan(1);
        }
        assertThat(Arrays.asList(rows))
                .as("seed %d", seed)
                .anyMatch(row -> density.meanPathLength(row) != unit.meanPathLength(row));
    }

    @Test
    void aRowBeyondTheSampleIsStrangerThanItsLargestByDefault() {
        double[][] rows = Rows.random(7, 1000, 2);
        IsolationForest forest = IsolationForest.grow(IsolationForestSettings.defaults(), rows);
        double[] within = {0, 7};
        double[] beyond = {0, 12};
        double[] both = {-9, 12};
        assertThat(forest.score(beyond)).isGreaterThan(forest.score(within));
        assertThat(forest.score(both)).isGreaterThan(forest.score(beyond)).isLessThan(1);
        assertThat(forest.score(new double[] {0, Double.POSITIVE_INFINITY})).isEqualTo(forest.score(beyond));
        IsolationForest standard = IsolationForest.grow(IsolationForestSettings.standard(), rows);
        assertThat(standard.score(beyond)).isEqualTo(standard.score(new double[] {0, 1e300}));
    }

    @Test
    void aConstantColumnHasNoBoundsAndAMissingValueIsBeyondNone() {
        double[][] rows = Rows.random(3, 300, 2);
        for (double[] row : rows) {
            row[1] = 5;
        }
        IsolationForest forest = IsolationForest.grow(IsolationForestSettings.defaults(), rows);
        assertThat(forest.score(new double[] {0.5, 900})).isEqualTo(forest.score(new double[] {0.5, 5}));
        assertThat(forest.bounds().isBeyond(0, Double.NaN)).isFalse();
        assertThat(forest.bounds().isBeyond(0, 900)).isTrue();
    }

    @Test
    void wholeNumbersThatDifferByOneBeyondFloatsAreToldApartByDefault() {
        double[][] rows = new double[256][1];
        for (int i = 0; i < rows.length; i++) {
            rows[i][0] = (1L << 40) + i;
        }
        IsolationForest forest = IsolationForest.grow(IsolationForestSettings.defaults(), rows);
        assertThat(forest.score(rows[0])).isGreaterThan(forest.score(rows[128]));
        assertThat(forest.meanPathLength(rows[100])).isNotEqualTo(forest.meanPathLength(rows[101]));
    }

    @Test
    void ofTwoNeighbouringDoublesNeitherIsStranger() {
        double[] lower = {1};
        double[] upper = {Math.nextUp(1.0)};
        double[][] rows = new double[256][];
        Arrays.setAll(rows, i -> i % 2 == 0 ? lower : upper);
        IsolationForest forest = IsolationForest.grow(IsolationForestSettings.defaults(), rows);
        assertThat(forest.score(lower)).isCloseTo(forest.score(upper), within(0.1));
    }

    @Test
    void aSavedFormOfALaterReleaseIsRefused() {
        SavedForest saved = SavedForest.of(IsolationForest.grow(SETTINGS, Rows.random(1, 10, 3)));
        SavedForest later = new SavedForest(
                3,
                saved.numFeatures(),
                saved.rowsPerTree(),
                saved.trees(),
                saved.lower(),
                saved.upper(),
                saved.beyondFactor());
        assertThatThrownBy(later::restore)
                .hasMessage(
                        "The saved forest has form 3, this code reads forms 1 to 2. Load it with the release that wrote it, or a later one.");
    }

    @Test
    void aSingleRowGrowsNoForest() {
        assertThatThrownBy(() -> IsolationForest.grow(SETTINGS, new double[1][4]))
                .hasMessage(
                        "An isolation forest needs at least 2 rows of positive weight with at least 1 feature: it got 1 rows of 4 features.");
    }

    @Test
    void aRowOfAnotherWidthIsRefused() {
        IsolationForest forest = IsolationForest.grow(SETTINGS, Rows.random(1, 10, 3));
        assertThatThrownBy(() -> forest.score(new double[2]))
                .hasMessage(
                        "The forest was grown on 3 features, the row has 2. Give the features it was grown on, in their order.");
    }

    @Test
    void settingsReportAllProblemsAtOnce() {
        assertThatThrownBy(() -> new IsolationForestSettings(0, 1, 1, RangeMargin.NONE, EdgeLength.UNIT, -1))
                .hasMessage(
                        "Isolation forest settings: trees must be in [1, 100000], was 0; sampleSize must be in [2, 16777216], was 1; heightLimit must be in [0, 1000], 0 for a balanced tree's, was -1.");
    }

    @Test
    void standardSettingsAreThePapers() {
        assertThat(IsolationForestSettings.standard())
                .isEqualTo(new IsolationForestSettings(100, 256, 1, new RangeMargin(0, 0), EdgeLength.UNIT, 0));
    }

    private static double[] stretched(double[] row) {
        return new double[] {row[0], row[1] * 1024, row[2]};
    }

    private static double recursivePathLength(IsolationTree tree, int node, int depth, double[] row) {
        if (tree.isLeaf(node)) {
            return depth + AveragePathLength.of(tree.rows(node));
        }
        int child = row[tree.feature(node)] < tree.threshold(node) ? node + 1 : tree.right(node);
        return recursivePathLength(tree, child, depth + 1, row);
    }
}
