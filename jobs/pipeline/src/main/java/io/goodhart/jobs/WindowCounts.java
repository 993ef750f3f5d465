package io.goodhart.jobs;

import static org.apache.spark.sql.functions.sum;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.DayCounts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** The input's rows over a night's window, by table and what became of them: {@code usage_events.used}. */
final class WindowCounts {
    private static final List<ColumnSpec> FATES = List.of(
            DayCounts.ROWS_IN,
            DayCounts.REJECTED,
            DayCounts.OUT_OF_WINDOW,
            DayCounts.DUPLICATE,
            DayCounts.UNMAPPED,
            DayCounts.USED);

    private WindowCounts() {}

    static Map<String, Long> of(Run run) {
        Column[] sums =
                FATES.stream().map(fate -> sum(fate.col()).as(fate.name())).toArray(Column[]::new);
        List<Row> tables = run.warehouse()
                .read(DayCounts.CONTRACT)
                .where(run.days().inWindow(DayCounts.EVENT_DATE.col()))
                .groupBy(DayCounts.TABLE.col())
                .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
                .collectAsList();
        Map<String, Long> counts = new HashMap<>();
        for (Row table : tables) {
            String name = table.getAs(DayCounts.TABLE.name());
            FATES.forEach(fate -> counts.put(name + "." + fate.name(), table.<Long>getAs(fate.name())));
        }
        return counts;
    }
}
