package io.goodhart.features;

import static io.goodhart.features.Days.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.tables.PersonDays;
import io.goodhart.testing.TestRow;
import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Monday 2026-05-04 to Sunday 2026-05-31 is the window, the eight weeks before it are the person's own earlier weeks. */
class AbsenceTest {
    private static final LocalDate END = LocalDate.parse("2026-05-31");

    @Test
    void amountsADayAreSpreadOverTheDaysOnWhichThePersonWasThere() {
        TestRow[] lastTwoWeeks = Days.daily("2026-05-18", 14, used(1_000));

        assertThat(feature("tokens_a_day", lastTwoWeeks)).isEqualTo(500);
        assertThat(feature("tokens_a_day", away("2026-05-04", "2026-05-17"), lastTwoWeeks))
                .isEqualTo(1_000);
    }

    @Test
    void aFewDaysAfterLeaveAreNoGreatRate() {
        TestRow[] lastThreeDays = Days.daily("2026-05-29", 3, used(1_000));

        assertThat(feature("tokens_a_day", away("2026-05-01", "2026-05-28"), lastThreeDays))
                .isEqualTo(3_000 / 14.0, within(1e-9));
    }

    @Test
    void aDayOfLeaveWithUsageIsADayOfPresence() {
        TestRow[] everyDay = Days.daily("2026-05-04", 28, used(1_000));

        assertThat(feature("tokens_a_day", away("2026-05-04", "2026-05-31"), everyDay))
                .isEqualTo(1_000);
    }

    @Test
    void leaveChangesNothingAboutWhoIsJudged() {
        OwnWindow window = window(1, away("2026-05-04", "2026-05-28"), Days.daily("2026-05-29", 3, used(1_000)));

        assertThat(window.observedDays()).isEqualTo(28);
    }

    @Test
    void whoComesBackFromALongLeaveHasNoOwnEarlierWeeks() {
        TestRow[] days = Stream.concat(
                        Arrays.stream(Days.daily("2026-03-09", 7, used(10))),
                        Arrays.stream(Days.daily("2026-05-04", 28, used(1_000))))
                .toArray(TestRow[]::new);

        assertThat(window(1, List.of(), days).earlierOrNull()).isNotNull();
        assertThat(window(1, away("2026-03-16", "2026-05-03"), days).earlierOrNull())
                .as("no change is told")
                .isNull();
    }

    @Test
    void aWeekWithLeaveIsNotBare() {
        TestRow[] mondays = {
            used(10).on("2026-05-04"), used(10).on("2026-05-11"), used(10).on("2026-05-18"), used(10).on("2026-05-25")
        };

        assertThat(feature("bare_week_share", mondays)).isEqualTo(1);
        assertThat(feature("bare_week_share", away("2026-05-05", "2026-05-22"), mondays))
                .isZero();
    }

    @Test
    void nightsAndWeekendsOnCallAreNoEvidence() {
        TestRow[] nights = Days.daily(
                "2026-05-04",
                28,
                used(1_000)
                        .with(PersonDays.REQUESTS, 100L)
                        .with(PersonDays.WEEKEND_REQUESTS, 100L)
                        .with(PersonDays.NIGHT_REQUESTS, 75L)
                        .with(PersonDays.ACTIVE_HOURS, Days.hours(2, 3, 10, 23)));
        List<Row> onCall = List.of(stretch("2026-05-04", "2026-05-31", "on_call"));

        for (String name : List.of("night_share", "weekend_share")) {
            assertThat(feature(name, nights)).isPositive();
            assertThat(feature(name, onCall, nights)).as(name).isZero();
        }
        assertThat(feature("active_hours_a_day", nights)).isEqualTo(4);
        assertThat(feature("active_hours_a_day", onCall, nights)).isEqualTo(1);
    }

    @Test
    void dutyEndsOnTheMorningAfterItsLastDay() {
        TestRow night = used(1_000).with(PersonDays.NIGHT_REQUESTS, 10L);
        List<Row> onCall = List.of(stretch("2026-05-04", "2026-05-10", "on_call"));

        assertThat(feature("night_share", onCall, night.on("2026-05-11"))).isZero();
        assertThat(feature("night_share", onCall, night.on("2026-05-12"))).isPositive();
        assertThat(feature("night_share", onCall, night.on("2026-05-03"), night.on("2026-05-12")))
                .as("duty is no leave")
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-05-11, 2026-05-18",
        "Australia/Sydney, 2026-05-10, 2026-05-17",
        "Asia/Kolkata, 2026-05-10, 2026-05-18",
        "America/Los_Angeles, 2026-05-11, 2026-05-18",
    })
    void dutyRunsFromItsFirstMidnightToItsLastMorningOnThePersonsOwnClock(
            String timezone, LocalDate first, LocalDate last) {
        TestRow night = used(1_000).with(PersonDays.NIGHT_REQUESTS, 10L);
        List<Row> onCall = List.of(stretch("2026-05-11", "2026-05-17", "on_call"));

        assertThat(LocalDate.parse("2026-05-04")
                        .datesUntil(END)
                        .filter(date ->
                                valueOf("night_share", window(timezone, 1, onCall, night.on(date.toString()))) == 0))
                .as("UTC dates whose nights are duty")
                .containsExactlyElementsOf(first.datesUntil(last.plusDays(1)).toList());
    }

    @Test
    void leaveIsNoDuty() {
        TestRow night = used(1_000).with(PersonDays.NIGHT_REQUESTS, 10L);

        assertThat(feature("night_share", away("2026-05-04", "2026-05-31"), night))
                .isPositive();
    }

    @Test
    void aContractOfTwoDaysAWeekMakesNoOneDayPerson() {
        TestRow[] mondaysAndTuesdays = IntStream.range(0, 4)
                .boxed()
                .flatMap(week -> Stream.of(
                        used(10).on("2026-05-" + two(4 + 7 * week)), used(10).on("2026-05-" + two(5 + 7 * week))))
                .toArray(TestRow[]::new);

        assertThat(feature("weekday_share", mondaysAndTuesdays)).isEqualTo(0.4, within(1e-9));
        assertThat(valueOf("weekday_share", window(0.4, List.of(), mondaysAndTuesdays)))
                .isEqualTo(0.4 - 0.3, within(1e-9));
    }

    @Test
    void whoWorksOneDayAWeekSitsThroughNone() {
        TestRow[] mondays = {
            used(10).on("2026-05-04"), used(10).on("2026-05-11"), used(10).on("2026-05-18"), used(10).on("2026-05-25")
        };

        assertThat(valueOf("bare_week_share", window(0.2, List.of(), mondays))).isZero();
        assertThat(valueOf("bare_week_share", window(0.4, List.of(), mondays)))
                .as("of two days one was left out")
                .isEqualTo(1);
    }

    @Test
    void aShareThatNoContractIsCountsAsAFullWeek() {
        for (double fte : new double[] {0, -0.5, 1.2, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(new Person("p", "r", "t", "o", ZoneOffset.UTC, null, null, fte, List.of(), List.of())
                            .workingDays())
                    .as("fte %s", fte)
                    .isEqualTo(5);
        }
    }

    private static String two(int day) {
        return day < 10 ? "0" + day : String.valueOf(day);
    }

    private static List<Row> away(String from, String to) {
        return List.of(stretch(from, to, "leave"));
    }

    private static Row stretch(String from, String to, String kind) {
        return RowFactory.create(Date.valueOf(from), Date.valueOf(to), kind);
    }

    private static TestRow used(long tokens) {
        return day("2026-05-04").with(PersonDays.REQUESTS, 1L).with(PersonDays.TOTAL_TOKENS, tokens);
    }

    private static double feature(String name, TestRow... days) {
        return valueOf(name, window(1, List.of(), days));
    }

    private static double feature(String name, List<Row> absences, TestRow... days) {
        return valueOf(name, window(1, absences, days));
    }

    private static double valueOf(String name, OwnWindow window) {
        return window.values()[FeatureSet.names().indexOf(name)];
    }

    private static OwnWindow window(double fte, List<Row> absences, TestRow... days) {
        return window("UTC", fte, absences, days);
    }

    /** The last window of the person's rows, as the fold makes it. */
    private static OwnWindow window(String timezone, double fte, List<Row> absences, TestRow... days) {
        return new PersonWindowsFold(
                        List.of(END),
                        new WindowCutter(
                                new FeatureSettings(28, 56, 14, Map.of()),
                                new Calendar(List.of()),
                                Observation.of(List.of(), LocalDate.parse("2020-01-01")),
                                true),
                        Set.of())
                .call(Days.arriving(timezone, fte, absences, days))
                .next();
    }
}
