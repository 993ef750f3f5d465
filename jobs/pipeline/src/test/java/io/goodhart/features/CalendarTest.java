package io.goodhart.features;

import static io.goodhart.features.Days.day;
import static io.goodhart.features.Days.laid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.features.Feature.Family;
import io.goodhart.features.Policy.Period;
import io.goodhart.findings.Clearing;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.TestRow;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Monday 2026-05-04 to Sunday 2026-05-31 are four whole weeks. */
class CalendarTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-05-04");
    private static final LocalDate SUNDAY = LocalDate.parse("2026-05-31");

    @ParameterizedTest
    @CsvSource({
        "2026-05-04, 2026-05-04",
        "2026-05-10, 2026-05-04",
        "2026-05-11, 2026-05-11",
        "2024-02-29, 2024-02-26",
        "2024-03-03, 2024-02-26",
        "2027-01-01, 2026-12-28",
    })
    void aWeekBeginsOnMonday(LocalDate date, LocalDate monday) {
        assertThat(Calendar.monday(date)).isEqualTo(monday);
    }

    @ParameterizedTest
    @EnumSource
    void tokensOfTheDayOfTheReadingAndTheDayBeforeAreAboutIt(DayOfWeek reading) {
        WindowTotals totals = totals(
                List.of(board(reading.getValue())),
                MONDAY,
                SUNDAY,
                Days.daily("2026-05-04", 7, day("2026-05-04").with(PersonDays.TOTAL_TOKENS, 10L)));

        assertThat(totals.boardTokens).isEqualTo(70);
        assertThat(totals.snapshotTokens).isEqualTo(20);
    }

    @Test
    void aMondaysReadingIsPrecededByASunday() {
        assertThat(totals(List.of(board(1)), tokens("2026-05-10", 10), tokens("2026-05-11", 5)).snapshotTokens)
                .isEqualTo(15);
        assertThat(totals(List.of(board(1)), tokens("2026-05-09", 10), tokens("2026-05-12", 5)).snapshotTokens)
                .isZero();
    }

    @Test
    void twoBoardsOfOneDayCountItsTokensOnce() {
        WindowTotals totals = totals(List.of(board(5), board(6), board(1)), tokens("2026-05-08", 10));

        assertThat(totals.boardTokens).isEqualTo(10);
        assertThat(totals.snapshotTokens).isEqualTo(10);
    }

    @Test
    void tokensCountForABoardOnlyWhileAndWhereThereIsOne() {
        Policy fromThe11th =
                new Policy(LocalDate.parse("2026-05-11"), null, "company", "requests", Period.WEEK, null, 5);
        Policy ofOthers = new Policy(MONDAY, null, "team:t2", "requests", Period.WEEK, null, 5);

        assertThat(totals(List.of(fromThe11th, ofOthers), tokens("2026-05-08", 10), tokens("2026-05-15", 5))
                        .boardTokens)
                .isEqualTo(5);
        assertThat(totals(List.of(), tokens("2026-05-08", 10)).boardTokens).isZero();
    }

    @Test
    void aWeekIsWholeWhenTheWindowHoldsItsMondayAndItsSunday() {
        TestRow[] everyDay = Days.daily("2026-05-04", 28, usage("2026-05-04", 10, 100));

        assertThat(totals(List.of(), MONDAY, SUNDAY, everyDay).wholeWeeks).isEqualTo(4);
        assertThat(totals(List.of(), MONDAY.plusDays(1), SUNDAY, everyDay).wholeWeeks)
                .isEqualTo(3);
        assertThat(totals(List.of(), MONDAY, SUNDAY.minusDays(1), everyDay).wholeWeeks)
                .isEqualTo(3);
        assertThat(totals(List.of(), MONDAY, MONDAY.plusDays(5), everyDay).wholeWeeks)
                .isZero();
        assertThat(totals(List.of(), MONDAY, MONDAY.plusDays(6), everyDay).wholeWeeks)
                .isEqualTo(1);
    }

    @Test
    void daysOutsideTheWindowAreNotOfAnyWeek() {
        WindowTotals totals = totals(
                List.of(board(7)),
                MONDAY,
                MONDAY.plusDays(6),
                usage("2026-05-03", 10, 1_000),
                usage("2026-05-04", 1, 100),
                usage("2026-05-11", 10, 1_000));

        assertThat(totals.wholeWeeks).isEqualTo(1);
        assertThat(totals.wholeWeekTokens).isEqualTo(100);
        assertThat(totals.boardTokens).isEqualTo(100);
    }

    @Test
    void theWeekOfALeapDayIsAWeekLikeAnyOther() {
        WindowTotals totals = totals(
                List.of(),
                LocalDate.parse("2024-02-26"),
                LocalDate.parse("2024-03-03"),
                usage("2024-02-28", 1, 10),
                usage("2024-02-29", 1, 20),
                usage("2024-03-01", 1, 30));

        assertThat(totals.wholeWeeks).isEqualTo(1);
        assertThat(totals.wholeWeekTokens).isEqualTo(60);
        assertThat(totals.squaredWeekTokens).isEqualTo(3_600);
    }

    @Test
    void aWeekOfOneOrTwoRequestsOnOneDayIsBareAndOneOfNoneIsNoWeek() {
        WindowTotals totals = totals(
                List.of(),
                usage("2026-05-04", 1, 10),
                usage("2026-05-11", 1, 10),
                usage("2026-05-17", 1, 10),
                usage("2026-05-18", 2, 10),
                usage("2026-05-25", 0, 0));

        assertThat(totals.wholeWeeks).isEqualTo(3);
        assertThat(totals.bareWeeksOn).as("Monday first").containsExactly(2, 0, 0, 0, 0, 0, 0);
        assertThat(totals.mostBareWeeksOnAWeekday()).isEqualTo(2);
    }

    @Test
    void aWeekWithUsageOfAnUntoldNumberOfRequestsIsNotBare() {
        TestRow credits = day("2026-05-12").from("cursor").with(PersonDays.TOTAL_TOKENS, 10L);
        WindowTotals totals = totals(List.of(), usage("2026-05-04", 1, 10), usage("2026-05-11", 1, 10), credits);

        assertThat(totals.bareWeeksOn).as("Monday first").containsExactly(1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void bareWeeksOnOtherWeekdaysAreNotAddedUp() {
        WindowTotals totals =
                totals(List.of(), usage("2026-05-04", 1, 10), usage("2026-05-12", 1, 10), usage("2026-05-20", 3, 10));

        assertThat(totals.mostBareWeeksOnAWeekday()).isEqualTo(1);
    }

    @Test
    void daysAboutTheReadingOfABoardAreCountedBesideTheirTokens() {
        WindowTotals totals = totals(
                List.of(board(5)), usage("2026-05-05", 1, 10), usage("2026-05-07", 1, 10), usage("2026-05-08", 0, 0));

        assertThat(totals.boardDays).isEqualTo(2);
        assertThat(totals.snapshotDays).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"96, 0", "97, 1", "100, 1", "103, 1", "104, 0"})
    void aWeekIsAtABarWithinThreePerCentOfIt(long tokens, int atBar) {
        assertThat(totals(List.of(bar("total_tokens", 100)), usage("2026-05-04", 9, tokens)).barWeeks)
                .isEqualTo(atBar);
    }

    @Test
    void aBarMayBeOfRequestsTokensOrDollars() {
        TestRow day = usage("2026-05-04", 50, 1_000).with(PersonDays.COST_USD, new BigDecimal("7.000000"));

        assertThat(totals(List.of(bar("requests", 50)), day).barWeeks).isEqualTo(1);
        assertThat(totals(List.of(bar("total_tokens", 1_000)), day).barWeeks).isEqualTo(1);
        assertThat(totals(List.of(bar("cost_usd", 7)), day).barWeeks).isEqualTo(1);
        assertThat(totals(List.of(bar("requests", 7), bar("cost_usd", 50)), day).barWeeks)
                .isZero();
    }

    @Test
    void twoBarsMakeOneWeekAtABar() {
        assertThat(totals(List.of(bar("requests", 50), bar("total_tokens", 1_000)), usage("2026-05-04", 50, 1_000))
                        .barWeeks)
                .isEqualTo(1);
    }

    @Test
    void aBarIsOneForTheWeeksThatBeginWhileItIsInForce() {
        Policy midweek = new Policy(
                LocalDate.parse("2026-05-06"),
                LocalDate.parse("2026-05-11"),
                "person",
                "requests",
                Period.WEEK,
                50.0,
                null);

        assertThat(totals(
                                List.of(midweek),
                                usage("2026-05-08", 50, 1),
                                usage("2026-05-13", 50, 1),
                                usage("2026-05-20", 50, 1))
                        .barWeeks)
                .isEqualTo(1);
    }

    @Test
    void aMonthlyBoardIsReadAboutItsDay() {
        Policy monthly = new Policy(MONDAY.minusYears(1), null, "company", "total_tokens", Period.MONTH, null, 31);

        WindowTotals totals =
                totals(List.of(monthly), tokens("2026-05-29", 1), tokens("2026-05-30", 10), tokens("2026-05-31", 100));

        assertThat(totals.boardTokens).isEqualTo(111);
        assertThat(totals.snapshotTokens).isEqualTo(110);
    }

    @Test
    void monthsThatEndByTheWindowsEndAreHeldAgainstMonthlyBars() {
        Policy monthly = new Policy(MONDAY.minusYears(1), null, "person", "total_tokens", Period.MONTH, 100.0, null);
        TestRow[] days = {
            usage("2026-02-28", 1, 100),
            usage("2026-03-01", 1, 60),
            usage("2026-03-31", 1, 41),
            usage("2026-04-30", 1, 50),
            usage("2026-05-31", 1, 99)
        };

        WindowTotals whole = totals(List.of(monthly), days);
        assertThat(whole.wholeMonths).isEqualTo(3);
        assertThat(whole.barMonths).isEqualTo(2);

        WindowTotals beforeTheMonthEnds = totals(List.of(monthly), MONDAY, SUNDAY.minusDays(1), days);
        assertThat(beforeTheMonthEnds.wholeMonths)
                .as("April and March; February begins before what is known")
                .isEqualTo(2);
        assertThat(beforeTheMonthEnds.barMonths).isEqualTo(1);
    }

    @Test
    void oneHeavyDayAboutAReadingContrastsLessThanABurstEveryWeek() {
        TestRow[] everyDay = Days.daily("2026-05-04", 28, tokens("2026-05-04", 100));
        TestRow[] once = everyDay.clone();
        once[4] = tokens("2026-05-08", 10_000);
        TestRow[] weekly = everyDay.clone();
        for (int friday = 4; friday < 28; friday += 7) {
            weekly[friday - 1] = weekly[friday - 1].with(PersonDays.TOTAL_TOKENS, 1_000L);
            weekly[friday] = weekly[friday].with(PersonDays.TOTAL_TOKENS, 1_000L);
        }
        List<Policy> boards = List.of(board(5));

        assertThat(totals(boards, weekly).snapshotTokensADay.spreads()).isGreaterThan(10);
        assertThat(totals(boards, once).snapshotTokensADay.spreads()).isBetween(0.0, 2.0);
        assertThat(totals(boards, everyDay).snapshotTokensADay.spreads()).isCloseTo(0, within(1e-9));
        assertThat(totals(List.of(), weekly).snapshotTokensADay.spreads())
                .as("nothing is read")
                .isNaN();
    }

    @Test
    void theLastEightWholeWeeksAreHeldAgainstBarsWhereverTheWindowBegins() {
        TestRow[] mondays = Days.daily("2026-04-06", 56, usage("2026-04-06", 1, 100));
        List<Policy> bars = List.of(bar("total_tokens", 700));

        WindowTotals whole = totals(bars, mondays);
        assertThat(whole.recentWeeks).isEqualTo(8);
        assertThat(whole.recentBarWeeks).isEqualTo(8);
        assertThat(whole.barWeeks).isEqualTo(4);
        assertThat(whole.barCloseness).isEqualTo(4);
        assertThat(totals(bars, MONDAY, SUNDAY.minusDays(1), mondays).recentWeeks)
                .as("the last week is not over")
                .isEqualTo(7);
        assertThat(totals(List.of(), mondays).recentWeeks).isZero();
    }

    /** Thursdays and Fridays are heavy, the board is read on Fridays, and every week and month sits at a bar. */
    @Test
    void onlyWhatReadsAPolicyIsClearedInPolicyEvents() {
        TestRow[] days = Days.daily("2026-03-01", 92, usage("2026-03-01", 1, 60));
        for (int i = 0; i < days.length; i++) {
            DayOfWeek weekday = ((LocalDate) days[i].value(PersonDays.EVENT_DATE)).getDayOfWeek();
            if (weekday == DayOfWeek.THURSDAY || weekday == DayOfWeek.FRIDAY) {
                days[i] = days[i].with(PersonDays.REQUESTS, 4L).with(PersonDays.TOTAL_TOKENS, 200L);
            }
        }
        Policy monthly = new Policy(MONDAY.minusYears(1), null, "person", "total_tokens", Period.MONTH, 3_060.0, null);
        WindowTotals without = withDays(totals(List.of(), days), days);
        WindowTotals with = withDays(totals(List.of(board(5), bar("total_tokens", 700), monthly), days), days);
        List<Feature> ofCalendar = FeatureSet.DIRECTED.stream()
                .filter(feature -> feature.family() == Family.CALENDAR)
                .toList();

        assertThat(ofCalendar.stream()
                        .map(Feature::name)
                        .filter(name -> Clearing.of(List.of(name), "p1").get(0).contains("policy_events")))
                .containsExactlyElementsOf(ofCalendar.stream()
                        .filter(feature -> feature.value(with) != feature.value(without))
                        .map(Feature::name)
                        .toList())
                .isNotEmpty();
    }

    private static WindowTotals withDays(WindowTotals totals, TestRow... days) {
        laid(days).stream().filter(day -> !day.date().isBefore(MONDAY)).forEach(totals::add);
        return totals;
    }

    private static WindowTotals totals(List<Policy> policies, TestRow... days) {
        return totals(policies, MONDAY, SUNDAY, days);
    }

    private static WindowTotals totals(List<Policy> policies, LocalDate start, LocalDate end, TestRow... days) {
        WindowTotals totals = new WindowTotals();
        Person person = new Person("p1", "engineer", "t1", "o1", ZoneOffset.UTC, null, null, 1, List.of(), laid(days));
        new Calendar(policies).addTo(totals, person, LocalDate.parse("2026-03-01"), start, end);
        return totals;
    }

    private static Policy board(int isoWeekday) {
        return new Policy(MONDAY.minusYears(1), null, "company", "total_tokens", Period.WEEK, null, isoWeekday);
    }

    private static Policy bar(String metric, double threshold) {
        return new Policy(MONDAY.minusYears(1), null, "person", metric, Period.WEEK, threshold, null);
    }

    private static TestRow tokens(String date, long tokens) {
        return usage(date, 1, tokens);
    }

    private static TestRow usage(String date, long requests, long tokens) {
        return day(date).with(PersonDays.REQUESTS, requests).with(PersonDays.TOTAL_TOKENS, tokens);
    }
}
