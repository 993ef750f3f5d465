package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.findings.HonestChange.Errors;
import io.goodhart.findings.HonestChange.Quantity;
import java.math.BigDecimal;
import java.util.List;
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
    private static final HonestChange STEADY = new HonestChange(
            new Quantity(NONE, NONE), new Quantity(HALF_TO_DOUBLE, HALF_TO_DOUBLE), new Quantity(NONE, HALF_TO_DOUBLE));

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
        Quantity quantity = new Quantity(errors, errors);
        HonestChange change = new HonestChange(quantity, quantity, quantity);
        Waste waste = Waste.of(
                candidate(total, cost, 20 * random.nextDouble()),
                new OwnLevel(random.nextDouble() * 20_000, random.nextDouble() * 30, random.nextInt(10)),
                change,
                List.of("ping_pong", "runaway_loop", "cache_busting").get(random.nextInt(3)));

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

    @Test
    void earlierTokensOfAnUnknownCostAreHeldAgainstTodaysPriceOfAToken() {
        Waste waste =
                Waste.of(candidate(2_800, usd("280"), 0), new OwnLevel(30, Double.NaN, 8), STEADY, "runaway_loop");

        assertThat(waste.tokens()).isEqualTo(2_800 - 30 * DAYS);
        assertThat(waste.usdOrNull().doubleValue()).isCloseTo(280 - 3.0 * DAYS, within(1e-5));
    }

    @Test
    void theLevelIsHeldAgainstTheDaysThatTheTokensCameFrom() {
        // 2,800 tokens at 200 a day: the person was there for half of the 28 days
        Candidate halfThere = candidate(2_800, usd("280"), Map.of(), Map.of("tokens_a_day", 200.0, "cost_a_day", 20.0));

        assertThat(Waste.of(halfThere, new OwnLevel(30, 2, 8), STEADY, "runaway_loop")
                        .tokens())
                .isEqualTo(2_800 - 30 * DAYS / 2);
    }

    @Test
    void tokensWithoutACostAreNotHeldAgainstThePrice() {
        // a tenth of the tokens cost 100 dollars, at 2 dollars a million for peers
        Candidate twoTools =
                candidate(100_000_000, usd("100"), Map.of(), Map.of("cost_a_million_tokens", 100.0 / 10.1));

        assertThat(Waste.of(twoTools, new OwnLevel(0, 0, 0), STEADY, "cache_busting"))
                .isEqualTo(
                        Waste.of(candidate(10_000_000, usd("100"), 0), new OwnLevel(0, 0, 0), STEADY, "cache_busting"));
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

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void dearerTokensWasteWhatTheyCostAboveThePersonsOwnPriceHoweverManyTheyAre(int seed) {
        Random random = new Random(seed);
        long tokens = 1_000_000 + random.nextInt(1_000_000_000);
        double priceBefore = 1e-6 * (0.1 + random.nextDouble());
        double dearer = 1 + random.nextDouble();
        double tokensADayBefore = 1_000 + random.nextInt(1_000_000);
        Waste waste = Waste.of(
                candidate(tokens, BigDecimal.valueOf(tokens * priceBefore * dearer), 0),
                new OwnLevel(tokensADayBefore, tokensADayBefore * priceBefore, 8),
                STEADY,
                "cache_busting");

        assertThat(waste.tokens()).as("seed %s", seed).isZero();
        assertThat(waste.usdOrNull().doubleValue())
                .as("seed %s", seed)
                .isCloseTo(tokens * priceBefore * (dearer - 1), within(1e-5));
    }

    @Test
    void whoPaidForNoTokenBeforeIsHeldAgainstThePeersPrice() {
        // peers pay 2 dollars for a million tokens, and half to double is normal
        for (OwnLevel hardlyAny : List.of(
                new OwnLevel(1_000_000, 9, 1), new OwnLevel(10, 5, 8), new OwnLevel(1_000_000, Double.NaN, 8))) {
            Waste waste = Waste.of(candidate(10_000_000, usd("100"), 0), hardlyAny, STEADY, "cache_busting");

            assertThat(waste.usdOrNull()).isBetween(usd("60"), usd("80"));
            assertThat(waste.highUsdOrNull()).isBetween(usd("89"), usd("96"));
        }
    }

    @Test
    void whoWasAsDearAsFarBackAsIsKnownIsHeldAgainstThePeersInTheUpperEndOnly() {
        // peers pay 2 dollars for a million tokens, the person 10, as in all earlier weeks
        Waste waste = Waste.of(
                candidate(10_000_000, usd("100"), 0, Map.of("cost_a_million_tokens", 10.0)),
                new OwnLevel(0, 0, 0),
                STEADY,
                "cache_busting");

        assertThat(waste.usdOrNull()).isEqualByComparingTo("0");
        assertThat(waste.lowUsdOrNull()).isEqualByComparingTo("0");
        assertThat(waste.highUsdOrNull()).isBetween(usd("89"), usd("96"));
    }

    @Test
    void whoLongPaidLessThanPeersIsHeldAgainstThePeersPrice() {
        Candidate cheap = candidate(10_000_000, usd("100"), 0, Map.of("cost_a_million_tokens", 1.0));

        assertThat(Waste.of(cheap, new OwnLevel(0, 0, 0), STEADY, "cache_busting"))
                .isEqualTo(
                        Waste.of(candidate(10_000_000, usd("100"), 0), new OwnLevel(0, 0, 0), STEADY, "cache_busting"));
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

    /** A person whose role peers use 10 tokens and 1 dollar a day, and pay 2 dollars for a million tokens. */
    private static Candidate candidate(long totalTokens, BigDecimal costUsdOrNull, double tinyRequestsADay) {
        return candidate(totalTokens, costUsdOrNull, tinyRequestsADay, Map.of());
    }

    private static Candidate candidate(
            long totalTokens, BigDecimal costUsdOrNull, double tinyRequestsADay, Map<String, Double> ownBaselines) {
        return candidate(
                totalTokens, costUsdOrNull, ownBaselines, Map.of("tiny_requests_an_active_day", tinyRequestsADay));
    }

    private static Candidate candidate(
            long totalTokens, BigDecimal costUsdOrNull, Map<String, Double> ownBaselines, Map<String, Double> values) {
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
                        Map.of("tokens_a_day", 10.0, "cost_a_day", 1.0, "cost_a_million_tokens", 2.0),
                        ownBaselines,
                        values));
    }
}
