package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

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
        Policy policy = policy("company", "total_tokens", true, null, 5);

        assertThat(policy.appliesOn(FIRST.minusDays(1), "t1", "o1")).isFalse();
        assertThat(policy.appliesOn(FIRST, "t1", "o1")).isTrue();
        assertThat(policy.appliesOn(LAST, "t1", "o1")).isTrue();
        assertThat(policy.appliesOn(LAST.plusDays(1), "t1", "o1")).isFalse();
    }

    @Test
    void withoutALastDayItIsStillInForce() {
        Policy policy = new Policy(FIRST, null, "company", "total_tokens", true, null, 5);

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
        assertThat(policy(scope, "requests", true, null, 1).appliesOn(FIRST, "t1", "o1"))
                .isEqualTo(applies);
    }

    @ParameterizedTest
    @CsvSource({
        "total_tokens, true, , 7, true",
        "requests, true, , 1, true",
        "cost_usd, true, , 1, true",
        "total_tokens, true, , 8, false",
        "total_tokens, true, , , false",
        "total_tokens, false, , 5, false",
        "total_tokens, true, 100, 5, false",
        "weekly_active_share, true, , 5, false",
        ", true, , 5, false",
    })
    void aBoardIsAWeeklyAmountReadOnAWeekdayWithNoBar(
            String metric, boolean weekly, Double threshold, Integer snapshotDay, boolean isBoard) {
        assertThat(policy("company", metric, weekly, threshold, snapshotDay).isWeeklyBoard())
                .isEqualTo(isBoard);
    }

    @ParameterizedTest
    @CsvSource({
        "person, total_tokens, true, 100, true",
        "person, cost_usd, true, 0.5, true",
        "team:t1, total_tokens, true, 100, false",
        "company, total_tokens, true, 100, false",
        "person, total_tokens, false, 100, false",
        "person, total_tokens, true, , false",
        "person, weekly_active_share, true, 0.8, false",
        "person, , true, 100, false",
    })
    void aPersonalBarIsAWeeklyAmountThatEachPersonMustReachByThemselves(
            String scope, String metric, boolean weekly, Double threshold, boolean isBar) {
        assertThat(policy(scope, metric, weekly, threshold, null).isPersonalWeeklyBar())
                .isEqualTo(isBar);
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
                        new Policy(Rows.DAY, null, "company", null, false, null, null),
                        new Policy(
                                LocalDate.parse("2024-02-29"),
                                LocalDate.parse("2024-03-01"),
                                "person",
                                "total_tokens",
                                true,
                                100.0,
                                null));
        assertThat(Policy.of(Rows.none(PolicyEvents.CONTRACT))).isEqualTo(List.of());
    }

    private static Policy policy(
            String scope, String metricOrNull, boolean weekly, Double thresholdOrNull, Integer snapshotDayOrNull) {
        return new Policy(FIRST, LAST, scope, metricOrNull, weekly, thresholdOrNull, snapshotDayOrNull);
    }
}
