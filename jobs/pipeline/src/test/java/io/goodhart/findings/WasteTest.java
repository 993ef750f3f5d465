package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.findings.HonestChange.Errors;
import io.goodhart.findings.HonestChange.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WasteTest {
    private static final int DAYS = 28;
    private static final double HALF = Math.log(0.5);
    private static final Errors HALF_TO_DOUBLE = new Errors(HALF, 0, -HALF);
    private static final Errors NONE = new Errors(0, 0, 0);
    private static final HonestChange STEADY =
            new HonestChange(new Quantity(NONE, NONE), new Quantity(HALF_TO_DOUBLE, HALF_TO_DOUBLE));

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theEstimateStandsBetweenItsEndsAndNothingAboveTheTotal(int seed) {
        Random random = new Random(seed);
        long total = random.nextInt(1_000_000);
        BigDecimal cost = BigDecimal.valueOf(random.nextInt(1_000_000_000), 6);
        Errors errors = new Errors(-random.nextDouble(), 0.2 * random.nextGaussian(), random.nextDouble() + 0.2);
        HonestChange change = new HonestChange(new Quantity(errors, errors), new Quantity(errors, errors));
        Waste waste = Waste.of(
                candidate(total, cost, 20 * random.nextDouble()),
                new OwnLevel(random.nextDouble() * 20_000, random.nextDouble() * 30, random.nextInt(10)),
                change,
                random.nextBoolean() ? "ping_pong" : "runaway_loop");

        assertThat(waste.tokens()).as("seed %s", seed).isBetween(0L, total);
        assertThat(waste.lowUsdOrNull()).as("seed %s", seed).isNotNegative().isLessThanOrEqualTo(waste.usdOrNull());
        assertThat(waste.highUsdOrNull())
                .as("seed %s", seed)
                .isGreaterThanOrEqualTo(waste.usdOrNull())
                .isLessThanOrEqualTo(cost);
    }

    @Test
    void wasteIsWhatLiesAboveTheOwnLevelBefore() {
        Waste waste = Waste.of(candidate(2_800, usd("280"), 0), new OwnLevel(30, 2, 8), STEADY, "runaway_loop");

        assertThat(waste.tokens()).isEqualTo(2_800 - 30 * DAYS);
        assertThat(waste.lowUsdOrNull().doubleValue()).isCloseTo(280 - 2 * 2 * DAYS, within(1e-5));
        assertThat(waste.highUsdOrNull().doubleValue()).isCloseTo(280 - 2 * DAYS / 2.0, within(1e-5));
        assertThat(waste.usdOrNull()).isBetween(waste.lowUsdOrNull(), waste.highUsdOrNull());
    }

    @Test
    void whoHasNoEarlierWeeksIsMeasuredByThePeers() {
        assertThat(Waste.of(candidate(2_800, usd("280"), 0), new OwnLevel(90, 9, 1), STEADY, "runaway_loop")
                        .tokens())
                .isEqualTo(2_800 - 10 * DAYS);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void fewerWeeksMakeAWiderInterval(int weeks) {
        Waste few = Waste.of(candidate(2_800, usd("280"), 0), new OwnLevel(30, 2, weeks), STEADY, "runaway_loop");
        Waste many = Waste.of(candidate(2_800, usd("280"), 0), new OwnLevel(30, 2, 8), STEADY, "runaway_loop");

        assertThat(few.lowUsdOrNull()).isLessThan(many.lowUsdOrNull());
        assertThat(few.highUsdOrNull()).isGreaterThan(many.highUsdOrNull());
    }

    @Test
    void whoUsesNoMoreThanBeforeWastesNothing() {
        Waste waste = Waste.of(candidate(2_800, usd("280"), 0), new OwnLevel(200, 30, 8), STEADY, "runaway_loop");

        assertThat(waste.tokens()).isZero();
        assertThat(waste.usdOrNull()).isZero();
        assertThat(waste.lowUsdOrNull()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping_pong", "timer_ping", "threshold_sitting"})
    void tinyRequestsBoundWhatTheirPatternsCost(String patternId) {
        // 5 tiny requests on each of 20 active days
        Waste waste = Waste.of(candidate(1_000_000, usd("100"), 5), new OwnLevel(0, 0, 8), STEADY, patternId);

        assertThat(waste.tokens()).isEqualTo(50_000);
        assertThat(waste.highUsdOrNull().doubleValue()).isCloseTo(10, within(1e-5));
    }

    @Test
    void withoutACostThereAreTokensOnly() {
        for (String patternId : new String[] {"runaway_loop", "ping_pong"}) {
            Waste waste = Waste.of(candidate(2_800, null, 5), new OwnLevel(30, 0, 8), STEADY, patternId);

            assertThat(waste.tokens()).isPositive();
            assertThat(waste.usdOrNull()).isNull();
            assertThat(waste.lowUsdOrNull()).isNull();
            assertThat(waste.highUsdOrNull()).isNull();
        }
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount);
    }

    /** A person whose role peers use 10 tokens and 1 dollar a day. */
    private static Candidate candidate(long totalTokens, BigDecimal costUsdOrNull, double tinyRequestsADay) {
        return new Candidate(
                "p1",
                "t1",
                "o1",
                "engineer",
                0.7,
                0.001,
                totalTokens,
                costUsdOrNull,
                null,
                DAYS,
                20,
                false,
                Evidences.of(
                        Map.of(),
                        Map.of("tokens_a_day", 10.0, "cost_a_day", 1.0),
                        Map.of(),
                        Map.of("tiny_requests_an_active_day", tinyRequestsADay)));
    }
}
