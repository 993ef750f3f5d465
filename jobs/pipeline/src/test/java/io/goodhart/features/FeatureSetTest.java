package io.goodhart.features;

import static io.goodhart.features.Days.PREMIUM;
import static io.goodhart.features.Days.daily;
import static io.goodhart.features.Days.day;
import static io.goodhart.features.Days.hours;
import static io.goodhart.features.Days.use;
import static io.goodhart.features.Days.window;
import static io.goodhart.tables.PersonDays.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.testing.TestRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every feature at its edges. Days are Mondays from 2026-05-04 on where a case names no other. */
class FeatureSetTest {
    /** The standard error of ten days against ten others, where half of each are a factor of e above the rest. */
    private static final double SPREAD_OF_TEN = (0.25 + Math.sqrt(2 * 10 * 0.25 / 18)) * Math.sqrt(0.2);

    private record Case(String feature, double expected, WindowTotals window) {
        @Override
        public String toString() {
            return feature + " = " + expected;
        }
    }

    static final List<Feature> FEATURES = FeatureSet.DIRECTED;

    static final List<Case> CASES = Stream.of(
                    volume(),
                    shape(),
                    tempo(),
                    pauses(),
                    repetition(),
                    models(),
                    output(),
                    merges(),
                    change(),
                    agents())
            .flatMap(List::stream)
            .toList();

    @ParameterizedTest(name = "{0}")
    @FieldSource("CASES")
    void theValueIsWhatTheWindowAddsUpTo(Case edge) {
        assertThat(feature(edge.feature()).value(edge.window())).isCloseTo(edge.expected(), within(1e-12));
    }

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void everyFeatureIsShownAtItsEdges(Feature feature) {
        List<Double> shown = CASES.stream()
                .filter(edge -> edge.feature().equals(feature.name()))
                .map(Case::expected)
                .distinct()
                .toList();

        assertThat(shown)
                .as("different values of %s that are tested", feature.name())
                .hasSizeGreaterThan(1);
    }

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void aWindowThatTellsNothingHasTheValueOfAbsence(Feature feature) {
        assertThat(feature.value(new WindowTotals())).as(feature.name()).isEqualTo(feature.whenAbsent());
    }

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void everyFeatureSaysWhatItIs(Feature feature) {
        assertThat(feature.name()).matches("[a-z]+(_[a-z]+)*");
        assertThat(feature.meaning()).isNotBlank();
        assertThat(String.format(feature.phrase(), "VALUE")).containsOnlyOnce("VALUE");
    }

    @ParameterizedTest(name = "feature {index}")
    @FieldSource("FEATURES")
    void onlyWhatGamingPushesUpIsCredited(Feature feature) {
        assertThat(feature.credited() && feature.suspicious() == Direction.LOW)
                .as(feature.name())
                .isFalse();
    }

    /** A credit weighs less the more there is. The calendar and rotation count days, of which there are as many here. */
    @Test
    void aShareIsCreditedWhereTwiceAsMuchOfTheSameTellsMore() {
        WindowTotals once = muchOfEverything(100);
        WindowTotals twice = muchOfEverything(200);

        for (Feature share : FEATURES) {
            boolean countsDays =
                    share.family() == Feature.Family.CALENDAR || share.name().equals("rotated_day_share");
            if (share.unit() == Unit.SHARE && !countsDays) {
                assertThat(share.value(twice) - share.value(once) > 1e-3)
                        .as(share.name())
                        .isEqualTo(share.credited());
            }
        }
    }

    @Test
    void namesAreInTheOrderOfTheVectorAndEachIsThereOnce() {
        assertThat(FeatureSet.names())
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(FEATURES.stream().map(Feature::name).toList());
    }

    private static List<Case> volume() {
        return List.of(
                is("tokens_a_day", 100, with(TOTAL_TOKENS, 2_800L)),
                is("tokens_a_day", 0, with(TOTAL_TOKENS, 0L)),
                is("requests_an_active_day", 20, with(REQUESTS, 30L), on(5, REQUESTS, 10L), on(6, REQUESTS, 0L)),
                is("requests_an_active_day", 0, with(REQUESTS, 0L)),
                is("cost_a_day", 0.5, with(COST_USD, new BigDecimal("13.500000")), on(5, COST_USD, usd("0.5"))),
                is("cost_a_day", 0, with(COST_USD, usd("0"))),
                is("active_day_share", 2 / 28.0, with(REQUESTS, 1L), on(5, REQUESTS, 1L), on(6, REQUESTS, 0L)),
                is("output_a_day", 10, with(OUTPUT_TOKENS, 280L)),
                is("output_a_day", 0, with(OUTPUT_TOKENS, 0L)),
                is(
                        "sessions_an_active_day",
                        3,
                        of(4, SESSIONS, 2),
                        on(5, REQUESTS, 1L).with(SESSIONS, 4L)),
                is("sessions_an_active_day", 0, with(REQUESTS, 4L)),
                is("sessions_an_active_day", 2, of(4, SESSIONS, 2), silent(SESSIONS, 400L)),
                is("active_day_share", 0, with(REQUESTS, 0L)),
                is("active_day_share", 1, daily("2026-05-04", 28, with(REQUESTS, 1L))));
    }

    private static List<Case> shape() {
        return List.of(
                is("input_per_output", 3, with(INPUT_TOKENS, 300L).with(OUTPUT_TOKENS, 99L)),
                is("input_per_output", 300, with(INPUT_TOKENS, 300L).with(OUTPUT_TOKENS, 0L)),
                is(
                        "input_per_output",
                        3,
                        with(INPUT_TOKENS, 300L).with(OUTPUT_TOKENS, 99L),
                        silent(INPUT_TOKENS, 9_000L)),
                is("stuffed_share", 0.5, of(20, STUFFED_REQUESTS, 20)),
                is("stuffed_share", 0, of(20, STUFFED_REQUESTS, 0)),
                is("tiny_share", 0.25, of(20, TINY_REQUESTS, 10)),
                is("tiny_share", 1 / 21.0, of(1, TINY_REQUESTS, 1)),
                is("tiny_requests_an_active_day", 4, of(20, TINY_REQUESTS, 8), on(5, REQUESTS, 1L)),
                is("tiny_requests_an_active_day", 0, of(20, TINY_REQUESTS, 0)),
                is("output_a_request", 50, of(20, OUTPUT_TOKENS, 1_000)),
                is("output_a_request", 1_000, of(0, OUTPUT_TOKENS, 0)),
                is("output_a_request", 0, of(20, OUTPUT_TOKENS, 0)),
                is("answer_length", 25, of(20, OUTPUT_TOKENS, 1_000)),
                is("answer_length", 0, of(0, OUTPUT_TOKENS, 0)),
                is("cache_read_share", 0.75, with(CACHE_READ_TOKENS, 75L).with(INPUT_TOKENS, 24L)),
                is("cache_read_share", 0.25, cache(25, 24, 50)),
                is("cache_read_share", 0, cache(0, 100, 0)),
                is("cache_read_share", 1, with(INPUT_TOKENS, 100L)),
                is("cache_read_share", 0.25, cache(25, 24, 50), silent(INPUT_TOKENS, 9_000L)),
                is("output_a_request", 50, of(20, OUTPUT_TOKENS, 1_000), silent(REQUESTS, 500L)),
                is("answer_length", 25, of(20, OUTPUT_TOKENS, 1_000), silent(REQUESTS, 500L)),
                is("answer_length", 25, of(20, OUTPUT_TOKENS, 1_000), silent(OUTPUT_TOKENS, 500_000L)),
                is("answer_length", 0, silent(OUTPUT_TOKENS, 500_000L)),
                is("failed_share", 0.25, of(20, FAILED_REQUESTS, 10)),
                is("failed_share", 0, of(20, FAILED_REQUESTS, 0)),
                is("failed_share", 0, with(REQUESTS, 20L)),
                is("requests_a_session", 5, of(20, SESSIONS, 4)),
                is("requests_a_session", 1, of(4, SESSIONS, 4)),
                is("requests_a_session", 5, of(20, SESSIONS, 4), silent(SESSIONS, 400L)),
                is("requests_a_session", 5, of(20, SESSIONS, 4), silent(REQUESTS, 400L)),
                is("requests_a_session", 10, with(REQUESTS, 20L)));
    }

    private static List<Case> tempo() {
        TestRow twenty = with(REQUESTS, 20L);
        return List.of(
                is("night_share", 0.25, twenty.with(NIGHT_REQUESTS, 10L)),
                is("night_share", 0, twenty.with(NIGHT_REQUESTS, 0L)),
                is("night_share", 0.5, twenty.with(NIGHT_REQUESTS, 20L)),
                is("weekend_share", 0.25, of(20, WEEKEND_REQUESTS, 10)),
                is("weekend_share", 0, of(20, WEEKEND_REQUESTS, 0)),
                is("active_hours_a_day", 3, twenty.with(ACTIVE_HOURS, hours(0, 9, 23))),
                is(
                        "active_hours_a_day",
                        2,
                        twenty.with(ACTIVE_HOURS, hours(9)),
                        twenty.with(ACTIVE_HOURS, hours(9, 10)).from("cursor")),
                is("streak_minutes", 45, twenty.with(LONGEST_STREAK_MINUTES, 60L), streak(5, 30)),
                is(
                        "streak_minutes",
                        60,
                        twenty.with(LONGEST_STREAK_MINUTES, 60L),
                        twenty.with(LONGEST_STREAK_MINUTES, 30L).from("cursor")),
                is("same_minute_share", 0.2, twenty.with(MINUTE_REQUESTS, Days.minutes(10, 0, 59)), minutes(5, 6, 59)),
                is("same_minute_share", 10 / 80.0, twenty.with(MINUTE_REQUESTS, Days.minutes(10, 0, 59))),
                is("crowded_share", 0.25, of(20, CROWDED_REQUESTS, 10)),
                is("crowded_share", 0, of(20, CROWDED_REQUESTS, 0)),
                is("day_variation", 0, daily("2026-05-04", 10, active(100))),
                is("day_variation", 1, daily("2026-05-04", 9, active(100))),
                is(
                        "day_variation",
                        0.5,
                        Stream.concat(
                                        Arrays.stream(daily("2026-05-04", 5, active(50))),
                                        Arrays.stream(daily("2026-05-09", 5, active(150))))
                                .toArray(TestRow[]::new)));
    }

    private static List<Case> pauses() {
        return List.of(
                is("steady_gap_share", 0.25, with(GAPS, 20L).with(STEADY_GAPS, 10L)),
                is("steady_gap_share", 0, with(GAPS, 20L).with(STEADY_GAPS, 0L)),
                is("timer_gap_share", 0.25, with(GAPS, 20L).with(TIMER_GAPS, 10L)),
                is("timer_gap_share", 0, with(GAPS, 0L).with(TIMER_GAPS, 0L)));
    }

    private static List<Case> repetition() {
        WindowTotals shared = window(sampled(4, 0, 20));
        shared.sharedPrompts = 10;
        return List.of(
                is("repeated_prompt_share", 0.25, with(PROMPTS, 20L).with(DISTINCT_PROMPTS, 10L)),
                is("repeated_prompt_share", 0, with(PROMPTS, 20L).with(DISTINCT_PROMPTS, 20L)),
                is("top_prompt_share", 0.25, with(PROMPTS, 20L).with(TOP_PROMPT_REQUESTS, 10L)),
                is("top_prompt_share", 0, with(PROMPTS, 20L).with(TOP_PROMPT_REQUESTS, 0L)),
                is("replayed_prompt_share", 0, sampled(4, 0, 20), sampled(5, 0, 20)),
                is("replayed_prompt_share", 60 / 80.0, sampled(4, 0, 20), sampled(5, 0, 20), sampled(6, 0, 20)),
                is("replayed_prompt_share", 3 / 42.0, sampled(4, 0, 20), sampled(5, 19, 20), sampled(6, 19, 20)),
                is(
                        "replayed_prompt_share",
                        0,
                        sampled(4, 0, 20),
                        sampled(4, 0, 20).from("cursor")),
                new Case("shared_prompt_share", 0.25, shared),
                is("shared_prompt_share", 0, sampled(4, 0, 20)),
                is("fanout_share", 0.25, with(PROMPTS, 20L).with(FANOUT_REQUESTS, 10L)),
                is("fanout_share", 0, with(PROMPTS, 20L).with(FANOUT_REQUESTS, 0L)),
                is("same_size_share", 0.25, of(20, SAME_SIZE_REQUESTS, 10)),
                is("same_size_share", 0, of(20, SAME_SIZE_REQUESTS, 0)),
                is("same_answer_share", 0.25, of(20, SAME_ANSWER_REQUESTS, 10)),
                is("same_answer_share", 0, of(20, SAME_ANSWER_REQUESTS, 0)));
    }

    private static List<Case> models() {
        return List.of(
                is("premium_share", 0.25, uses(use(PREMIUM, 10, 0), use("haiku", 10, 10))),
                is("premium_share", 0, uses(use("haiku", 20, 20))),
                is("premium_trivial_share", 0.125, uses(use(PREMIUM, 10, 5), use("haiku", 10, 10))),
                is("premium_trivial_share", 0, uses(use(PREMIUM, 20, 0))),
                is("cost_a_million_tokens", 10, with(COST_USD, usd("10")).with(TOTAL_TOKENS, 900_000L)),
                is("cost_a_million_tokens", 1, with(COST_USD, usd("0.1")).with(TOTAL_TOKENS, 0L)),
                is(
                        "cost_a_million_tokens",
                        10,
                        with(COST_USD, usd("10")).with(TOTAL_TOKENS, 900_000L),
                        silent(COST_USD, usd("90")),
                        silent(TOTAL_TOKENS, 9_000_000L).from("copilot")),
                is("credentials_an_active_day", 3, of(20, CREDENTIALS, 4), with(5, CREDENTIALS, 2L)),
                is("credentials_an_active_day", 1, of(20, CREDENTIALS, 1)),
                is(
                        "rotated_day_share",
                        0.25,
                        with(4, ROTATED_SESSIONS, 1L),
                        with(5, ROTATED_SESSIONS, 30L),
                        with(6, ROTATED_SESSIONS, 0L)),
                is("rotated_day_share", 0, of(20, ROTATED_SESSIONS, 0)));
    }

    private static List<Case> output() {
        WindowTotals nine = window(with(TOTAL_TOKENS, 1_000L).with(COST_USD, usd("50")));
        nine.outcomes = 9;
        return List.of(
                new Case("tokens_an_outcome", 100, nine),
                is("tokens_an_outcome", 1_000, with(TOTAL_TOKENS, 1_000L)),
                new Case("cost_an_outcome", 5, nine),
                is("cost_an_outcome", 50, with(COST_USD, usd("50"))),
                is("lines_a_kept_line", 4 / 3.0, lines(400, 200L)),
                is("lines_a_kept_line", 2, lines(400, 0L)),
                is("lines_a_kept_line", 25.5, lines(20_000, 400L)),
                is("lines_a_kept_line", 1, lines(400, 400L)),
                is("lines_a_kept_line", 1, lines(400, null)),
                is("lines_a_kept_line", 4 / 3.0, lines(400, 200L), silent(LINES_SUGGESTED, 90_000L)),
                is("lines_a_kept_line", 1, silent(LINES_ACCEPTED, 90_000L)),
                is("dropped_lines_a_day", 10, lines(400, 120L), silent(LINES_SUGGESTED, 90_000L)),
                is("dropped_lines_a_day", 10, lines(400, 120L)),
                is("dropped_lines_a_day", 0, lines(400, 400L)),
                is("dropped_lines_a_day", 0, lines(400, null)),
                is("reverted_share", 0.25, with(COMMITS, 2L).with(MERGED, 2L).with(REVERTED, 2L)),
                is("reverted_share", 0, with(COMMITS, 4L).with(MERGED, 0L).with(REVERTED, 0L)),
                is("reverted_share", 0, with(COMMITS, 4L).with(MERGED, 4L)));
    }

    private static List<Case> merges() {
        return List.of(
                is("reverted_merge_share", 0.25, with(MERGED, 4L).with(REVERTED_MERGES, 2L)),
                is("reverted_merge_share", 0, with(MERGED, 4L).with(REVERTED_MERGES, 0L)),
                is("small_merge_share", 0.5, with(MERGED, 4L).with(SMALL_MERGES, 4L)),
                is("small_merge_share", 0, with(MERGED, 4L).with(SMALL_MERGES, 0L)),
                is("small_merges_a_week", 2, with(SMALL_MERGES, 8L)),
                is("small_merges_a_week", 0, with(SMALL_MERGES, 0L)),
                is("quick_merge_share", 0.25, with(MERGED, 4L).with(QUICK_MERGES, 2L)),
                is("quick_merge_share", 0, with(MERGED, 4L)),
                is("self_merge_share", 0.25, with(MERGED, 4L).with(SELF_MERGES, 2L)),
                is("self_merge_share", 0, with(MERGED, 4L).with(SELF_MERGES, 0L)),
                new Case("reciprocal_merge_share", 0.25, returned(4, 2)),
                new Case("reciprocal_merge_share", 0, returned(4, 0)),
                new Case("snapshot_share", 0.75 - 0.25, board(75, 100, 2, 8)),
                new Case("snapshot_share", 0, board(100, 100, 3, 3)),
                new Case("snapshot_share", 0, board(0, 0, 0, 0)),
                new Case("snapshot_tokens_contrast", Math.log(4) / SPREAD_OF_TEN, contrast(10, 4)),
                new Case("snapshot_tokens_contrast", 0, contrast(10, 0.25)),
                new Case("snapshot_tokens_contrast", 0, contrast(2, 4)),
                new Case("snapshot_requests_contrast", Math.log(4) / SPREAD_OF_TEN, contrast(10, 4)),
                new Case("snapshot_requests_contrast", 0, contrast(10, 1)),
                new Case("bar_recent_share", 3 / 7.0, recent(8, 4)),
                new Case("bar_recent_share", 0, recent(8, 1)),
                new Case("bar_closeness", 0.25, close(4, 1)),
                new Case("bar_closeness", 0, close(4, 0)),
                new Case("bare_week_share", 2 / 3.0, bare(4, 3, 0)),
                new Case("bare_week_share", 1 / 3.0, bare(4, 2, 2)),
                new Case("bare_week_share", 0, bare(4, 1, 1)),
                new Case("bare_week_share", 0, bare(1, 1, 0)),
                new Case("bare_week_share", 1, byItself(bare(1, 1, 0))),
                new Case("bare_week_share", 0, byItself(bare(1, 0, 0))),
                new Case("bare_week_share", 0, byItself(bare(0, 0, 0))),
                new Case("bar_week_share", 1, byItself(weeks(1, 1, 0, 0))),
                new Case("bar_week_share", 2 / 3.0, weeks(4, 3, 0, 0)),
                new Case("bar_week_share", 0, weeks(4, 1, 0, 0)),
                new Case("bar_week_share", 0, weeks(1, 1, 0, 0)),
                new Case("bar_month_share", 0.5, months(3, 2)),
                new Case("bar_month_share", 0, months(3, 1)),
                new Case("bar_month_share", 0, months(1, 1)),
                // 2026-05-04, 11, 18 and 25 are Mondays
                is("weekday_share", 4 / 6.0, on(4, 1), on(11, 1), on(18, 1), on(25, 1)),
                is("weekday_share", 1 / 6.0, on(4, 1), on(5, 1), on(6, 1), on(7, 1)),
                // Monday, Tuesday and Wednesday: three quarters of the tokens on two of three days
                is("two_weekdays_token_share", 0.75 - 2 / 3.0, on(4, 1), on(12, 2), on(20, 1)),
                is("two_weekdays_token_share", 0, on(10, 1), on(11, 2)),
                new Case("week_variation", 0, weeks(3, 0, 300, 30_000)),
                new Case("week_variation", 0.5, weeks(2, 0, 200, 20_000)),
                new Case("week_variation", 0.25, weeks(4, 0, 400, 42_500)));
    }

    private static List<Case> change() {
        return List.of(
                risen("uncached_rise", (0.75 + 0.03) / (0.5 + 0.03), cache(25, 74, 0), cache(50, 49, 0)),
                risen("uncached_rise", (0.75 + 0.03) / (0.5 + 0.03), cache(25, 24, 50), cache(50, 20, 29)),
                risen("uncached_rise", 1, cache(25, 74, 0), silent(CACHE_READ_TOKENS, 50L)),
                is("uncached_rise", 1, cache(25, 74, 0)));
    }

    private static List<Case> agents() {
        return List.of(
                is("agent_share", 0.25, of(20, AGENT_REQUESTS, 10)),
                is("agent_share", 0, of(20, AGENT_REQUESTS, 0)),
                is("scheduled_share", 0.25, of(20, SCHEDULED_REQUESTS, 10)),
                is("scheduled_share", 0, of(20, SCHEDULED_REQUESTS, 0)),
                is("unapproved_share", 0.5, with(ACTIONS, 4L).with(UNAPPROVED_ACTIONS, 4L)),
                is("unapproved_share", 0, with(ACTIONS, 4L).with(UNAPPROVED_ACTIONS, 0L)),
                is("unapproved_risky_a_week", 2, with(UNAPPROVED_RISKY_ACTIONS, 8L)),
                is("unapproved_risky_a_week", 0, with(UNAPPROVED_RISKY_ACTIONS, 0L)),
                is("undone_action_share", 5 / 16.0, undone(8L, 3L, 5L)),
                is("undone_action_share", 0.5, undone(8L, 8L, 8L)),
                is("undone_action_share", 0.25, undone(8L, null, 4L)),
                is("undone_action_share", 0, undone(8L, null, null)));
    }

    private static Feature feature(String name) {
        return FEATURES.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    private static Case is(String feature, double expected, TestRow... days) {
        return new Case(feature, expected, window(days));
    }

    /** The window has 28 observed days, the earlier weeks 56. */
    private static Case risen(String feature, double expected, TestRow now, TestRow before) {
        WindowTotals totals = window(now);
        totals.earlier = window(before);
        totals.earlier.presentDays = 56;
        return new Case(feature, expected, totals);
    }

    /** Three days of everything that there is to count, so much a day. */
    private static WindowTotals muchOfEverything(long amount) {
        TestRow row = uses(use(PREMIUM, amount, amount))
                .with(NIGHT_REQUESTS, amount)
                .with(MINUTE_REQUESTS, Days.minutes(amount, 0))
                .with(PROMPT_SAMPLE_HASHES, LongStream.range(0, amount).boxed().toList());
        for (ColumnSpec column : WindowTotals.SUMMED) {
            row = row.with(column, amount);
        }
        WindowTotals totals = window(daily("2026-05-04", 3, row.with(DISTINCT_PROMPTS, 0L)));
        totals.sharedPrompts = amount;
        totals.reciprocalMerges = amount;
        return totals;
    }

    private static TestRow of(long requests, ColumnSpec column, long value) {
        return with(REQUESTS, requests).with(column, value);
    }

    private static TestRow on(int dayOfMay, ColumnSpec column, Object value) {
        return day("2026-05-0" + dayOfMay).with(column, value);
    }

    private static TestRow with(int dayOfMay, ColumnSpec column, Object value) {
        return on(dayOfMay, REQUESTS, 1L).with(column, value);
    }

    private static TestRow with(ColumnSpec column, Object value) {
        return Days.with(column, value);
    }

    private static TestRow streak(int dayOfMay, long minutes) {
        return with(dayOfMay, LONGEST_STREAK_MINUTES, minutes);
    }

    private static TestRow minutes(int dayOfMay, long each, int minute) {
        return on(dayOfMay, MINUTE_REQUESTS, Days.minutes(each, minute)).with(REQUESTS, 0L);
    }

    private static TestRow active(long tokens) {
        return with(REQUESTS, 1L).with(TOTAL_TOKENS, tokens);
    }

    private static TestRow cache(long read, long fresh, long written) {
        return with(CACHE_READ_TOKENS, read).with(INPUT_TOKENS, fresh).with(CACHE_WRITE_TOKENS, written);
    }

    private static TestRow sampled(int dayOfMay, int from, int to) {
        return on(
                dayOfMay,
                PROMPT_SAMPLE_HASHES,
                LongStream.range(from, to).boxed().toList());
    }

    private static TestRow uses(org.apache.spark.sql.Row... entries) {
        return with(MODELS, new ArrayList<>(List.of(entries)));
    }

    /** Another tool on the same day that tells this and nothing else. */
    private static TestRow silent(ColumnSpec column, Object value) {
        return with(column, value).from("cursor");
    }

    private static TestRow lines(long suggested, Long acceptedOrNull) {
        return with(LINES_SUGGESTED, suggested).with(LINES_ACCEPTED, acceptedOrNull);
    }

    private static TestRow undone(long actions, Long failedOrNull, Long rolledBackOrNull) {
        return with(ACTIONS, actions).with(FAILED_ACTIONS, failedOrNull).with(ROLLED_BACK_ACTIONS, rolledBackOrNull);
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount).setScale(6);
    }

    private static WindowTotals board(double aboutReading, double all, int daysAboutReading, int days) {
        WindowTotals totals = window();
        totals.snapshotTokens = aboutReading;
        totals.boardTokens = all;
        totals.snapshotDays = daysAboutReading;
        totals.boardDays = days;
        return totals;
    }

    /** Ten days about a reading against ten others, {@code times} as many tokens; on both sides, days differ by a factor of e. */
    private static WindowTotals contrast(int days, double times) {
        WindowTotals totals = window();
        for (int i = 0; i < days; i++) {
            double amount = 1_000 * Math.exp(i % 2);
            for (Contrast contrast : List.of(totals.snapshotTokensADay, totals.snapshotRequestsADay)) {
                contrast.add(true, times * amount);
                contrast.add(false, amount);
            }
        }
        return totals;
    }

    private static WindowTotals recent(int weeks, int atBar) {
        WindowTotals totals = window();
        totals.recentWeeks = weeks;
        totals.recentBarWeeks = atBar;
        return totals;
    }

    private static WindowTotals close(int whole, double closeness) {
        WindowTotals totals = window();
        totals.wholeWeeks = whole;
        totals.barCloseness = closeness;
        return totals;
    }

    private static WindowTotals bare(int whole, int onFridays, int onMondays) {
        WindowTotals totals = window();
        totals.wholeWeeks = whole;
        totals.bareWeeksOn[4] = onFridays;
        totals.bareWeeksOn[0] = onMondays;
        return totals;
    }

    private static WindowTotals byItself(WindowTotals week) {
        week.isOneWeek = true;
        return week;
    }

    private static WindowTotals returned(long merged, long reciprocal) {
        WindowTotals totals = window(with(MERGED, merged));
        totals.reciprocalMerges = reciprocal;
        return totals;
    }

    private static WindowTotals months(int whole, int atBar) {
        WindowTotals totals = window();
        totals.wholeMonths = whole;
        totals.barMonths = atBar;
        return totals;
    }

    private static TestRow on(int dayOfMay, long tokens) {
        return day(java.time.LocalDate.of(2026, 5, dayOfMay).toString())
                .with(REQUESTS, 1L)
                .with(TOTAL_TOKENS, tokens);
    }

    private static WindowTotals weeks(int whole, int atBar, double tokens, double squaredTokens) {
        WindowTotals totals = window();
        totals.wholeWeeks = whole;
        totals.barWeeks = atBar;
        totals.wholeWeekTokens = tokens;
        totals.squaredWeekTokens = squaredTokens;
        return totals;
    }
}
