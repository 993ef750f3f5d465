package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpactGuardTest {
    private static final Set<String> VOLUME = Set.of(
            "tokens_a_day",
            "requests_an_active_day",
            "cost_a_day",
            "output_a_day",
            "sessions_an_active_day",
            "active_day_share");
    private static final Set<String> WORK = Set.of("active_hours_a_day", "streak_minutes", "dropped_lines_a_day");
    private static final int FEATURES = FeatureSet.DIRECTED.size();
    private static final int COST = FeatureSet.names().indexOf("cost_an_outcome");
    private static final int TOKENS = FeatureSet.names().indexOf("tokens_an_outcome");

    @Test
    void whoseOutcomeADollarIsAtPeersLevelIsNotStrangeByVolume() {
        double[] guarded = guarded(12, 0, 3);

        IntStream.range(0, FEATURES)
                .filter(i -> i != COST && i != TOKENS)
                .forEach(i -> assertThat(guarded[i])
                        .as(FeatureSet.names().get(i))
                        .isEqualTo(VOLUME.contains(FeatureSet.names().get(i)) ? 0 : 1));
    }

    @Test
    void whosePriceOfAnOutcomeIsAbovePeersIs() {
        assertThat(guarded(12, 0.1, 0)[FeatureSet.names().indexOf("tokens_a_day")])
                .isPositive();
    }

    @Test
    void outputThatIsItselfStrangeExcusesNobody() {
        for (String feature :
                List.of("quick_merge_share", "small_merge_share", "reverted_share", "reciprocal_merge_share")) {
            double[] distances = new double[FEATURES];
            Arrays.fill(distances, 1);
            distances[COST] = 0;
            distances[FeatureSet.names().indexOf(feature)] = Math.log1p(6);
            ImpactGuard.apply(fives(), null, 1, distances);

            assertThat(distances[FeatureSet.names().indexOf("tokens_a_day")])
                    .as(feature)
                    .isPositive();
        }
    }

    @Test
    void whereNoCostIsKnownTokensStandForIt() {
        assertThat(guarded(0, 0, 3)[FeatureSet.names().indexOf("tokens_a_day")]).isPositive();
        assertThat(guarded(0, 0, 0)[FeatureSet.names().indexOf("tokens_a_day")]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"5, 1.7, true", "5, 1.6, false", "1, 1.5, true", "1, 1.4, false", "0.2, 1.5, true", "10, 2, true"})
    void outputThatRoseWithUseExcusesIt(double tokensRise, double outputRise, boolean excused) {
        double[] values = fives();
        double[] earlier = fives();
        int tokens = FeatureSet.names().indexOf("tokens_a_day");
        earlier[tokens] = 1_000_000;
        values[tokens] = 1_010_000 * tokensRise - 10_000;
        double[] distances = new double[FEATURES];
        Arrays.fill(distances, 1);
        ImpactGuard.apply(values, earlier, outputRise, distances);

        assertThat(distances[tokens] == 0).isEqualTo(excused);
        assertThat(distances[COST]).isPositive();
    }

    @Test
    void outputThatRoseExcusesLongDaysAndDroppedLinesAsWellButNeitherTinyRequestsNorSmallMerges() {
        double[] distances = new double[FEATURES];
        Arrays.fill(distances, 1);
        ImpactGuard.apply(fives(), null, 1.5, distances);

        IntStream.range(0, FEATURES)
                .forEach(i -> assertThat(distances[i])
                        .as(FeatureSet.names().get(i))
                        .isEqualTo(
                                VOLUME.contains(FeatureSet.names().get(i))
                                                || WORK.contains(
                                                        FeatureSet.names().get(i))
                                        ? 0
                                        : 1));
    }

    @Test
    void outputThatRoseByStrangeMergesExcusesNobody() {
        double[] distances = new double[FEATURES];
        Arrays.fill(distances, 1);
        distances[FeatureSet.names().indexOf("small_merge_share")] = Math.log1p(6);
        ImpactGuard.apply(fives(), null, 20, distances);

        assertThat(distances[FeatureSet.names().indexOf("tokens_a_day")]).isPositive();
        assertThat(distances[FeatureSet.names().indexOf("streak_minutes")]).isPositive();
    }

    /** Every distance is 1 but for those of the two prices of an outcome. */
    private static double[] guarded(double costAnOutcome, double costDistance, double tokensDistance) {
        double[] values = fives();
        values[COST] = costAnOutcome;
        double[] distances = new double[FEATURES];
        Arrays.fill(distances, 1);
        distances[COST] = costDistance;
        distances[TOKENS] = tokensDistance;
        ImpactGuard.apply(values, null, 1, distances);
        return distances;
    }

    private static double[] fives() {
        double[] values = new double[FEATURES];
        Arrays.fill(values, 5);
        return values;
    }
}
