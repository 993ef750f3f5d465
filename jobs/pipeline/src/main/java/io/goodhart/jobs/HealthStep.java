package io.goodhart.jobs;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SourceHealth;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.SourceComparison;
import io.goodhart.warehouse.input.SourceCount;
import io.goodhart.warehouse.input.SourceShifts;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Compares every source's days with their past, by what was known on the run date. As many rows as sources times days. */
final class HealthStep {
    private static final List<ColumnSpec> SAID = SourceHealth.CONTRACT.columns().stream()
            .filter(column -> !column.equals(SourceHealth.RUN_ID))
            .toList();
    private static final List<ColumnSpec> COUNTED =
            SAID.stream().filter(column -> !column.equals(SourceHealth.VERDICT)).toList();

    private final Warehouse warehouse;

    HealthStep(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * Returns the health of the days from {@code first} to {@code runDate}, and writes that of the days on which it differs from what is
     * there. Later days are not looked at; where there are some, who landed them knows more than this run, and what is written of days that
     * were landed anew is what is known by these.
     *
     * @param stale the days that were landed anew since the health was brought up to date last, as far as this run knows
     */
    List<Row> bring(LocalDate first, LocalDate runDate, Set<LocalDate> stale, String runId) {
        List<Row> there =
                warehouse.fewRows().from(SourceHealth.CONTRACT, first.minusWeeks(SourceComparison.WEEKS_BEFORE));
        List<Row> known =
                there.stream().filter(row -> !day(row).isAfter(runDate)).toList();
        if (known.isEmpty()) {
            return List.of();
        }
        boolean isOvertaken = known.size() < there.size();
        if (isOvertaken && !stale.isEmpty()) {
            bring(
                    first,
                    there.stream()
                            .map(HealthStep::day)
                            .max(LocalDate::compareTo)
                            .orElseThrow(),
                    stale,
                    runId);
        }
        List<SourceCount> counts = known.stream().map(SourceCount::of).toList();
        LocalDate changed = isOvertaken ? first : firstChanged(counts, known, first, runDate, stale, runId);
        Map<String, Set<LocalDate>> shifts = shifts(known, SourceShifts.firstMovedBy(changed), first, runDate);
        List<Row> health = SourceComparison.health(counts, shifts, first, runDate, runId);
        if (!isOvertaken) {
            write(health, known);
        }
        return health;
    }

    /** A run that died may have landed days whose health nobody has compared with their past: that shows in what was expected of them. */
    private static LocalDate firstChanged(
            List<SourceCount> counts,
            List<Row> known,
            LocalDate first,
            LocalDate runDate,
            Set<LocalDate> stale,
            String runId) {
        Map<LocalDate, Set<List<Object>>> there = byDay(known, COUNTED);
        Map<LocalDate, Set<List<Object>>> due =
                byDay(SourceComparison.health(counts, Map.of(), first, runDate, runId), COUNTED);
        return Stream.concat(
                        stale.stream(),
                        due.keySet().stream().filter(day -> !due.get(day).equals(there.get(day))))
                .min(LocalDate::compareTo)
                .orElse(runDate);
    }

    /** Takes the shifts before {@code from} from what is known, and seeks the others. */
    private Map<String, Set<LocalDate>> shifts(List<Row> known, LocalDate from, LocalDate first, LocalDate runDate) {
        LocalDate landed =
                known.stream().map(HealthStep::day).min(LocalDate::compareTo).orElseThrow();
        LocalDate sought = from.isBefore(first) ? first : from;
        Map<String, Set<LocalDate>> shifts =
                new HashMap<>(SourceShifts.among(warehouse.read(PersonDays.CONTRACT), landed, sought, runDate));
        known.stream()
                .filter(row -> day(row).isBefore(sought))
                .filter(row -> row.getAs(SourceHealth.VERDICT.name()).equals(SourceComparison.SHIFT))
                .forEach(row -> shifts.computeIfAbsent(row.getAs(SourceHealth.SOURCE.name()), absent -> new HashSet<>())
                        .add(day(row)));
        return shifts;
    }

    private void write(List<Row> health, List<Row> known) {
        Map<LocalDate, Set<List<Object>>> before = byDay(known, SAID);
        Map<LocalDate, Set<List<Object>>> now = byDay(health, SAID);
        Set<LocalDate> changed = now.keySet().stream()
                .filter(day -> !now.get(day).equals(before.get(day)))
                .collect(Collectors.toSet());
        warehouse
                .fewRows()
                .replaceDays(
                        SourceHealth.CONTRACT,
                        health.stream()
                                .filter(row -> changed.contains(day(row)))
                                .toList(),
                        changed);
    }

    /** What rows say in these columns. */
    private static Map<LocalDate, Set<List<Object>>> byDay(List<Row> health, List<ColumnSpec> columns) {
        return health.stream()
                .collect(Collectors.groupingBy(
                        HealthStep::day,
                        Collectors.mapping(
                                row -> columns.stream()
                                        .map(column -> row.getAs(column.name()))
                                        .toList(),
                                Collectors.toSet())));
    }

    private static LocalDate day(Row row) {
        return row.<Date>getAs(SourceHealth.EVENT_DATE.name()).toLocalDate();
    }
}
