package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WasteTest {
    private static final BigDecimal TEN = new BigDecimal("10.000000");

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theEstimateStandsBetweenItsEndsAndNothingAboveTheTotal(int seed) {
        Random random = new Random(seed);
        long total = random.nextInt(1_000_000);
        BigDecimal cost = BigDecimal.valueOf(random.nextInt(1_000_000_000), 6);
        Waste waste = Waste.of(
                Evidences.of(
                        Map.of(),
                        Map.of(
                                "tokens_an_outcome",
                                random.nextDouble() * 50_000,
                                "tokens_a_day",
                                random.nextDouble() * 20_000),
                        random.nextBoolean() ? Map.of("tokens_a_day", random.nextDouble() * 20_000) : Map.of()),
                total,
                cost,
                random.nextInt(20),
                1 + random.nextInt(28));

        assertThat(waste.tokens()).as("seed %s", seed).isBetween(0L, total);
        assertThat(waste.lowUsdOrNull()).as("seed %s", seed).isNotNegative().isLessThanOrEqualTo(waste.usdOrNull());
        assertThat(waste.highUsdOrNull())
                .as("seed %s", seed)
                .isGreaterThanOrEqualTo(waste.usdOrNull())
                .isLessThanOrEqualTo(cost);
    }

    @Test
    void theMiddleOfThreeViewsIsTheEstimateAndTheOthersItsEnds() {
        Waste waste = Waste.of(evidence(100, 10, 30.0), 1_000, TEN, 4, 10);

        assertThat(waste.tokens()).isEqualTo(1_000 - 300);
        assertThat(waste.usdOrNull()).isEqualByComparingTo("7");
        assertThat(waste.lowUsdOrNull()).isEqualByComparingTo("5");
        assertThat(waste.highUsdOrNull()).isEqualByComparingTo("9");
    }

    @Test
    void withoutEarlierWeeksTheMiddleIsTheMeanOfTwo() {
        assertThat(Waste.of(evidence(100, 10, null), 1_000, TEN, 4, 10).tokens())
                .isEqualTo(1_000 - 300);
    }

    @Test
    void whoUsesNoMoreThanIsNormalWastesNothing() {
        Waste waste = Waste.of(evidence(100, 10, 30.0), 90, TEN, 4, 10);

        assertThat(waste.tokens()).isZero();
        assertThat(waste.highUsdOrNull()).isZero();
    }

    @Test
    void withoutACostThereAreTokensOnly() {
        Waste waste = Waste.of(evidence(100, 10, 30.0), 1_000, null, 4, 10);

        assertThat(waste.tokens()).isEqualTo(700);
        assertThat(waste.usdOrNull()).isNull();
        assertThat(waste.lowUsdOrNull()).isNull();
        assertThat(waste.highUsdOrNull()).isNull();
    }

    @Test
    void noTokensCostNothing() {
        assertThat(Waste.of(evidence(100, 10, 30.0), 0, TEN, 4, 10).usdOrNull()).isZero();
    }

    private static Evidence evidence(double tokensAnOutcome, double tokensADay, Double ownTokensADay) {
        return Evidences.of(
                Map.of(),
                Map.of("tokens_an_outcome", tokensAnOutcome, "tokens_a_day", tokensADay),
                ownTokensADay == null ? Map.of() : Map.of("tokens_a_day", ownTokensADay));
    }
}
