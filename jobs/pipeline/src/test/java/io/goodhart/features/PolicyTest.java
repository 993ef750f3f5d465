package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.Policy.Period;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-05-04");
    private static final LocalDate LAST = LocalDate.parse("2026-05-17");

    @Test
    void itHoldsFromItsFirstDayToItsLast() {
        Policy policy = policy("company", "total_tokens", Period.WEEK, null, 5);

        assertThat(policy.appliesOn(FIRST.minusDays(1), "t1", "o1")).isFalse();
        assertThat(policy.appliesOn(FIRST, "t1", "o1")).isTrue();
        assertThat(policy.appliesOn(LAST, "t1", "o1")).isTrue();
        assertThat(policy.appliesOn(LAST.plusDays(1), "t1", "o1")).isFalse();
    }

    @Test
    void withoutALastDayItIsStillInForce() {
        Policy policy = new Policy(FIRST, null, "company", "total_tokens", Period.WEEK, null, 5);

        assertThat(policy.appliesOn(FIRST.plusYears(50), "t1", "o1")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "company, true",
        "person, true",
        "team:t1, true",
        "team:t2, false",
        "team:t, false",
        "org:o1, true",
        "org:o2, false",
        "org:t1, false",
        "Company, false",
    })
    void itAppliesToWhomItNames(String scope, boolean applies) {
        assertThat(policy(scope, "requests", Period.WEEK, null, 1).appliesOn(FIRST, "t1", "o1"))
                .isEqualTo(applies);
    }

    @ParameterizedTest
    @CsvSource({
        "total_tokens, WEEK, , 7, true",
        "requests, WEEK, , 1, true",
        "cost_usd, WEEK, , 1, true",
        "total_tokens, WEEK, , 8, false",
        "total_tokens, MONTH, , 31, true",
        "total_tokens, WEEK, , , false",
        "total_tokens, MONTH, , , false",
        "total_tokens, OTHER, , 5, false",
        "total_tokens, WEEK, 100, 5, false",
        "weekly_active_share, WEEK, , 5, false",
        ", WEEK, , 5, false",
    })
    void aBoardIsAnAmountReadOnADayOfItsPeriodWithNoBar(
            String metric, Period period, Double threshold, Integer snapshotDay, boolean isBoard) {
        assertThat(policy("company", metric, period, threshold, snapshotDay).isBoard())
                .isEqualTo(isBoard);
    }

    @ParameterizedTest
    @CsvSource({
        "WEEK, 5, 2026-05-08, true",
        "WEEK, 5, 2026-05-07, false",
        "MONTH, 15, 2026-05-15, true",
        "MONTH, 15, 2026-05-16, false",
        "MONTH, 31, 2026-05-31, true",
        "MONTH, 31, 2026-04-30, true",
        "MONTH, 31, 2024-02-29, true",
        "MONTH, 31, 2023-02-28, true",
        "MONTH, 31, 2024-02-28, false",
    })
    void aBoardIsReadOnItsDayAndTheThirtyFirstIsTheLastOfAMonth(
            Period period, int snapshotDay, LocalDate date, boolean isRead) {
        assertThat(policy("company", "total_tokens", period, null, snapshotDay).isReadOn(date))
                .isEqualTo(isRead);
    }

    @ParameterizedTest
    @CsvSource({
        "person, total_tokens, WEEK, 100, true",
        "person, cost_usd, WEEK, 0.5, true",
        "team:t1, total_tokens, WEEK, 100, false",
        "company, total_tokens, WEEK, 100, false",
        "person, total_tokens, OTHER, 100, false",
        "person, total_tokens, MONTH, 100, false",
        "person, total_tokens, WEEK, , false",
        "person, weekly_active_share, WEEK, 0.8, false",
        "person, , WEEK, 100, false",
    })
    void aPersonalBarIsAnAmountThatEachPersonMustReachByThemselves(
            String scope, String metric, Period period, Double threshold, boolean isWeeklyBar) {
        assertThat(policy(scope, metric, period, threshold, null).isPersonalBar(Period.WEEK))
                .isEqualTo(isWeeklyBar);
    }

    @Test
    void rowsAreReadInTheOrderOfTheirIds() {
        TestRow cap = Rows.of(PolicyEvents.CONTRACT)
                .with(PolicyEvents.POLICY_ID, "b")
                .with(PolicyEvents.EFFECTIVE_FROM, "2024-02-29")
                .with(PolicyEvents.EFFECTIVE_TO, "2024-03-01")
                .with(PolicyEvents.SCOPE, "person")
                .with(PolicyEvents.METRIC, "total_tokens")
                .with(PolicyEvents.PERIOD, "week")
                .with(PolicyEvents.THRESHOLD, 100.0);
        TestRow release =
                Rows.of(PolicyEvents.CONTRACT).with(PolicyEvents.POLICY_ID, "a").with(PolicyEvents.SCOPE, "company");

        assertThat(Policy.of(Rows.dataset(cap, release)))
                .containsExactly(
                        new Policy(Rows.DAY, null, "company", null, Period.OTHER, null, null),
                        new Policy(
                                LocalDate.parse("2024-02-29"),
                                LocalDate.parse("2024-03-01"),
                                "person",
                                "total_tokens",
                                Period.WEEK,
                                100.0,
                                null));
        assertThat(Policy.of(Rows.none(PolicyEvents.CONTRACT))).isEqualTo(List.of());
    }

    private static Policy policy(
            String scope, String metricOrNull, Period period, Double thresholdOrNull, Integer snapshotDayOrNull) {
        return new Policy(FIRST, LAST, scope, metricOrNull, period, thresholdOrNull, snapshotDayOrNull);
    }
}
