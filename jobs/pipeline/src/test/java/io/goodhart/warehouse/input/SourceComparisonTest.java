package io.goodhart.warehouse.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SourceHealth;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SourceComparisonTest {
    /** Day 0, a Monday; a test's days are counted from it. */
    private static final LocalDate START = LocalDate.parse("2026-03-02");

    private static final Dataset<Row> NOBODY = Rows.none(PersonDays.CONTRACT);

    @Test
    void aDayIsHeldAgainstTheMedianOfItsWeekdayInTheFourWeeksBefore() {
        // Mondays 100, 90, 300, 110: the median is 105. Day 28 is the fifth Monday.
        Map<Long, Long> mondays = Map.of(0L, 100L, 7L, 90L, 14L, 300L, 21L, 110L);

        assertThat(verdictOn28(mondays, 53)).isEqualTo("ok");
        assertThat(verdictOn28(mondays, 52)).isEqualTo("low");
        assertThat(verdictOn28(mondays, 210)).isEqualTo("ok");
        assertThat(verdictOn28(mondays, 211)).isEqualTo("high");
        assertThat(verdictOn28(mondays, 0)).isEqualTo("missing");
    }

    @Test
    void aDayWithoutRowsIsARowOfItsOwnFromTheSourcesFirstDayOn() {
        List<Row> health = health(counts(Map.of(3L, 10L, 10L, 10L)), NOBODY, 0, 17);

        assertThat(told(health))
                .hasSize(15)
                .containsEntry(3L, "10 null ok")
                .containsEntry(4L, "0 null ok")
                .containsEntry(10L, "10 10.0 ok")
                .containsEntry(11L, "0 0.0 ok")
                .containsEntry(17L, "0 10.0 missing");
    }

    @Test
    void sharesAreOfWhatCameAndCanBeTurnedBackIntoCounts() {
        List<SourceCount> counts = List.of(
                new SourceCount(START, "cursor", 80, 20, 8), new SourceCount(START.plusDays(1), "cursor", 7, 1, 3));

        List<Row> health = health(counts, NOBODY, 0, 1);
        Row first = health.get(0);

        assertThat(first.<Double>getAs(SourceHealth.DUPLICATE_SHARE.name())).isEqualTo(0.2);
        assertThat(first.<Double>getAs(SourceHealth.UNMAPPED_SHARE.name())).isEqualTo(0.1);
        assertThat(health).extracting(SourceCount::of).isEqualTo(counts);
    }

    @Test
    void aSourceThatDeliversToTwoTablesIsOneSource() {
        SourceCount events = new SourceCount(START, "cursor", 80, 20, 8);

        assertThat(health(List.of(events, new SourceCount(START, "cursor", 5, 1, 2)), NOBODY, 0, 0))
                .extracting(SourceCount::of)
                .containsExactly(new SourceCount(START, "cursor", 85, 21, 10));
    }

    @Test
    void nothingIsSaidOfASourceThatNeverDelivered() {
        assertThat(health(List.of(), NOBODY, 0, 30)).isEmpty();
    }

    @Test
    void theDayFromWhichMostPeopleUseMoreIsAShift() {
        // From day 30 on, six of ten people use twice as much.
        Dataset<Row> personDays = people(10, person -> person < 6 ? 2 : 1, 30);

        assertThat(told(health(counts(everyDay(45)), personDays, 21, 44)).entrySet().stream()
                        .filter(day -> day.getValue().endsWith("shift"))
                        .map(Map.Entry::getKey))
                .containsExactly(30L);
    }

    @Test
    void halfOfThePeopleAreNoShiftNorIsAFewPeoplesChange() {
        assertThat(told(health(counts(everyDay(45)), people(10, person -> person < 5 ? 2 : 1, 30), 21, 44)))
                .doesNotContainValue("100 100.0 shift");
        assertThat(told(health(counts(everyDay(45)), people(4, person -> 2, 30), 21, 44)))
                .doesNotContainValue("100 100.0 shift");
    }

    @Test
    void theSamePeopleGiveTheSameHealthHoweverTheyArePartitioned() {
        List<SourceCount> counts = counts(everyDay(45));
        Dataset<Row> personDays = people(10, person -> person < 6 ? 2 : 1, 30);

        assertThat(health(counts, personDays.repartition(5), 21, 44)).isEqualTo(health(counts, personDays, 21, 44));
    }

    private static String verdictOn28(Map<Long, Long> past, long seen) {
        Map<Long, Long> days = new TreeMap<>(past);
        if (seen > 0) {
            days.put(28L, seen);
        }
        return told(health(counts(days), NOBODY, 28, 28)).get(28L).split(" ")[2];
    }

    private static List<Row> health(List<SourceCount> counts, Dataset<Row> personDays, long first, long last) {
        LocalDate from = START.plusDays(first);
        LocalDate to = START.plusDays(last);
        return SourceComparison.health(counts, SourceShifts.among(personDays, START, from, to), from, to, "run-1");
    }

    /** By day: seen, expected and verdict. */
    private static Map<Long, String> told(List<Row> health) {
        return health.stream()
                .collect(Collectors.toMap(
                        row -> row.getDate(0).toLocalDate().toEpochDay() - START.toEpochDay(),
                        row -> row.getLong(2) + " " + row.get(3) + " " + row.getString(6)));
    }

    private static Map<Long, Long> everyDay(int days) {
        return LongStream.range(0, days).boxed().collect(Collectors.toMap(day -> day, day -> 100L));
    }

    private static List<SourceCount> counts(Map<Long, Long> seen) {
        return seen.entrySet().stream()
                .map(day -> new SourceCount(START.plusDays(day.getKey()), "cursor", day.getValue(), 0, 0))
                .toList();
    }

    /** People who use 1,000 tokens on weekdays, and {@code factor} times as much from day {@code change} on. */
    private static Dataset<Row> people(int people, LongUnaryOperator factor, int change) {
        List<TestRow> rows = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            for (int day = 0; day < 45; day++) {
                if (day % 7 < 5) {
                    rows.add(Rows.of(PersonDays.CONTRACT)
                            .with(PersonDays.PERSON_ID, "p" + person)
                            .with(PersonDays.SOURCE, "cursor")
                            .with(PersonDays.EVENT_DATE, START.plusDays(day))
                            .with(
                                    PersonDays.TOTAL_TOKENS,
                                    (1_000L + day % 3) * (day < change ? 1 : factor.applyAsLong(person))));
                }
            }
        }
        return Rows.dataset(rows);
    }
}
