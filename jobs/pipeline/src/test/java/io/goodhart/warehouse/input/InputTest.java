package io.goodhart.warehouse.input;

import static io.goodhart.testing.Rows.outcome;
import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageDay;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure.InputNotThere;
import io.goodhart.failures.Failure.NotPseudonymous;
import io.goodhart.failures.Failure.OffContract;
import io.goodhart.failures.Failure.PoorData;
import io.goodhart.jobs.LandedDays;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTest {
    private static final NavigableSet<LocalDate> DAYS = new TreeSet<>(List.of(Rows.DAY));

    @TempDir
    Path folder;

    @Test
    void aFolderThatIsNotThereIsExit4() {
        assertThatThrownBy(() -> open(TestInput.in(folder.resolve("nowhere"))))
                .isInstanceOf(InputNotThere.class)
                .hasMessageContaining("nowhere: the folder does not exist")
                .extracting(failure -> ((InputNotThere) failure).exitCode().code())
                .isEqualTo(4);
    }

    @Test
    void aRunDateWithoutUsageIsExit4WhateverElseItHolds() {
        Input input = open(TestInput.in(folder)
                .add(
                        person("p1"),
                        outcome(),
                        usageEvent().on("2026-05-03"),
                        usageEvent().on("2026-05-05")));

        assertThatThrownBy(input::requireUsage)
                .isInstanceOf(InputNotThere.class)
                .hasMessageContaining("no usage for 2026-05-04");
    }

    @Test
    void oneOfTheUsageTablesIsEnough() {
        Input input = open(TestInput.in(folder).add(person("p1"), usageDay()));

        assertThatCode(input::requireUsage).doesNotThrowAnyException();
        assertThat(input.holds(ProductivityEvents.CONTRACT)).isFalse();
        assertThat(input.days(UsageDaily.CONTRACT)).containsExactly(Rows.DAY);
    }

    @Test
    void withoutPeopleItIsOffContract() {
        Input input = open(TestInput.in(folder).add(usageEvent()));

        assertThatThrownBy(() -> input.check(DAYS))
                .isInstanceOf(OffContract.class)
                .hasMessageContaining("table people is missing");
    }

    @Test
    void daysAfterTheRunDateAreNotThere() {
        Input input = open(TestInput.in(folder).add(usageEvent(), usageEvent().on("2026-05-05")));

        assertThat(input.days()).containsExactly(Rows.DAY);
    }

    @Test
    void hiddenNamesAndOtherFilesAreIgnored() throws IOException {
        TestInput input = TestInput.in(folder).add(usageEvent());
        Path day = input.folder(UsageEvents.CONTRACT, "2026-05-04");
        Files.createFile(day.resolve("_committed.parquet"));
        Files.createFile(day.resolve(".part.parquet"));
        Files.createFile(day.resolve("README.md"));
        Files.createFile(
                Files.createDirectories(input.folder(UsageEvents.CONTRACT).resolve("_temporary/event_date=x"))
                        .resolve("a.parquet"));

        assertThat(open(input).files(UsageEvents.CONTRACT, DAYS)).isEqualTo(1);
    }

    @Test
    void aFileWhereATablesFolderShouldBeIsExit5() throws IOException {
        Files.createFile(folder.resolve("people"));
        Files.createFile(folder.resolve("usage_events"));

        assertThatThrownBy(() -> open(TestInput.in(folder)))
                .isInstanceOf(OffContract.class)
                .hasMessageContainingAll(
                        "people: is a file, expected a folder of people/FILE.parquet",
                        "usage_events: is a file, expected a folder of usage_events/event_date=YYYY-MM-DD/FILE.parquet");
    }

    @Test
    void parquetWhereTheContractHasNoPlaceIsExit5() throws IOException {
        TestInput input = TestInput.in(folder).add(usageEvent(), person("p1"));
        Path usage = input.folder(UsageEvents.CONTRACT);
        for (String place : new String[] {
            "event_date=2026-5-4",
            "event_date=2026-02-30",
            "event_date=__HIVE_DEFAULT_PARTITION__",
            "day=2026-05-04",
            "event_date=2026-05-04/source=cursor",
            "."
        }) {
            Files.createFile(Files.createDirectories(usage.resolve(place)).resolve("stray.parquet"));
        }
        Files.createFile(Files.createDirectories(folder.resolve("people/org=1")).resolve("stray.parquet"));

        assertThatThrownBy(() -> open(input))
                .isInstanceOf(OffContract.class)
                .hasMessageContainingAll(
                        "usage_events/event_date=2026-5-4/stray.parquet: expected"
                                + " usage_events/event_date=YYYY-MM-DD/FILE.parquet",
                        "usage_events/event_date=2026-02-30/stray.parquet",
                        "usage_events/event_date=__HIVE_DEFAULT_PARTITION__/stray.parquet",
                        "usage_events/day=2026-05-04/stray.parquet",
                        "usage_events/event_date=2026-05-04/source=cursor/stray.parquet",
                        "usage_events/stray.parquet",
                        "people/org=1/stray.parquet: expected people/FILE.parquet, the table is not partitioned");
    }

    @Test
    void aDaysFingerprintChangesWithItsFilesAndNotWithTheirPlace() throws IOException {
        TestInput input =
                TestInput.in(folder.resolve("a")).add(usageEvent(), usageEvent().on("2026-05-03"));
        var before = open(input).fingerprints(UsageEvents.CONTRACT);
        Files.move(folder.resolve("a"), folder.resolve("b"));
        var moved = open(TestInput.in(folder.resolve("b"))).fingerprints(UsageEvents.CONTRACT);
        Path file = TestInput.files(folder.resolve("b/usage_events/event_date=2026-05-03"))
                .get(0);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        var touched = open(TestInput.in(folder.resolve("b"))).fingerprints(UsageEvents.CONTRACT);

        assertThat(before).hasSize(2);
        assertThat(moved).isEqualTo(before);
        assertThat(touched.get(Rows.DAY)).isEqualTo(before.get(Rows.DAY));
        assertThat(touched.get(Rows.DAY.minusDays(1))).isNotEqualTo(before.get(Rows.DAY.minusDays(1)));
    }

    @Test
    void moreBrokenRowsThanAllowedAreExit3() {
        TestRow[] rows = Stream.concat(
                        IntStream.range(0, 2).mapToObj(i -> usageEvent().with(UsageEvents.INPUT_TOKENS, -1L)),
                        IntStream.range(0, 18).mapToObj(i -> usageEvent()))
                .toArray(TestRow[]::new);
        Input input =
                open(TestInput.in(folder.resolve("input")).add(person("p1")).add(rows));
        Warehouse warehouse = TestWarehouse.in(folder.resolve("warehouse"));

        assertThatThrownBy(() -> LandedDays.of(input, warehouse, DAYS, 0.09))
                .isInstanceOf(PoorData.class)
                .hasMessageContaining("max_rejected_share is 0.09")
                .hasMessageContaining(
                        "usage_events of 2026-05-04: 2 of 20 rows (10.0 %), most often input_tokens.between (2)")
                .extracting(failure -> ((PoorData) failure).exitCode().code())
                .isEqualTo(3);
        assertThat(warehouse.read(PersonDays.CONTRACT).isEmpty()).isTrue();
        // As many as allowed are allowed.
        assertThat(LandedDays.of(input, warehouse, DAYS, 0.1).count()).isEqualTo(1);
    }

    @Test
    void anIdThatLooksLikeAnAddressIsExit9AndIsNotShown() {
        Input input = open(TestInput.in(folder.resolve("input"))
                .add(person("p1"), usageEvent())
                .add(outcome().with(ProductivityEvents.COUNTERPART_ID, "Jo@Doe.example")));
        Warehouse warehouse = TestWarehouse.in(folder.resolve("warehouse"));

        assertThatThrownBy(() -> LandedDays.of(input, warehouse, DAYS, 1))
                .isInstanceOf(NotPseudonymous.class)
                .hasMessageStartingWith(
                        "productivity_events.counterpart_id holds ids that look like e-mail addresses (1 rows)")
                .hasMessageNotContaining("Doe")
                .extracting(failure -> ((NotPseudonymous) failure).exitCode().code())
                .isEqualTo(9);
    }

    @Test
    void daysThatWereNotCheckedCannotBeRead() {
        CheckedInput checked = open(TestInput.in(folder)
                        .add(person("p1"), usageEvent(), usageEvent().on("2026-05-03")))
                .check(DAYS);
        Set<LocalDate> others = Set.of(Rows.DAY.minusDays(1));

        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> checked.scan(UsageEvents.CONTRACT, List.copyOf(others), List.of(), "run-1"),
                () -> checked.inspect(UsageEvents.CONTRACT, others))) {
            assertThatThrownBy(reading)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("was not among the days that were checked");
        }
    }

    private static Input open(TestInput input) {
        return Input.open(TestSession.spark(), input.root(), Rows.DAY);
    }
}
