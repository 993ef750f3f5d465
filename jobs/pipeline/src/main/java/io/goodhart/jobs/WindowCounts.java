package io.goodhart.jobs;

import io.goodhart.jobs.NightlyReport.InputLine;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.DayCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** The input's rows over a night's window, by table and what became of them. */
final class WindowCounts {
    private WindowCounts() {}

    /** Returns a line a table that holds rows, by its name. */
    static List<InputLine> of(Run run) {
        Map<String, List<Row>> byTable = run
                .warehouse()
                .fewRows()
                .between(
                        DayCounts.CONTRACT, run.days().windowStart(), run.days().runDate())
                .stream()
                .collect(Collectors.groupingBy(
                        row -> row.getAs(DayCounts.TABLE.name()), TreeMap::new, Collectors.toList()));
        return byTable.entrySet().stream()
                .map(table -> line(table.getKey(), table.getValue()))
                .toList();
    }

    /** Returns them as {@code runs.counts} holds them: {@code usage_events.used}. */
    static Map<String, Long> byName(List<InputLine> lines) {
        Map<String, Long> counts = new HashMap<>();
        for (InputLine line : lines) {
            String table = line.table() + ".";
            counts.put(table + DayCounts.ROWS_IN.name(), line.rowsIn());
            counts.put(table + DayCounts.REJECTED.name(), line.rejected());
            counts.put(table + DayCounts.OUT_OF_WINDOW.name(), line.outOfWindow());
            counts.put(table + DayCounts.DUPLICATE.name(), line.duplicate());
            counts.put(table + DayCounts.UNMAPPED.name(), line.unmapped());
            counts.put(table + DayCounts.USED.name(), line.used());
            counts.put(table + DayCounts.UNKNOWN_VALUES.name(), line.unknownValues());
        }
        return counts;
    }

    private static InputLine line(String table, List<Row> days) {
        return new InputLine(
                table,
                sum(days, DayCounts.ROWS_IN),
                sum(days, DayCounts.REJECTED),
                sum(days, DayCounts.OUT_OF_WINDOW),
                sum(days, DayCounts.DUPLICATE),
                sum(days, DayCounts.UNMAPPED),
                sum(days, DayCounts.USED),
                sum(days, DayCounts.UNKNOWN_VALUES));
    }

    private static long sum(List<Row> days, ColumnSpec column) {
        return days.stream().mapToLong(day -> day.<Long>getAs(column.name())).sum();
    }
}
