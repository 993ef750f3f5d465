package io.goodhart.jobs;

import static org.apache.spark.sql.functions.sum;

import io.goodhart.jobs.NightlyReport.InputLine;
import io.goodhart.tables.DayCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** The input's rows over a night's window, by table and what became of them. */
final class WindowCounts {
    private WindowCounts() {}

    /** Returns a line a table that holds rows, by its name. */
    static List<InputLine> of(Run run) {
        return run
                .warehouse()
                .read(DayCounts.CONTRACT)
                .where(run.days().inWindow(DayCounts.EVENT_DATE.col()))
                .groupBy(DayCounts.TABLE.col())
                .agg(
                        sum(DayCounts.ROWS_IN.col()),
                        sum(DayCounts.REJECTED.col()),
                        sum(DayCounts.OUT_OF_WINDOW.col()),
                        sum(DayCounts.DUPLICATE.col()),
                        sum(DayCounts.UNMAPPED.col()),
                        sum(DayCounts.USED.col()),
                        sum(DayCounts.UNKNOWN_VALUES.col()))
                .orderBy(DayCounts.TABLE.col())
                .collectAsList()
                .stream()
                .map(WindowCounts::line)
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

    private static InputLine line(Row row) {
        return new InputLine(
                row.getString(0),
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }
}
