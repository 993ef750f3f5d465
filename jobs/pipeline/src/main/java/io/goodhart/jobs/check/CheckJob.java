package io.goodhart.jobs.check;

import io.goodhart.failures.Failure;
import io.goodhart.jobs.check.CheckReport.TableReport;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.DayCount;
import io.goodhart.warehouse.input.DimensionRows;
import io.goodhart.warehouse.input.EventRows;
import io.goodhart.warehouse.input.Input;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.SparkSession;

/** Looks at the input as a run would, footers, rules and coverage, and writes nothing. Problems of one table do not hide another's. */
public final class CheckJob {
    private final SparkSession spark;

    public CheckJob(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Looks at all days of {@code input} up to {@code until}, at most {@code historyDays} of them.
     *
     * @param maxRejectedShare the share of a table's day that may break rules
     */
    public CheckReport run(String input, LocalDate until, int historyDays, double maxRejectedShare) {
        List<TableReport> tables = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        try {
            Input listed = Input.open(spark, input, until);
            noting(failures, listed::requireUsage);
            NavigableSet<LocalDate> days = listed.days().tailSet(until.minusDays(historyDays - 1L), true);
            CheckedInput checked = listed.check(days);
            List<TableReport> dimensions = new ArrayList<>();
            // As a run does: small tables first.
            for (TableContract table : Tables.ofDimensions()) {
                noting(failures, () -> dimensions.add(dimension(listed, checked, table)));
            }
            for (TableContract table : Tables.ofEvents()) {
                noting(failures, () -> tables.add(events(listed, checked, table, days, maxRejectedShare, failures)));
            }
            tables.addAll(dimensions);
        } catch (Failure failure) {
            failures.add(failure);
        }
        return new CheckReport(input, until, tables, failures);
    }

    private static TableReport events(
            Input listed,
            CheckedInput checked,
            TableContract table,
            NavigableSet<LocalDate> days,
            double maxRejectedShare,
            List<Failure> failures) {
        NavigableSet<LocalDate> held = new TreeSet<>(listed.days(table));
        held.retainAll(days);
        try (EventRows rows = checked.inspect(table, days)) {
            failures.addAll(rows.failures(maxRejectedShare));
            List<DayCount> counts = rows.dayCounts();
            return new TableReport(
                    table.name(),
                    listed.files(table, days),
                    held.size(),
                    held.stream().findFirst(),
                    held.isEmpty() ? Optional.empty() : Optional.of(held.last()),
                    emptyDays(held),
                    sum(counts, DayCount::rowsIn),
                    sum(counts, DayCount::rejected),
                    sum(counts, DayCount::duplicate),
                    sum(counts, DayCount::unmapped),
                    sum(counts, DayCount::used),
                    sum(counts, DayCount::unknownValues),
                    checked.extraColumns(table));
        }
    }

    private static TableReport dimension(Input listed, CheckedInput checked, TableContract table) {
        DimensionRows rows = checked.dimension(table);
        return new TableReport(
                table.name(),
                listed.files(table, new TreeSet<>()),
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                rows.rowsIn(),
                rows.rejected(),
                rows.duplicate(),
                0,
                rows.rowsIn() - rows.rejected() - rows.duplicate(),
                rows.unknownValues(),
                checked.extraColumns(table));
    }

    private static int emptyDays(NavigableSet<LocalDate> held) {
        return held.isEmpty()
                ? 0
                : (int) (held.first().datesUntil(held.last().plusDays(1)).count() - held.size());
    }

    private static long sum(List<DayCount> counts, ToLongFunction<DayCount> part) {
        return counts.stream().mapToLong(part).sum();
    }

    private static void noting(List<Failure> failures, Runnable step) {
        try {
            step.run();
        } catch (Failure failure) {
            failures.add(failure);
        }
    }
}
