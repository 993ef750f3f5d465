package io.goodhart.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.PackedWeeks;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWeeks;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three people use two sources every day from a Wednesday to a Friday three weeks later, over a leap day. */
class WeekStepTest {
    private static final LocalDate FIRST = LocalDate.parse("2024-02-14");
    private static final LocalDate LAST = LocalDate.parse("2024-03-08");
    private static final LocalDate MONDAY = LocalDate.parse("2024-02-19");
    private static final LocalDate LEAP_WEEK = LocalDate.parse("2024-02-26");

    private static final LocalDate AFTERWARDS = LAST.plusDays(7);

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.in(folder);
    }

    @BeforeEach
    void landAnew() {
        Set<LocalDate> all = FIRST.datesUntil(AFTERWARDS).collect(Collectors.toSet());
        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, List.of(), all);
        warehouse.fewRows().replaceDays(PersonWeeks.CONTRACT, List.of(), all);
        land(FIRST, LAST, 1);
    }

    @Test
    void onlyWeeksThatLieInTheHistoryAsAWholeAreKept() {
        assertThat(step(FIRST, LAST).bring()).isEqualTo(2);

        assertThat(kept()).containsOnlyKeys(MONDAY, LEAP_WEEK);
    }

    @Test
    void keptAndLooseWeeksTogetherSayWhatAllDaysPackedAtOnceSay() {
        step(FIRST, LAST).bring();

        for (LocalDate last : List.of(LAST, LAST.minusDays(5), MONDAY)) {
            assertThat(listed(step(FIRST, last).weeks())).isEqualTo(packedAtOnce(last));
        }
    }

    @Test
    void doingItTwiceChangesNothing() {
        step(FIRST, LAST).bring();
        Set<String> files = files();

        assertThat(step(FIRST, LAST).bring()).isZero();
        assertThat(step(FIRST, LAST.plusDays(1)).bring()).isZero();

        assertThat(files()).isEqualTo(files);
    }

    @Test
    void aWeekIsPackedAgainWhenOneOfItsDaysWasLandedAgain() {
        step(FIRST, LAST).bring();
        Map<LocalDate, Long> before = kept();

        LocalDate leapDay = LocalDate.parse("2024-02-29");
        land(leapDay, leapDay, 2);

        assertThat(step(FIRST, LAST).bring()).isEqualTo(1);
        assertThat(kept()).containsEntry(MONDAY, before.get(MONDAY));
        assertThat(kept().get(LEAP_WEEK)).isNotEqualTo(before.get(LEAP_WEEK));
        assertThat(listed(step(FIRST, LAST).weeks())).isEqualTo(packedAtOnce(LAST));
    }

    @Test
    void aWeekIsPackedOnceItIsOver() {
        step(FIRST, LAST).bring();
        land(LAST.plusDays(1), LAST.plusDays(1), 1);

        LocalDate sunday = LAST.plusDays(2);
        assertThat(step(FIRST, sunday).bring()).isEqualTo(1);
        assertThat(kept()).containsOnlyKeys(MONDAY, LEAP_WEEK, LEAP_WEEK.plusWeeks(1));
    }

    @Test
    void aWeekWhoseDaysWereClearedIsClearedToo() {
        step(FIRST, LAST).bring();
        warehouse
                .fewRows()
                .replaceDays(
                        PersonDays.CONTRACT,
                        List.of(),
                        MONDAY.datesUntil(LEAP_WEEK).collect(Collectors.toSet()));

        assertThat(step(FIRST, LAST).bring()).isEqualTo(1);
        assertThat(kept()).containsOnlyKeys(LEAP_WEEK);
    }

    @Test
    void ofAHistoryShorterThanAWeekNothingIsKept() {
        WeekStep step = step(MONDAY, MONDAY.plusDays(5));

        assertThat(step.bring()).isZero();
        assertThat(step.weeks().count()).isEqualTo(3);
    }

    private static List<String> packedAtOnce(LocalDate last) {
        return listed(PackedWeeks.of(warehouse
                .read(PersonDays.CONTRACT)
                .where(PersonDays.EVENT_DATE.col().between(FIRST, last))));
    }

    private static List<String> listed(Dataset<Row> weeks) {
        return weeks.collectAsList().stream()
                .map(row -> row.getDate(0) + " " + row.getString(1) + " "
                        + HexFormat.of().formatHex(row.<byte[]>getAs(2)))
                .sorted()
                .toList();
    }

    private WeekStep step(LocalDate first, LocalDate last) {
        return new WeekStep(warehouse, first, last);
    }

    private Map<LocalDate, Long> kept() {
        return warehouse.days(PersonWeeks.CONTRACT).values(PersonWeeks.MADE_FROM, FIRST, AFTERWARDS);
    }

    private Set<String> files() {
        return warehouse.days(PersonWeeks.CONTRACT).files(FIRST, AFTERWARDS).values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private void land(LocalDate first, LocalDate last, long times) {
        List<LocalDate> days = first.datesUntil(last.plusDays(1)).toList();
        List<TestRow> rows = new ArrayList<>();
        for (LocalDate day : days) {
            for (String person : List.of("p1", "p2", "ж")) {
                for (String source : List.of("cursor", "курсор")) {
                    rows.add(Rows.of(PersonDays.CONTRACT)
                            .by(person)
                            .from(source)
                            .on(day.toString())
                            .with(PersonDays.REQUESTS, times * day.getDayOfMonth())
                            .with(PersonDays.TOTAL_TOKENS, times * 100)
                            .with(PersonDays.PROMPT_SAMPLE_HASHES, List.of(7L, (long) day.getDayOfYear())));
                }
            }
        }
        warehouse.fewRows().replaceDays(PersonDays.CONTRACT, Rows.dataset(rows).collectAsList(), Set.copyOf(days));
    }
}
