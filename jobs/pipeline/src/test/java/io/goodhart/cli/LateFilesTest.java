package io.goodhart.cli;

import static io.goodhart.testing.Rows.outcome;
import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import io.goodhart.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a night does about files that come late, are written again, or are gone. */
class LateFilesTest {
    private static final String DATE = "2026-05-04";
    private static final String DAY_BEFORE = "2026-05-03";

    /** Older than the window and what it is compared with, as the day after it is. */
    private static final String LONG_AGO = "2026-01-02";

    private static final String DAY_AFTER = "2026-01-03";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void session() {
        TestSession.spark();
    }

    @Test
    void onlyDaysWhoseFilesOrPricesChangedAreLandedAgainAndTheRunSaysWhichAndWhy() throws IOException {
        TestInput input = TestInput.in(folder.resolve("input"))
                .add(used("p1", LONG_AGO), used("p1", DAY_AFTER))
                .add(used("p1", "2026-05-02"), used("p1", DAY_BEFORE), used("p1", DATE))
                .add(outcome().by("p1").on(LONG_AGO), outcome().by("p1").on(DAY_BEFORE))
                .add(person("p1"), inputPrice("1"));

        assertThat(nightly(input)).as(err.toString()).isZero();
        assertThat(printed())
                .contains("days new or changed: 5", "  new: 2026-01-02 to 2026-01-03, 2026-05-02 to 2026-05-04");
        Map<String, String> first = runOfDay();

        input.add(used("p2", "2026-05-02"));
        delete(input.folder(ModelPrices.CONTRACT));
        input.add(inputPrice("1"));
        assertThat(nightly(input)).as(err.toString()).isZero();
        assertThat(printed())
                .contains("days new or changed: 1", "  files of usage_events changed: 2026-05-02")
                .doesNotContain("new:");
        Map<String, String> second = runOfDay();
        assertThat(second.get("2026-05-02")).isNotEqualTo(first.get("2026-05-02"));
        first.remove("2026-05-02");
        assertThat(second).containsAllEntriesOf(first);
        assertThat(peopleOn("2026-05-02")).containsExactly("p1", "p2");

        delete(input.folder(ProductivityEvents.CONTRACT, LONG_AGO));
        delete(input.folder(UsageEvents.CONTRACT, DAY_AFTER));
        delete(input.folder(ModelPrices.CONTRACT));
        input.add(inputPrice("2"));
        assertThat(nightly(input, DAY_BEFORE)).as(err.toString()).isZero();
        assertThat(printed())
                .contains("days new or changed: 2", "  list prices changed: 2026-05-02 to 2026-05-03")
                .doesNotContain("files of");
        assertThat(nightly(input)).as(err.toString()).isZero();
        assertThat(printed()).contains("days new or changed: 1", "  list prices changed: 2026-05-04");
        assertThat(costsOn(DATE)).containsExactly("0.000200");
        assertThat(landed(LONG_AGO, PersonDays.COMMITS))
                .as("what was landed of a day that has lost a table, at the price of then")
                .contains("1");
        assertThat(costsOn(LONG_AGO)).containsExactly("0.000100");
        assertThat(peopleOn(DAY_AFTER))
                .as("what was landed of a day that is gone")
                .containsExactly("p1");

        delete(input.folder(UsageEvents.CONTRACT, "2026-05-02"));
        assertThat(nightly(input)).isEqualTo(4);
        assertThat(err.toString())
                .contains("usage_events of 2026-05-02 has vanished", DATE, "Restore the partition")
                .doesNotContain("\tat ");
        assertThat(peopleOn("2026-05-02")).as("the landing, untouched").containsExactly("p1", "p2");
    }

    private static TestRow used(String person, String day) {
        return usageEvent().by(person).on(day);
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : TestInput.files(folder)) {
            Files.delete(file);
        }
    }

    /** Usage of the tests names one model. */
    private static TestRow inputPrice(String usdPerMillion) {
        return Rows.of(ModelPrices.CONTRACT)
                .with(ModelPrices.MODEL, usageEvent().value(UsageEvents.MODEL))
                .with(ModelPrices.VALID_FROM, LONG_AGO)
                .with(ModelPrices.USD_PER_MILLION_INPUT, new BigDecimal(usdPerMillion).setScale(6));
    }

    private int nightly(TestInput input) {
        return nightly(input, DATE);
    }

    private int nightly(TestInput input, String date) {
        out.getBuffer().setLength(0);
        return Goodhart.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("nightly", "--date", date, "--input", input.root(), "--warehouse", warehouse());
    }

    private String printed() {
        return out.toString();
    }

    /** Returns which run landed a day's usage. */
    private Map<String, String> runOfDay() {
        return reading(warehouse -> warehouse.read(DayCounts.CONTRACT).collectAsList().stream()
                .filter(row -> row.getAs(DayCounts.TABLE.name()).equals(UsageEvents.CONTRACT.name()))
                .collect(Collectors.toMap(
                        row -> row.getAs(DayCounts.EVENT_DATE.name()).toString(),
                        row -> row.getAs(DayCounts.RUN_ID.name()),
                        (one, other) -> one,
                        TreeMap::new)));
    }

    private List<String> peopleOn(String day) {
        return landed(day, PersonDays.PERSON_ID);
    }

    private List<String> costsOn(String day) {
        return landed(day, PersonDays.COST_USD);
    }

    /** Returns the different values of a day's rows in a column, sorted. */
    private List<String> landed(String day, ColumnSpec column) {
        return reading(warehouse -> warehouse.read(PersonDays.CONTRACT, LocalDate.parse(day)).collectAsList().stream()
                .flatMap(row -> Optional.ofNullable(row.<Object>getAs(column.name())).stream())
                .map(Object::toString)
                .distinct()
                .sorted()
                .toList());
    }

    private <T> T reading(java.util.function.Function<Warehouse, T> work) {
        try (SparkSessions.Opened session = SparkSessions.open(Settings.defaults(), warehouse(), Optional.empty())) {
            return work.apply(Warehouse.existing(session.spark(), IcebergCatalog.NAME, Optional.empty()));
        }
    }

    private String warehouse() {
        return folder.resolve("warehouse").toString();
    }
}
