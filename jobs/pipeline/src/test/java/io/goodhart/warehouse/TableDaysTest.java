package io.goodhart.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.PersonWeeks;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestWarehouse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableDaysTest {
    private static final LocalDate ALIKE = LocalDate.parse("2024-02-26");
    private static final LocalDate DIFFERING = ALIKE.plusWeeks(1);
    private static final LocalDate NEVER = ALIKE.plusWeeks(2);

    @TempDir
    private static Path folder;

    private static TableDays days;

    @BeforeAll
    static void fill() {
        Warehouse warehouse = TestWarehouse.in(folder);
        warehouse
                .fewRows()
                .replaceDays(
                        PersonWeeks.CONTRACT,
                        List.of(
                                week(ALIKE, "p1", Long.MIN_VALUE),
                                week(ALIKE, "p2", Long.MIN_VALUE),
                                week(DIFFERING, "p1", 1),
                                week(DIFFERING, "p2", 2)),
                        Set.of(ALIKE, DIFFERING));
        days = warehouse.days(PersonWeeks.CONTRACT);
    }

    @Test
    void aValueIsToldOnlyOfDaysWhoseRowsAllHoldIt() {
        assertThat(days.values(PersonWeeks.MADE_FROM, ALIKE, NEVER)).isEqualTo(Map.of(ALIKE, Long.MIN_VALUE));
    }

    @Test
    void filesAreToldOfDaysThatHaveRowsAndLieBetween() {
        assertThat(days.files(ALIKE, NEVER)).containsOnlyKeys(ALIKE, DIFFERING);
        assertThat(days.files(DIFFERING, NEVER)).containsOnlyKeys(DIFFERING);
        assertThat(days.files(NEVER, NEVER)).isEmpty();
    }

    @Test
    void theFirstDayIsTheFirstOfThoseBetween() {
        assertThat(days.first(LocalDate.EPOCH, NEVER)).contains(ALIKE);
        assertThat(days.first(ALIKE.plusDays(1), NEVER)).contains(DIFFERING);
        assertThat(days.first(NEVER, NEVER)).isEmpty();
    }

    private static Row week(LocalDate monday, String person, long madeFrom) {
        return Rows.dataset(Rows.of(PersonWeeks.CONTRACT)
                        .by(person)
                        .with(PersonWeeks.WEEK, monday)
                        .with(PersonWeeks.MADE_FROM, madeFrom))
                .first();
    }
}
