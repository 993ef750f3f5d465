package io.goodhart.features;

import static io.goodhart.features.Days.laid;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.SourceHealth;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The window is the 28 days from 2026-05-04 to 2026-05-31. */
class ObservationTest {
    private static final LocalDate START = LocalDate.parse("2026-05-04");
    private static final LocalDate END = LocalDate.parse("2026-05-31");
    private static final LocalDate LONG_AGO = LocalDate.parse("2020-01-01");
    private static final Observation HEALTHY = Observation.of(List.of(), LONG_AGO);

    @Test
    void everyDayOfAnEmployedPersonIsObservedWithUsageOrWithout() {
        assertThat(HEALTHY.days(person(null, null), START, END)).isEqualTo(28);
        assertThat(HEALTHY.days(person(null, null, usage("claude_code")), START, END))
                .isEqualTo(28);
        assertThat(HEALTHY.days(person(null, null), END, END)).isEqualTo(1);
    }

    @Test
    void theFirstAndTheLastDayOfEmploymentAreObserved() {
        assertThat(HEALTHY.days(person("2026-05-30", null), START, END)).isEqualTo(2);
        assertThat(HEALTHY.days(person(null, "2026-05-05"), START, END)).isEqualTo(2);
        assertThat(HEALTHY.days(person("2026-05-10", "2026-05-10"), START, END)).isEqualTo(1);
        assertThat(HEALTHY.days(person("2026-05-04", "2026-05-31"), START, END)).isEqualTo(28);
    }

    @Test
    void nobodyIsObservedBeforeTheyCameOrAfterTheyLeft() {
        assertThat(HEALTHY.days(person("2026-06-01", null), START, END)).isZero();
        assertThat(HEALTHY.days(person(null, "2026-05-03"), START, END)).isZero();
    }

    @Test
    void nothingIsObservedBeforeTheHistoryBegins() {
        Observation young = Observation.of(List.of(), LocalDate.parse("2026-05-20"));

        assertThat(young.days(person(null, null), START, END)).isEqualTo(12);
        assertThat(young.days(person("2026-05-25", null), START, END)).isEqualTo(7);
    }

    @Test
    void aLeapDayIsADay() {
        assertThat(HEALTHY.days(person(null, null), LocalDate.parse("2024-02-28"), LocalDate.parse("2024-03-01")))
                .isEqualTo(3);
    }

    @Test
    void aDayOnWhichAllOfThePersonsSourcesWereDarkIsNotObserved() {
        Observation dark = Observation.of(
                Rows.dataset(
                                health("2026-05-10", "claude_code", "missing"),
                                health("2026-05-11", "claude_code", "low"),
                                health("2026-05-12", "claude_code", "high"),
                                health("2026-05-13", "claude_code", "shift"),
                                health("2026-05-14", "claude_code", "ok"),
                                health("2026-05-10", "cursor", "missing"),
                                health("2026-06-01", "claude_code", "missing"))
                        .collectAsList(),
                LONG_AGO);

        assertThat(dark.days(person(null, null, usage("claude_code")), START, END))
                .isEqualTo(26);
        assertThat(dark.days(person(null, null, usage("cursor")), START, END)).isEqualTo(27);
        assertThat(dark.days(person(null, null, usage("claude_code"), usage("cursor")), START, END))
                .isEqualTo(27);
        assertThat(dark.days(person(null, null, usage("copilot")), START, END)).isEqualTo(28);
        assertThat(dark.days(person(null, null), START, END)).isEqualTo(28);
    }

    @Test
    void theSourcesOfOtherWindowsDoNotCount() {
        Observation dark = Observation.of(
                Rows.dataset(health("2026-05-10", "claude_code", "missing")).collectAsList(), LONG_AGO);
        TestRow earlier = usage("cursor").on("2026-05-03");

        assertThat(dark.days(person(null, null, earlier, usage("claude_code")), START, END))
                .isEqualTo(27);
    }

    @Test
    void amountsAreSpreadOverEveryDayThatTheyCameFrom() {
        TestRow[] daily = Days.daily("2026-05-04", 28, usage("claude_code"));
        Observation dark = Observation.of(
                Rows.dataset(health("2026-05-10", "claude_code", "low")).collectAsList(), LONG_AGO);

        assertThat(HEALTHY.daysPresent(person("2026-05-17", null, daily), START, END))
                .as("employed again, by the dates, from the middle of the window on")
                .isEqualTo(28);
        assertThat(HEALTHY.daysPresent(person("2026-06-01", null, daily), START, END))
                .isEqualTo(28);
        assertThat(HEALTHY.daysPresent(person(null, "2026-05-05", usage("claude_code")), START, END))
                .isEqualTo(2);
        assertThat(dark.daysPresent(person(null, null, daily), START, END)).isEqualTo(28);
        assertThat(dark.daysPresent(person(null, null, usage("claude_code")), START, END))
                .isEqualTo(27);
        assertThat(dark.days(person("2026-05-17", null, daily), START, END))
                .as("a verdict wants days of employment nevertheless")
                .isEqualTo(15);
    }

    @Test
    void aWeekInWhichAllOfThePersonsSourcesWereDarkIsNone() {
        TestRow[] week = Stream.of(
                        "2026-05-11",
                        "2026-05-12",
                        "2026-05-13",
                        "2026-05-14",
                        "2026-05-15",
                        "2026-05-16",
                        "2026-05-17")
                .map(date -> health(date, "claude_code", "missing"))
                .toArray(TestRow[]::new);
        Observation dark = Observation.of(Rows.dataset(week).collectAsList(), LONG_AGO);
        LocalDate monday = LocalDate.parse("2026-05-11");

        assertThat(dark.daysPresent(person(null, null, usage("claude_code")), monday, monday.plusDays(6)))
                .isZero();
        assertThat(dark.daysPresent(person(null, null, usage("cursor")), monday, monday.plusDays(6)))
                .isEqualTo(7);
    }

    private static TestRow usage(String source) {
        return Days.day("2026-05-04").from(source);
    }

    private static TestRow health(String date, String source, String verdict) {
        return Rows.of(SourceHealth.CONTRACT).on(date).from(source).with(SourceHealth.VERDICT, verdict);
    }

    private static Person person(String startOrNull, String endOrNull, TestRow... days) {
        return new Person(
                "p1",
                "engineer",
                "t1",
                "o1",
                ZoneOffset.UTC,
                startOrNull == null ? null : LocalDate.parse(startOrNull),
                endOrNull == null ? null : LocalDate.parse(endOrNull),
                1,
                List.of(),
                List.copyOf(laid(days)));
    }
}
