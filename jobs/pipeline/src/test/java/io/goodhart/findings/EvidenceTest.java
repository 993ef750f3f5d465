package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.features.FeatureSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {
    private static final int NIGHT = FeatureSet.names().indexOf("night_share");
    private static final int WEEKEND = FeatureSet.names().indexOf("weekend_share");

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void contributionsOfTheReasonsAddUpToTheTotalAndTheLargestComeFirst(int seed) {
        Random random = new Random(seed);
        Map<String, Double> contributions = new TreeMap<>();
        FeatureSet.names().forEach(name -> contributions.put(name, random.nextGaussian()));
        Row[] reasons = Evidences.of(contributions, Map.of(), Map.of()).reasons();
        double[] listed = Arrays.stream(reasons)
                .mapToDouble(reason -> reason.getDouble(5))
                .toArray();

        assertThat(Arrays.stream(listed).sum())
                .as("seed %s", seed)
                .isCloseTo(contributions.values().stream().mapToDouble(v -> v).sum(), within(1e-9));
        assertThat(reasons[reasons.length - 1].getString(0)).isEqualTo("other");
        for (int i = 1; i < listed.length - 1; i++) {
            assertThat(listed[i]).as("seed %s", seed).isLessThanOrEqualTo(listed[i - 1]);
        }
    }

    @Test
    void noReasonNamesAFeatureInWhichThePersonIsOnTheHonestSide() {
        List<Row> entries = FeatureSet.names().stream()
                .map(name -> RowFactory.create(name, 0.5, 0.5, null, name.equals("night_share") ? 1.0 : 0.0))
                .toList();
        double[] contributions = new double[FeatureSet.names().size()];
        contributions[NIGHT] = 1;
        contributions[WEEKEND] = 2;
        Row[] reasons = Evidence.of(entries, contributions).reasons();

        assertThat(reasons).extracting(reason -> reason.getString(0)).containsExactly("night_share", "other");
        assertThat(reasons[1].getDouble(5)).isEqualTo(2);
    }

    @Test
    void whatThePersonAlwaysDidTellsHalfOfTheBehaviour() {
        Map<String, Double> strange = Map.of("night_share", 1.0, "weekend_share", 1.0);
        Map<String, Double> values = Map.of("night_share", 0.8, "weekend_share", 0.8);
        Signature both = Evidences.of(strange, Map.of(), Map.of(), values).signature();
        Signature night = Evidences.of(strange, Map.of(), Map.of("night_share", 0.0, "weekend_share", 0.8), values)
                .signature();

        assertThat(both.weight(NIGHT)).isEqualTo(both.weight(WEEKEND));
        assertThat(night.weight(NIGHT))
                .isCloseTo(2 * night.weight(WEEKEND), within(1e-9))
                .isPositive();
    }

    @Test
    void halfADistanceThatIsNewCountsAsAll() {
        Map<String, Double> strange = Map.of("night_share", 1.0, "weekend_share", 1.0);
        Map<String, Double> values = Map.of("night_share", 0.8, "weekend_share", 0.8);
        Signature night = Evidences.of(strange, Map.of(), Map.of("night_share", 0.0, "weekend_share", 0.4), values)
                .signature();

        assertThat(night.weight(NIGHT)).isEqualTo(night.weight(WEEKEND));
    }
}
