package io.goodhart.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForestSampleTest {
    private static final IsolationForestSettings SMALL =
            IsolationForestSettings.standard().withTrees(7).withSampleSize(16);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void mergingPartsInAnyOrderGivesTheSampleOfTheWhole(long seed) {
        IsolationForestSettings settings = SMALL.withSeed(seed);
        double[][] rows = Rows.random(seed, 500, 3);
        ForestSample whole = sample(settings, rows);

        Random random = new Random(seed);
        ForestSample merged = new ForestSample(settings);
        double[][] shuffled = Rows.shuffled(rows, seed);
        for (int from = 0; from < shuffled.length; ) {
            int to = Math.min(shuffled.length, from + 1 + random.nextInt(200));
            merged.merge(sample(settings, Arrays.copyOfRange(shuffled, from, to)));
            from = to;
        }

        for (int tree = 0; tree < settings.trees(); tree++) {
            assertThat(merged.rowsOf(tree)).as("seed %d, tree %d", seed, tree).isDeepEqualTo(whole.rowsOf(tree));
        }
    }

    @Test
    void aSampleTravelsUnchanged() throws Exception {
        ForestSample sample = sample(SMALL, Rows.random(3, 500, 3));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sample);
        }
        ForestSample arrived;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            arrived = (ForestSample) in.readObject();
        }
        for (int tree = 0; tree < SMALL.trees(); tree++) {
            assertThat(arrived.rowsOf(tree)).isDeepEqualTo(sample.rowsOf(tree));
        }
        assertThat(arrived.keys()).isEqualTo(sample.keys());
        assertThat(arrived.width()).isEqualTo(sample.width());
    }

    @Test
    void aRefusedRowWouldNotHaveBeenKept() {
        double[][] rows = Rows.random(1, 20_000, 2);
        ForestSample asked = new ForestSample(SMALL);
        int refused = 0;
        for (double[] row : rows) {
            if (asked.refuses(RowKey.of(row))) {
                refused++;
            } else {
                asked.offer(RowKey.of(row), row);
            }
        }
        ForestSample all = sample(SMALL, rows);
        assertThat(refused).isGreaterThan(17_000);
        for (int tree = 0; tree < SMALL.trees(); tree++) {
            assertThat(asked.rowsOf(tree)).isDeepEqualTo(all.rowsOf(tree));
        }
    }

    @Test
    void everyRowIsDrawnEquallyOftenByEveryTree() {
        IsolationForestSettings settings =
                IsolationForestSettings.standard().withTrees(200).withSampleSize(50);
        ForestSample sample = new ForestSample(settings);
        for (int key = 0; key < 1000; key++) {
            sample.offer(RowKey.of(key), new double[] {key});
        }
        int[] drawn = new int[1000];
        for (int tree = 0; tree < 200; tree++) {
            Set<Double> once = new HashSet<>();
            for (double[] row : sample.rowsOf(tree)) {
                drawn[(int) row[0]]++;
                assertThat(once.add(row[0])).isTrue();
            }
        }
        // each of 1,000 rows is in each of 200 trees with probability 0.05: mean 10, variance 9.5
        double mean = Arrays.stream(drawn).average().orElseThrow();
        double variance = Arrays.stream(drawn)
                .mapToDouble(n -> (n - 10) * (n - 10))
                .average()
                .orElseThrow();
        assertThat(mean).isEqualTo(10);
        assertThat(variance).isCloseTo(9.5, within(1.5));
    }

    @Test
    void treesAndNeighbouringSeedsShareNoMoreThanChance() {
        IsolationForestSettings settings =
                IsolationForestSettings.standard().withTrees(2).withSampleSize(100);
        assertThat(shared(rowsOf(settings, 0), rowsOf(settings, 1))).isBetween(0, 25); // expected 10
        assertThat(shared(rowsOf(settings, 0), rowsOf(settings.withSeed(2), 0))).isBetween(0, 25);
        assertThat(shared(rowsOf(settings, 0), rowsOf(settings, 0))).isEqualTo(100);
    }

    @Test
    void aRowOfWeightThreeIsDrawnThreeTimesAsReadily() {
        IsolationForestSettings settings =
                IsolationForestSettings.standard().withTrees(400).withSampleSize(20);
        ForestSample sample = new ForestSample(settings);
        for (int key = 0; key < 4000; key++) {
            sample.offer(RowKey.of(key), key % 2 == 0 ? 3 : 1, 1, new double[] {key});
        }
        int heavy = 0;
        for (int tree = 0; tree < 400; tree++) {
            heavy += (int) Arrays.stream(sample.rowsOf(tree))
                    .filter(row -> row[0] % 2 == 0)
                    .count();
        }
        assertThat(heavy / 8000.0).isCloseTo(0.75, within(0.02));
    }

    @Test
    void copiesAreDrawnAsOftenAsTheyOccur() {
        IsolationForestSettings settings =
                IsolationForestSettings.standard().withTrees(400).withSampleSize(20);
        ForestSample sample = new ForestSample(settings);
        sample.offer(RowKey.of(-1), 1, 1000, new double[] {-1});
        for (int key = 0; key < 1000; key++) {
            sample.offer(RowKey.of(key), new double[] {key});
        }
        long copies = 0;
        for (int tree = 0; tree < 400; tree++) {
            copies += Arrays.stream(sample.rowsOf(tree))
                    .filter(row -> row[0] == -1)
                    .count();
        }
        assertThat(copies / 8000.0).isCloseTo(0.5, within(0.02));
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRowOfTenMillionCopiesIsDrawnInBoundedTimeWhetherItComesFirstOrLast() {
        IsolationForestSettings settings = IsolationForestSettings.standard();
        double[][] rows = Rows.random(4, 500, 3);
        long often = RowKey.of(-1);
        ForestSample first = new ForestSample(settings);
        first.offer(often, 1e-4, 10_000_000, new double[3]);
        for (double[] row : rows) {
            first.offer(RowKey.of(row), row);
        }
        ForestSample last = sample(settings, rows);
        last.offer(often, 1e-4, 10_000_000, new double[3]);
        for (int tree = 0; tree < settings.trees(); tree++) {
            assertThat(first.rowsOf(tree)).isDeepEqualTo(last.rowsOf(tree));
        }
        assertThat(first.keys()).contains(often).hasSizeGreaterThan(400);
    }

    @Test
    void copiesBeyondTheLargestIntAreDrawn() {
        ForestSample sample = new ForestSample(SMALL);
        sample.offer(1, 1, 1L << 32, new double[] {1});
        assertThat(sample.rowsPerTree()).isEqualTo(16);
    }

    @Test
    void aRowOfWeightZeroIsLeftOut() {
        ForestSample sample = new ForestSample(SMALL);
        sample.offer(1, 0, 1, new double[] {1});
        assertThat(sample.rowsPerTree()).isZero();
    }

    @Test
    void aNegativeWeightIsRefused() {
        assertThatThrownBy(() -> new ForestSample(SMALL).offer(1, -1, 1, new double[] {1}))
                .hasMessage("Row weight must be finite and not negative, was -1.0. Use 0 for a row to leave out.");
    }

    @Test
    void anInfiniteValueIsRefusedWhereItIsDrawnWhereverItComes() {
        double[][] rows = Rows.random(2, 3000, 2);
        Set<Long> drawn = sampleByPlace(rows, 0).keys();
        int isDrawn = place(drawn, true);
        int isNot = place(drawn, false);
        double[][] drawnIsInfinite = withInfinite(rows, isDrawn);
        double[][] otherIsInfinite = withInfinite(rows, isNot);
        for (int turn : new int[] {0, 1500}) {
            int toFirst = (isDrawn + turn) % rows.length;
            assertThatThrownBy(() -> IsolationForest.grow(sampleByPlace(drawnIsInfinite, toFirst)))
                    .hasMessage(
                            "Feature 1 is infinite: no split can be drawn. Cap the feature, or make it NaN where it is missing.");
            assertThat(SavedForest.of(
                            IsolationForest.grow(sampleByPlace(otherIsInfinite, (isNot + turn) % rows.length))))
                    .isEqualTo(SavedForest.of(IsolationForest.grow(sampleByPlace(rows, 0))));
        }
    }

    @Test
    void rowsOfTwoWidthsAreRefused() {
        ForestSample sample = new ForestSample(SMALL);
        sample.offer(1, new double[2]);
        sample.offer(2, new double[3]);
        assertThatThrownBy(() -> IsolationForest.grow(sample))
                .hasMessageStartingWith("Rows must have the same number of features: ");
    }

    /** Rows named by their place, offered from {@code first} on, around the end. */
    private static ForestSample sampleByPlace(double[][] rows, int first) {
        ForestSample sample = new ForestSample(SMALL);
        for (int i = 0; i < rows.length; i++) {
            int place = (first + i) % rows.length;
            sample.offer(RowKey.of(place), rows[place]);
        }
        return sample;
    }

    private static int place(Set<Long> drawn, boolean isAmong) {
        int place = 0;
        while (drawn.contains(RowKey.of(place)) != isAmong) {
            place++;
        }
        return place;
    }

    private static double[][] withInfinite(double[][] rows, int place) {
        double[][] made = rows.clone();
        made[place] = new double[] {0, Double.POSITIVE_INFINITY};
        return made;
    }

    private static ForestSample sample(IsolationForestSettings settings, double[][] rows) {
        ForestSample sample = new ForestSample(settings);
        for (double[] row : rows) {
            sample.offer(RowKey.of(row), row);
        }
        return sample;
    }

    private static double[][] rowsOf(IsolationForestSettings settings, int tree) {
        ForestSample sample = new ForestSample(settings);
        for (int key = 0; key < 1000; key++) {
            sample.offer(RowKey.of(key), new double[] {key});
        }
        return sample.rowsOf(tree);
    }

    private static int shared(double[][] first, double[][] second) {
        Set<Double> values = new HashSet<>();
        Arrays.stream(first).forEach(row -> values.add(row[0]));
        return (int)
                Arrays.stream(second).filter(row -> values.contains(row[0])).count();
    }
}
