package io.goodhart.landing;

import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UsageFoldTest {
    private static final String MIDNIGHT = "2026-05-04T00:00:00Z";

    @Test
    void oneRequestIsADay() {
        Folded day = folded(usageEvent());

        assertThat(day.count(PersonDays.REQUESTS)).isEqualTo(1);
        assertThat(day.count(PersonDays.INPUT_TOKENS)).isEqualTo(100);
        assertThat(day.count(PersonDays.OUTPUT_TOKENS)).isEqualTo(10);
        assertThat(day.count(PersonDays.TOTAL_TOKENS)).isEqualTo(110);
        assertThat(day.count(PersonDays.GAPS)).isZero();
        assertThat(day.count(PersonDays.LONGEST_STREAK_MINUTES)).isZero();
    }

    @Test
    void whatIsNotToldIsNullAndNotZero() {
        Folded day = folded(usageEvent()
                .with(UsageEvents.SESSION_ID, null)
                .with(UsageEvents.INITIATOR, null)
                .with(UsageEvents.STATUS, null));

        assertThat(Stream.of(
                                PersonDays.SESSIONS,
                                PersonDays.CACHE_READ_TOKENS,
                                PersonDays.CACHE_WRITE_TOKENS,
                                PersonDays.COST_USD,
                                PersonDays.LINES_SUGGESTED,
                                PersonDays.LINES_ACCEPTED,
                                PersonDays.FAILED_REQUESTS,
                                PersonDays.AGENT_REQUESTS,
                                PersonDays.SCHEDULED_REQUESTS,
                                PersonDays.CROWDED_REQUESTS,
                                PersonDays.PROMPTS,
                                PersonDays.DISTINCT_PROMPTS,
                                PersonDays.TOP_PROMPT_REQUESTS,
                                PersonDays.FANOUT_REQUESTS,
                                PersonDays.PROMPT_SAMPLE_HASHES,
                                PersonDays.CREDENTIALS,
                                PersonDays.ROTATED_SESSIONS)
                        .map(day::get))
                .containsOnlyNulls();
    }

    @Test
    void whatIsToldToBeNoneIsZero() {
        Folded day = folded(usageEvent()
                .with(UsageEvents.SESSION_ID, "s1")
                .with(UsageEvents.INITIATOR, "human")
                .with(UsageEvents.STATUS, "ok")
                .with(UsageEvents.CACHE_READ_TOKENS, 0L)
                .with(UsageEvents.CACHE_WRITE_TOKENS, 0L)
                .with(UsageEvents.LINES_SUGGESTED, 0)
                .with(UsageEvents.LINES_ACCEPTED, 0)
                .with(UsageEvents.CREDENTIAL_ID, "k1")
                .with(UsageEvents.PROMPT_FINGERPRINT, 1L));

        assertThat(Stream.of(
                                PersonDays.CACHE_READ_TOKENS,
                                PersonDays.CACHE_WRITE_TOKENS,
                                PersonDays.LINES_SUGGESTED,
                                PersonDays.LINES_ACCEPTED,
                                PersonDays.FAILED_REQUESTS,
                                PersonDays.AGENT_REQUESTS,
                                PersonDays.SCHEDULED_REQUESTS,
                                PersonDays.CROWDED_REQUESTS,
                                PersonDays.TOP_PROMPT_REQUESTS,
                                PersonDays.FANOUT_REQUESTS,
                                PersonDays.ROTATED_SESSIONS)
                        .map(day::count))
                .containsOnly(0L);
        assertThat(day.count(PersonDays.SESSIONS)).isEqualTo(1);
        assertThat(day.count(PersonDays.CREDENTIALS)).isEqualTo(1);
        assertThat(day.count(PersonDays.PROMPTS)).isEqualTo(1);
    }

    @Test
    void aFoldForgetsTheDayBefore() {
        UsageFold fold = new UsageFold(Prices.none());
        Folded.of(fold, List.of(told(), told().at("2026-05-04T13:00:00Z")));
        Folded again = Folded.of(fold, List.of(usageEvent()));
        Folded fresh = folded(usageEvent());

        assertThat(fold.fills())
                .allSatisfy(column ->
                        assertThat(again.get(column)).as(column.name()).isEqualTo(fresh.get(column)));
    }

    @Test
    void initiatorsAndFailuresAreCounted() {
        Folded day = folded(
                usageEvent().with(UsageEvents.INITIATOR, "agent").with(UsageEvents.STATUS, "error"),
                usageEvent().with(UsageEvents.INITIATOR, "schedule").with(UsageEvents.STATUS, "refused"),
                usageEvent().with(UsageEvents.INITIATOR, "unknown").with(UsageEvents.STATUS, "ok"),
                usageEvent().with(UsageEvents.INITIATOR, null).with(UsageEvents.STATUS, null));

        assertThat(day.count(PersonDays.AGENT_REQUESTS)).isEqualTo(1);
        assertThat(day.count(PersonDays.SCHEDULED_REQUESTS)).isEqualTo(1);
        assertThat(day.count(PersonDays.FAILED_REQUESTS)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"989, 1", "990, 0"})
    void aRequestOfFewerThanAThousandTokensIsTiny(long input, long tiny) {
        assertThat(folded(usageEvent().with(UsageEvents.INPUT_TOKENS, input)).count(PersonDays.TINY_REQUESTS))
                .isEqualTo(tiny);
        assertThat(folded(usageEvent()
                                .with(UsageEvents.INPUT_TOKENS, 0L)
                                .with(UsageEvents.CACHE_READ_TOKENS, input - 400)
                                .with(UsageEvents.CACHE_WRITE_TOKENS, 400L))
                        .count(PersonDays.TINY_REQUESTS))
                .isEqualTo(tiny);
    }

    @ParameterizedTest
    @CsvSource({"20000, 200, 1", "19999, 200, 0", "20000, 201, 0"})
    void aHugeInputForAScantAnswerIsStuffed(long input, long output, long stuffed) {
        assertThat(folded(tokens(1, input, output)).count(PersonDays.STUFFED_REQUESTS))
                .isEqualTo(stuffed);
    }

    @ParameterizedTest
    @CsvSource({"1, 900, 100, 1", "1, 900, 101, 0", "4, 3600, 400, 4", "4, 3600, 401, 0"})
    void upToAThousandFreshTokensARequestAreTrivial(int requests, long input, long output, long trivial) {
        assertThat(folded(tokens(requests, input, output)).get(PersonDays.MODELS))
                .isEqualTo(List.of(RowFactory.create("model", (long) requests, trivial, input + output, null)));
    }

    @ParameterizedTest
    @CsvSource({"4, 80000, 800, 4", "4, 79999, 800, 0", "4, 80000, 801, 0", "0, 80000, 0, 0"})
    void aSessionIsStuffedWhenItsRequestsAreOnAverage(int requests, long input, long output, long stuffed) {
        assertThat(folded(tokens(requests, input, output)).count(PersonDays.STUFFED_REQUESTS))
                .isEqualTo(stuffed);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1100, 1", "1000, 1101, 0", "1100, 1000, 1", "10, 11, 1", "9, 10, 0", "1, 1, 1"})
    void promptsWithinATenthOfEachOtherAreOfOneSize(long one, long other, long alike) {
        assertThat(folded(tokens(1, one, 5), tokens(1, other, 500)).count(PersonDays.SAME_SIZE_REQUESTS))
                .isEqualTo(alike);
    }

    @Test
    void theCommonestSizeIsThatOfMostPromptsAndTheFirstOfThemIsNotCounted() {
        TestRow cached = tokens(1, 1, 1)
                .with(UsageEvents.CACHE_READ_TOKENS, 4_000L)
                .with(UsageEvents.CACHE_WRITE_TOKENS, 1_000L);
        Folded day = folded(
                tokens(1, 300, 1),
                tokens(1, 5_000, 1),
                tokens(1, 310, 1),
                cached,
                tokens(1, 5_400, 1),
                tokens(1, 90, 1));

        assertThat(day.count(PersonDays.SAME_SIZE_REQUESTS)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"200, 220, 1", "200, 221, 0", "0, 0, 0"})
    void answersWithinATenthOfEachOtherAreOfOneSize(long one, long other, long alike) {
        assertThat(orZero(folded(tokens(1, 5, one), tokens(1, 500, other)), PersonDays.SAME_ANSWER_REQUESTS))
                .isEqualTo(alike);
    }

    @Test
    void rowsThatSumUpRequestsAndThoseWithoutInputHaveNoSize() {
        assertThat(folded(tokens(2, 100, 1), tokens(2, 100, 1), tokens(1, 0, 1), tokens(1, 0, 1), tokens(0, 100, 1))
                        .get(PersonDays.SAME_SIZE_REQUESTS))
                .isNull();
        assertThat(folded(tokens(2, 100, 1), tokens(1, 100, 1)).count(PersonDays.SAME_SIZE_REQUESTS))
                .isZero();
    }

    @Test
    void aSessionCountsAsAllItsRequests() {
        Folded day = folded(tokens(7, 6_990, 0)
                .with(UsageEvents.INITIATOR, "agent")
                .with(UsageEvents.STATUS, "error")
                .at("2026-05-04T23:10:00Z"));

        assertThat(day.count(PersonDays.REQUESTS)).isEqualTo(7);
        assertThat(day.count(PersonDays.TINY_REQUESTS)).isEqualTo(7);
        assertThat(day.count(PersonDays.AGENT_REQUESTS)).isEqualTo(7);
        assertThat(day.count(PersonDays.FAILED_REQUESTS)).isEqualTo(7);
        assertThat(day.count(PersonDays.NIGHT_REQUESTS)).isEqualTo(7);
        assertThat(minutes(day)).isEqualTo(Map.of(10, 7L));
    }

    @Test
    void usesStandByModelInTheOrderOfTheirNames() {
        Folded day = folded(
                usageEvent().with(UsageEvents.MODEL, "ö").with(UsageEvents.COST_USD, usd("0.000002")),
                usageEvent().with(UsageEvents.MODEL, "b"),
                usageEvent().with(UsageEvents.MODEL, "a").with(UsageEvents.COST_USD, usd("1")),
                usageEvent().with(UsageEvents.MODEL, "a").with(UsageEvents.COST_USD, usd("0.5")));

        assertThat(day.get(PersonDays.MODELS))
                .isEqualTo(List.of(
                        RowFactory.create("a", 2L, 2L, 220L, usd("1.5")),
                        RowFactory.create("b", 1L, 1L, 110L, null),
                        RowFactory.create("ö", 1L, 1L, 110L, usd("0.000002"))));
        assertThat(day.get(PersonDays.COST_USD)).isEqualTo(usd("1.500002"));
    }

    @Test
    void aDayOfMoreMillionsThanALongHoldsIsSummedExactly() {
        List<TestRow> dear = Collections.nCopies(1_000, usageEvent().with(UsageEvents.COST_USD, usd("999999.999999")));

        assertThat(Folded.of(new UsageFold(Prices.none()), dear).get(PersonDays.COST_USD))
                .isEqualTo(usd("999999999.999"));
    }

    @Test
    void costIsRoundedOnceAfterTheSum() {
        Prices prices = Prices.of(Rows.dataset(Rows.of(ModelPrices.CONTRACT)
                        .with(ModelPrices.MODEL, "m")
                        .with(ModelPrices.VALID_FROM, "2026-01-01")
                        .with(ModelPrices.USD_PER_MILLION_INPUT, usd("0.333333")))
                .collectAsList());
        List<TestRow> thirds = Collections.nCopies(
                3,
                usageEvent()
                        .with(UsageEvents.MODEL, "m")
                        .with(UsageEvents.INPUT_TOKENS, 1L)
                        .with(UsageEvents.OUTPUT_TOKENS, 0L));

        assertThat(Folded.of(new UsageFold(prices), thirds).get(PersonDays.COST_USD))
                .isEqualTo(usd("0.000001"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-04T21:59:59Z, UTC, 21, 59",
        "2026-05-04T22:00:00Z, UTC, 22, 0",
        "2026-05-04T05:59:59Z, UTC, 5, 59",
        "2026-05-04T22:00:00Z, Asia/Kolkata, 3, 30",
        "2026-05-04T22:00:00Z, Asia/Kathmandu, 3, 45",
        "2026-05-04T22:00:00Z, Australia/Lord_Howe, 8, 30",
        "2026-05-04T22:00:00Z, America/Los_Angeles, 15, 0",
        "2026-05-04T22:00:00Z, Moon/Tranquility, 22, 0",
        "2026-05-04T22:00:00Z, '', 22, 0",
        "2026-05-04T22:00:00Z, +02:00, 0, 0",
        "2026-05-04T22:00:00Z, EST, 17, 0",
        "2026-05-04T22:00:00Z, MST, 15, 0",
        "2026-05-04T22:00:00Z, HST, 12, 0",
        "2026-05-04T22:00:00Z, ROC, 6, 0",
        "2026-05-04T22:00:00Z, PST, 22, 0",
        "2026-03-29T00:59:59Z, Europe/Berlin, 1, 59",
        "2026-03-29T01:00:00Z, Europe/Berlin, 3, 0",
        "2026-10-25T00:30:00Z, Europe/Berlin, 2, 30",
        "2026-10-25T01:30:00Z, Europe/Berlin, 2, 30",
        "2024-02-29T23:30:00Z, Europe/London, 23, 30",
    })
    void hoursAndMinutesAreThoseOfThePersonsOwnClock(String time, String timezone, int hour, int minute) {
        Folded day = Folded.of(
                new UsageFold(Prices.none()), timezone, List.of(usageEvent().at(time)));

        assertThat(day.count(PersonDays.ACTIVE_HOURS)).isEqualTo(1L << hour);
        assertThat(minutes(day)).isEqualTo(Map.of(minute, 1L));
    }

    @ParameterizedTest
    @CsvSource({"21:59:59, 0", "22:00:00, 1", "00:00:00, 1", "05:59:59, 1", "06:00:00, 0"})
    void aNightIsFromTenToSix(String time, long requests) {
        Folded day = folded(usageEvent().at("2024-02-29T" + time + "Z"));

        assertThat(day.count(PersonDays.NIGHT_REQUESTS)).isEqualTo(requests);
    }

    @Test
    void aRowOfNoRequestsMakesNoHourAndNoMinuteActive() {
        Folded day = folded(usageEvent().with(UsageEvents.REQUESTS, 0));

        assertThat(day.count(PersonDays.ACTIVE_HOURS)).isZero();
        assertThat(minutes(day)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-08T23:59:59Z, UTC, 0",
        "2026-05-09T00:00:00Z, UTC, 1",
        "2026-05-10T23:59:59Z, UTC, 1",
        "2026-05-11T00:00:00Z, UTC, 0",
        "2026-05-08T22:00:00Z, Europe/Berlin, 1",
        "2026-05-10T22:00:00Z, Europe/Berlin, 0",
        "2026-05-11T06:59:00Z, America/Los_Angeles, 1",
    })
    void theWeekendIsThatOfThePersonsOwnClock(String time, String timezone, long weekend) {
        assertThat(Folded.of(
                                new UsageFold(Prices.none()),
                                timezone,
                                List.of(usageEvent().at(time)))
                        .count(PersonDays.WEEKEND_REQUESTS))
                .isEqualTo(weekend);
    }

    @Test
    void aPauseIsSteadyFromTenSecondsOnWithinFivePerCentOfTheOneBefore() {
        assertThat(pauses(PersonDays.STEADY_GAPS, 100, 105)).isEqualTo(1);
        assertThat(pauses(PersonDays.STEADY_GAPS, 100, 106)).isZero();
        assertThat(pauses(PersonDays.STEADY_GAPS, 100, 95)).isEqualTo(1);
        assertThat(pauses(PersonDays.STEADY_GAPS, 100, 94)).isZero();
        assertThat(pauses(PersonDays.STEADY_GAPS, 10, 10, 10)).isEqualTo(2);
        assertThat(pauses(PersonDays.STEADY_GAPS, 9, 9, 9)).isZero();
        assertThat(pauses(PersonDays.STEADY_GAPS, 0, 0)).isZero();
        assertThat(pauses(PersonDays.STEADY_GAPS, 100)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "293, 0", "294, 1", "300, 1", "306, 1", "307, 0", "600, 1", "900, 1", "1200, 1", "1800, 1", "3600, 1",
        "3528, 1", "3527, 0", "3672, 1", "3673, 0", "450, 0", "2400, 0",
    })
    void aPauseIsATimersWithinTwoPerCentOfItsPeriod(int seconds, long timer) {
        assertThat(pauses(PersonDays.TIMER_GAPS, seconds)).isEqualTo(timer);
    }

    @Test
    void aStreakBearsPausesOfUpToHalfAnHour() {
        assertThat(pauses(PersonDays.LONGEST_STREAK_MINUTES, 1_800, 1_800)).isEqualTo(60);
        assertThat(pauses(PersonDays.LONGEST_STREAK_MINUTES, 1_800, 1_801, 600)).isEqualTo(30);
        assertThat(pauses(PersonDays.LONGEST_STREAK_MINUTES, 600, 1_801, 1_740)).isEqualTo(29);
        assertThat(pauses(PersonDays.LONGEST_STREAK_MINUTES, 59)).isZero();
        assertThat(pauses(PersonDays.GAPS, 600, 0, 1_801)).isEqualTo(3);
    }

    @Test
    void repeatsAreTheFiveCommonestPromptsThatCameTwiceOrMore() {
        List<TestRow> events = new ArrayList<>();
        int[] times = {7, 6, 5, 4, 3, 2, 1};
        for (int prompt = 0; prompt < times.length; prompt++) {
            events.addAll(Collections.nCopies(times[prompt], prompt(prompt, 0, "m")));
        }
        Folded day = Folded.of(new UsageFold(Prices.none()), events);

        assertThat(day.count(PersonDays.PROMPTS)).isEqualTo(28);
        assertThat(day.count(PersonDays.DISTINCT_PROMPTS)).isEqualTo(7);
        assertThat(day.count(PersonDays.TOP_PROMPT_REQUESTS)).isEqualTo(7 + 6 + 5 + 4 + 3);
        assertThat(folded(prompt(1, 0, "m"), prompt(2, 0, "m")).count(PersonDays.TOP_PROMPT_REQUESTS))
                .isZero();
    }

    @Test
    void aPromptIsFannedOutWhenFourModelsGetItWithinAnHour() {
        assertThat(fanout("a0", "b0", "c0", "d3600")).isEqualTo(4);
        assertThat(fanout("a0", "b0", "c0", "d3601")).isZero();
        assertThat(fanout("a0", "b0", "c0", "a10")).isZero();
        assertThat(fanout("a0", "b0", "c0", "c1", "d2")).isEqualTo(5);
        assertThat(fanout("a0", "a5000", "b5000", "c5000", "d5000")).isEqualTo(4);
        assertThat(folded(prompt(1, 0, "a"), prompt(1, 0, "b"), prompt(1, 0, "c"), prompt(2, 0, "d"))
                        .count(PersonDays.FANOUT_REQUESTS))
                .isZero();
    }

    @Test
    void everyRequestWithinAnHourOfAFanOutIsPartOfIt() {
        assertThat(fanout("a0", "b600", "c1200", "d1800", "a4200")).isEqualTo(5);
        assertThat(fanout("a0", "b600", "c1200", "d1800", "a4201", "a9000")).isEqualTo(4);
    }

    @Test
    void theSampleKeepsThirtyTwoPromptsTheSameForEveryDay() {
        Folded all = Folded.of(new UsageFold(Prices.none()), prompts(0, 1_000));
        Folded half = Folded.of(new UsageFold(Prices.none()), prompts(0, 500));
        Folded rest = Folded.of(new UsageFold(Prices.none()), prompts(500, 1_000));
        Folded few = Folded.of(new UsageFold(Prices.none()), prompts(0, PersonDays.PROMPT_SAMPLE));
        Folded repeated = Folded.of(
                new UsageFold(Prices.none()),
                Stream.concat(prompts(0, 500).stream(), prompts(0, 500).stream())
                        .toList());

        assertThat(sample(all)).hasSize(PersonDays.PROMPT_SAMPLE).isSorted().doesNotHaveDuplicates();
        assertThat(sample(few)).hasSize(PersonDays.PROMPT_SAMPLE);
        assertThat(sample(repeated)).isEqualTo(sample(half));
        assertThat(sample(all))
                .isEqualTo(Stream.concat(sample(half).stream(), sample(rest).stream())
                        .sorted()
                        .limit(PersonDays.PROMPT_SAMPLE)
                        .toList())
                .containsAnyElementsOf(sample(half))
                .containsAnyElementsOf(sample(rest));
    }

    @Test
    void aSessionIsRotatedWhenItGoesOnUnderAnotherCredential() {
        Folded day = folded(
                session("s1", "k1", 0),
                session("s1", "k2", 10),
                session("s1", "k1", 20),
                session("s2", "k1", 30),
                session("s2", null, 40),
                session("s3", null, 50),
                session(null, "k3", 60));

        assertThat(day.count(PersonDays.SESSIONS)).isEqualTo(3);
        assertThat(day.count(PersonDays.CREDENTIALS)).isEqualTo(3);
        assertThat(day.count(PersonDays.ROTATED_SESSIONS)).isEqualTo(1);
    }

    @Test
    void aMinuteIsCrowdedFromThreeSessionsOn() {
        assertThat(crowded(session("s1", null, 0), session("s2", null, 30), session("s3", null, 59)))
                .isEqualTo(3);
        assertThat(crowded(session("s1", null, 0), session("s2", null, 30), session("s3", null, 60)))
                .isZero();
        assertThat(crowded(session("s1", null, 0), session("s2", null, 1), session("s2", null, 2)))
                .isZero();
        assertThat(crowded(
                        session("s1", null, 0),
                        session("s2", null, 1).with(UsageEvents.REQUESTS, 5),
                        session("s3", null, 2),
                        session("s1", null, 61)))
                .isEqualTo(7);
    }

    @Test
    void aHotKeyIsADayLikeAnyOther() {
        List<TestRow> events = IntStream.range(0, 20_000)
                .mapToObj(i -> prompt(7, i, i % 2 == 0 ? "a" : "b").with(UsageEvents.SESSION_ID, "s"))
                .toList();
        Folded day = Folded.of(new UsageFold(Prices.none()), events);

        assertThat(day.count(PersonDays.REQUESTS)).isEqualTo(20_000);
        assertThat(day.count(PersonDays.TOP_PROMPT_REQUESTS)).isEqualTo(20_000);
        assertThat(day.count(PersonDays.FANOUT_REQUESTS)).isZero();
        assertThat(day.count(PersonDays.LONGEST_STREAK_MINUTES)).isEqualTo(333);
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partsAreNeverMoreThanTheWhole(int seed) {
        Random random = new Random(seed);
        List<TestRow> events = IntStream.range(0, 1 + random.nextInt(60))
                .mapToObj(i -> random(random))
                .toList();
        Folded day = Folded.of(new UsageFold(Prices.none()), "Asia/Kolkata", events);
        long requests = day.count(PersonDays.REQUESTS);

        for (ColumnSpec part : List.of(
                PersonDays.TINY_REQUESTS,
                PersonDays.STUFFED_REQUESTS,
                PersonDays.SAME_SIZE_REQUESTS,
                PersonDays.SAME_ANSWER_REQUESTS,
                PersonDays.NIGHT_REQUESTS,
                PersonDays.WEEKEND_REQUESTS,
                PersonDays.AGENT_REQUESTS,
                PersonDays.SCHEDULED_REQUESTS,
                PersonDays.CROWDED_REQUESTS)) {
            assertThat(orZero(day, part)).as("seed %s: %s", seed, part.name()).isBetween(0L, requests);
        }
        assertThat(minutes(day).values().stream().mapToLong(Long::longValue).sum())
                .as("seed %s", seed)
                .isEqualTo(requests);
        assertThat(day.count(PersonDays.GAPS)).as("seed %s", seed).isEqualTo(events.size() - 1L);
        for (ColumnSpec part :
                List.of(PersonDays.DISTINCT_PROMPTS, PersonDays.TOP_PROMPT_REQUESTS, PersonDays.FANOUT_REQUESTS)) {
            assertThat(orZero(day, part))
                    .as("seed %s: %s", seed, part.name())
                    .isBetween(0L, orZero(day, PersonDays.PROMPTS));
        }
        assertThat(orZero(day, PersonDays.FANOUT_REQUESTS)).as("seed %s", seed).isEqualTo(fannedOutByTheBook(events));
    }

    /** A request is fanned out when some hour that holds it holds its prompt on four models. */
    private static long fannedOutByTheBook(List<TestRow> events) {
        return events.stream()
                .filter(event -> event.value(UsageEvents.PROMPT_FINGERPRINT) != null)
                .filter(event -> events.stream().anyMatch(first -> {
                    List<TestRow> hour = events.stream()
                            .filter(other -> samePrompt(other, event) && samePrompt(first, event))
                            .filter(other -> !time(other).isBefore(time(first))
                                    && !time(other).isAfter(time(first).plusSeconds(3_600)))
                            .toList();
                    return hour.contains(event)
                            && hour.stream()
                                            .map(other -> other.value(UsageEvents.MODEL))
                                            .distinct()
                                            .count()
                                    >= 4;
                }))
                .count();
    }

    private static boolean samePrompt(TestRow one, TestRow other) {
        Object prompt = one.value(UsageEvents.PROMPT_FINGERPRINT);
        return prompt != null && prompt.equals(other.value(UsageEvents.PROMPT_FINGERPRINT));
    }

    private static Instant time(TestRow event) {
        return (Instant) event.value(UsageEvents.EVENT_TIME);
    }

    private static TestRow random(Random random) {
        return tokens(random.nextInt(4), random.nextInt(50_000), random.nextInt(500))
                .at(Instant.parse(MIDNIGHT).plusSeconds(random.nextInt(20_000)).toString())
                .with(UsageEvents.MODEL, "m" + random.nextInt(6))
                .with(UsageEvents.SESSION_ID, random.nextInt(5) == 0 ? null : "s" + random.nextInt(5))
                .with(UsageEvents.PROMPT_FINGERPRINT, random.nextInt(5) == 0 ? null : (Long) (long) random.nextInt(4))
                .with(
                        UsageEvents.INITIATOR,
                        List.of("human", "agent", "schedule").get(random.nextInt(3)));
    }

    private static long orZero(Folded day, ColumnSpec column) {
        return day.count(column) == null ? 0 : day.count(column);
    }

    private static TestRow told() {
        return usageEvent()
                .with(UsageEvents.SESSION_ID, "s1")
                .with(UsageEvents.INITIATOR, "agent")
                .with(UsageEvents.STATUS, "error")
                .with(UsageEvents.CACHE_READ_TOKENS, 1L)
                .with(UsageEvents.CACHE_WRITE_TOKENS, 1L)
                .with(UsageEvents.COST_USD, usd("1"))
                .with(UsageEvents.LINES_SUGGESTED, 1)
                .with(UsageEvents.LINES_ACCEPTED, 1)
                .with(UsageEvents.CREDENTIAL_ID, "k1")
                .with(UsageEvents.PROMPT_FINGERPRINT, 1L);
    }

    private static TestRow tokens(int requests, long input, long output) {
        return usageEvent()
                .with(UsageEvents.REQUESTS, requests)
                .with(UsageEvents.INPUT_TOKENS, input)
                .with(UsageEvents.OUTPUT_TOKENS, output);
    }

    private static TestRow prompt(long fingerprint, int second, String model) {
        return atSecond(second)
                .with(UsageEvents.PROMPT_FINGERPRINT, fingerprint)
                .with(UsageEvents.MODEL, model);
    }

    private static List<TestRow> prompts(int from, int to) {
        return LongStream.range(from, to).mapToObj(i -> prompt(i, 0, "m")).toList();
    }

    private static TestRow session(String sessionOrNull, String credentialOrNull, int second) {
        return atSecond(second)
                .with(UsageEvents.SESSION_ID, sessionOrNull)
                .with(UsageEvents.CREDENTIAL_ID, credentialOrNull);
    }

    private static TestRow atSecond(int second) {
        return usageEvent().at(Instant.parse(MIDNIGHT).plusSeconds(second).toString());
    }

    /** Returns a count of a day whose requests stand so many seconds apart. */
    private static long pauses(ColumnSpec column, int... seconds) {
        List<TestRow> events = new ArrayList<>(List.of(atSecond(0)));
        int second = 0;
        for (int pause : seconds) {
            second += pause;
            events.add(atSecond(second));
        }
        return Folded.of(new UsageFold(Prices.none()), events).count(column);
    }

    /** Returns how many requests are fanned out; "a60" sends the one prompt to model a at second 60. */
    private static long fanout(String... requests) {
        return Folded.of(
                        new UsageFold(Prices.none()),
                        Arrays.stream(requests)
                                .map(request ->
                                        prompt(1, Integer.parseInt(request.substring(1)), request.substring(0, 1)))
                                .toList())
                .count(PersonDays.FANOUT_REQUESTS);
    }

    private static long crowded(TestRow... events) {
        return folded(events).count(PersonDays.CROWDED_REQUESTS);
    }

    private static Folded folded(TestRow... events) {
        return Folded.of(new UsageFold(Prices.none()), List.of(events));
    }

    @SuppressWarnings("unchecked")
    private static Map<Integer, Long> minutes(Folded day) {
        return ((List<Row>) day.get(PersonDays.MINUTE_REQUESTS))
                .stream().collect(Collectors.toMap(minute -> minute.getInt(0), minute -> minute.getLong(1)));
    }

    @SuppressWarnings("unchecked")
    private static List<Long> sample(Folded day) {
        return (List<Long>) day.get(PersonDays.PROMPT_SAMPLE_HASHES);
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount).setScale(6);
    }
}
