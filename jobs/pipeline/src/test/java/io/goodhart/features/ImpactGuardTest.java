package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImpactGuardTest {
    private static final int FEATURES = FeatureSet.DIRECTED.size();
    private static final int COST = FeatureSet.names().indexOf("cost_an_outcome");
    private static final int TOKENS = FeatureSet.names().indexOf("tokens_an_outcome");

    @Test
    void whoseOutcomeADollarIsAtPeersLevelIsNotStrangeByVolume() {
        double[] guarded = guarded(12, 0, 3);

        IntStream.range(0, FEATURES).filter(i -> i != COST && i != TOKENS).forEach(i -> {
            Feature feature = FeatureSet.DIRECTED.get(i);
            assertThat(guarded[i]).as(feature.name()).isEqualTo(ImpactGuard.isVolume(feature) ? 0 : 1);
        });
        assertThat(guarded[FeatureSet.names().indexOf("tokens_a_day")]).isZero();
        assertThat(guarded[FeatureSet.names().indexOf("tokens_rise")]).isZero();
        assertThat(guarded[FeatureSet.names().indexOf("top_prompt_share")]).isPositive();
    }

    @Test
    void whosePriceOfAnOutcomeIsAbovePeersIs() {
        assertThat(guarded(12, 0.1, 0)[FeatureSet.names().indexOf("tokens_a_day")])
                .isPositive();
    }

    @Test
    void outputThatIsItselfStrangeExcusesNobody() {
        for (String feature :
                List.of("quick_merge_share", "small_merges_a_week", "reverted_share", "reciprocal_merge_share")) {
            double[] distances = new double[FEATURES];
            Arrays.fill(distances, 1);
            distances[COST] = 0;
            distances[FeatureSet.names().indexOf(feature)] = Math.log1p(6);
            ImpactGuard.apply(fives(), distances);

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

    /** Every distance is 1 but for those of the two prices of an outcome. */
    private static double[] guarded(double costAnOutcome, double costDistance, double tokensDistance) {
        double[] values = fives();
        values[COST] = costAnOutcome;
        double[] distances = new double[FEATURES];
        Arrays.fill(distances, 1);
        distances[COST] = costDistance;
        distances[TOKENS] = tokensDistance;
        ImpactGuard.apply(values, distances);
        return distances;
    }

    private static double[] fives() {
        double[] values = new double[FEATURES];
        Arrays.fill(values, 5);
        return values;
    }
}
