package io.goodhart.jobs.check;

import static io.goodhart.testing.Rows.outcome;
import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure;
import io.goodhart.jobs.check.CheckReport.TableReport;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckJobTest {
    @TempDir
    Path folder;

    @Test
    void everyTableIsToldWithItsCounts() {
        TestInput input = TestInput.in(folder)
                .add(
                        person("p1"),
                        usageEvent().with(UsageEvents.SURFACE, "hologram"),
                        usageEvent().by(null).on("2026-05-01"),
                        usageEvent().on("2026-05-05"));

        CheckReport report = check(input, 4);

        assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(report.tables())
                .hasSize(Tables.ofEvents().size() + Tables.ofDimensions().size());
        assertThat(report.tables().get(0))
                .isEqualTo(new TableReport(
                        "usage_events",
                        2,
                        2,
                        Optional.of(LocalDate.parse("2026-05-01")),
                        Optional.of(Rows.DAY),
                        2,
                        2,
                        0,
                        0,
                        1,
                        1,
                        1,
                        List.of()));
    }

    @Test
    void daysBeforeTheHistoryAreNotLookedAt() {
        TestInput input = TestInput.in(folder)
                .add(person("p1"), usageEvent(), usageEvent().on("2026-05-01"));

        // Of four days of history the first of May is one: the test above.
        assertThat(check(input, 3).tables().get(0).days()).isEqualTo(1);
    }

    @Test
    void problemsOfOneTableDoNotHideAnothersAndTheFirstIsTheOneThatWouldStopARun() {
        TestInput input = TestInput.in(folder)
                .add(person("boss@example.com"), usageEvent().with(UsageEvents.INPUT_TOKENS, -1L))
                .add(outcome().with(ProductivityEvents.KIND, "coffee"));

        CheckReport report = check(input, 28);

        assertThat(report.failures())
                .hasExactlyElementsOfTypes(
                        Failure.NotPseudonymous.class, Failure.PoorData.class, Failure.PoorData.class);
        assertThat(report.exitCode()).isEqualTo(ExitCode.PRIVACY);
    }

    @Test
    void everyOptionalColumnMayBeMissingFromTheFilesOfEveryTable() {
        TestInput input = TestInput.in(folder);
        List<TableContract> tables = Stream.of(Tables.ofEvents(), Tables.ofDimensions())
                .flatMap(List::stream)
                .toList();
        for (TableContract table : tables) {
            String[] optional = table.columns().stream()
                    .filter(ColumnSpec::mayBeMissing)
                    .map(ColumnSpec::name)
                    .toArray(String[]::new);
            input.add(table, Rows.dataset(Rows.of(table)).drop(optional));
        }

        CheckReport report = check(input, 28);

        assertThat(report.failures()).isEmpty();
        assertThat(report.tables())
                .extracting(TableReport::table, TableReport::used)
                .containsExactlyElementsOf(
                        tables.stream().map(table -> tuple(table.name(), 1L)).toList());
    }

    @Test
    void anInputThatIsNotThereIsAReportToo() {
        CheckReport report = check(TestInput.in(folder.resolve("nowhere")), 28);

        assertThat(report.exitCode()).isEqualTo(ExitCode.INPUT_NOT_THERE);
        assertThat(report.tables()).isEmpty();
    }

    private static CheckReport check(TestInput input, int historyDays) {
        return new CheckJob(TestSession.spark()).run(input.root(), Rows.DAY, historyDays, 0.05);
    }
}
