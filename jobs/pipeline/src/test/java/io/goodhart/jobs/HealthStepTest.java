package io.goodhart.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SourceHealth;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.SourceComparison;
import io.goodhart.warehouse.input.SourceCount;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten people use one source every weekday; from a day on most of them use twice as much. */
class HealthStepTest {
    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
    private static final int DAYS = 60;
    private static final int SHIFT = 44;

    @TempDir
    private Path folder;

    private Warehouse warehouse;
    private HealthStep step;

    @BeforeEach
    void open() {
        warehouse = TestWarehouse.in(folder);
        step = new HealthStep(warehouse);
    }

    @Test
    void nightAfterNightSaysWhatOneNightOverAllDaysSays() {
        for (int last = 24; last < DAYS; last += 7) {
            Set<LocalDate> landed = land(last == 24 ? 0 : last - 6, last);
            step.bring(MONDAY, day(last), landed, "run-" + last);
        }
        Map<LocalDate, List<Object>> nightly = said();

        warehouse.fewRows().replaceDays(SourceHealth.CONTRACT, firstSaid(0, 59), days(0, 59));
        step.bring(MONDAY, day(59), days(0, 59), "run-at-once");

        assertThat(nightly).isEqualTo(said());
        assertThat(nightly.get(day(SHIFT))).contains("shift");
    }

    @Test
    void whatARunThatDiedHadLandedIsComparedByTheNext() {
        land(0, 59);

        step.bring(MONDAY, day(59), Set.of(), "run-2");

        assertThat(said().get(day(SHIFT))).contains("shift");
        assertThat(said().get(day(56))).contains(1_000L, 1_000.0, "ok");
    }

    @Test
    void aDayThatSaysWhatItSaidIsNotWrittenAnew() {
        step.bring(MONDAY, day(30), land(0, 30), "run-1");

        step.bring(MONDAY, day(31), land(31, 31), "run-2");

        Map<LocalDate, String> writers = warehouse.fewRows().from(SourceHealth.CONTRACT, MONDAY).stream()
                .collect(Collectors.toMap(HealthStepTest::day, row -> row.getAs(SourceHealth.RUN_ID.name())));
        assertThat(writers)
                .containsEntry(day(31), "run-2")
                .containsEntry(day(30), "run-1")
                .containsEntry(day(0), "landing");
    }

    @Test
    void whoComesAfterLaterDaysSaysWhatWasKnownThenAndWritesNothing() {
        step.bring(MONDAY, day(59), land(0, 59), "run-1");
        Map<LocalDate, List<Object>> there = said();

        List<Row> then = step.bring(MONDAY, day(SHIFT - 1), Set.of(), "run-2");

        assertThat(then)
                .hasSize(SHIFT)
                .noneMatch(row -> row.getAs(SourceHealth.VERDICT.name()).equals("shift"));
        assertThat(said()).isEqualTo(there);
    }

    @Test
    void daysThatComeAgainForAnEarlierRunAreComparedWithAllThatIsKnown() {
        step.bring(MONDAY, day(59), land(0, 59), "run-1");
        Map<LocalDate, List<Object>> there = said();

        List<Row> then = step.bring(MONDAY, day(SHIFT), land(SHIFT - 1, SHIFT), "run-2");

        assertThat(then).noneMatch(row -> row.getAs(SourceHealth.VERDICT.name()).equals("shift"));
        assertThat(said()).isEqualTo(there);
        assertThat(said().get(day(SHIFT))).contains("shift");
    }

    @Test
    void nothingIsSaidOfALandingWithoutSources() {
        assertThat(step.bring(MONDAY, day(3), Set.of(), "run-1")).isEmpty();
    }

    /** Lands days as {@link LandingStep} does: their health is first said without their past. */
    private Set<LocalDate> land(int from, int to) {
        List<TestRow> rows = new ArrayList<>();
        for (int day = from; day <= to; day++) {
            for (int person = 0; day % 7 < 5 && person < 10; person++) {
                rows.add(Rows.of(PersonDays.CONTRACT)
                        .with(PersonDays.PERSON_ID, "p" + person)
                        .with(PersonDays.SOURCE, "cursor")
                        .with(PersonDays.EVENT_DATE, day(day))
                        .with(PersonDays.TOTAL_TOKENS, (1_000L + day % 3) * (day >= SHIFT && person < 7 ? 2 : 1)));
            }
        }
        warehouse
                .fewRows()
                .replaceDays(
                        PersonDays.CONTRACT,
                        rows.isEmpty() ? List.of() : Rows.dataset(rows).collectAsList(),
                        days(from, to));
        warehouse.fewRows().replaceDays(SourceHealth.CONTRACT, firstSaid(from, to), days(from, to));
        return days(from, to);
    }

    private static List<Row> firstSaid(int from, int to) {
        List<SourceCount> counts = IntStream.rangeClosed(from, to)
                .filter(day -> day % 7 < 5)
                .mapToObj(day -> new SourceCount(day(day), "cursor", 1_000, 0, 0))
                .toList();
        return SourceComparison.uncompared(counts, "landing");
    }

    private Map<LocalDate, List<Object>> said() {
        return warehouse.fewRows().from(SourceHealth.CONTRACT, MONDAY).stream()
                .collect(Collectors.toMap(
                        HealthStepTest::day,
                        row -> IntStream.range(0, row.size() - 1)
                                .mapToObj(row::get)
                                .toList()));
    }

    private static LocalDate day(Row row) {
        return row.getDate(0).toLocalDate();
    }

    private static LocalDate day(int number) {
        return MONDAY.plusDays(number);
    }

    private static Set<LocalDate> days(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(HealthStepTest::day)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
