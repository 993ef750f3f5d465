package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.col;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Whether the rows of an event table may be worked with: pseudonymous, all accounted for, few enough broken. */
final class RowVerdict {
    private RowVerdict() {}

    /** Returns what speaks against the rows, the gravest first; empty: nothing. */
    static List<Failure> against(EventRows rows, DayTotals totals, double maxRejectedShare) {
        String table = rows.contract().name();
        List<Failure> failures = new ArrayList<>();
        totals.addresses().forEach((column, count) -> failures.add(Messages.looksLikeAddress(table, column, count)));

        List<String> lost = totals.days().stream()
                .filter(day -> !day.reconciles())
                .map(day -> String.format(
                        Locale.ROOT,
                        "%s of %s: %,d rows in the footers, but %,d rejected + 0 out of window + %,d duplicate"
                                + " + %,d unmapped + %,d used",
                        table,
                        day.day(),
                        day.rowsIn(),
                        day.rejected(),
                        day.duplicate(),
                        day.unmapped(),
                        day.used()))
                .toList();
        if (!lost.isEmpty()) {
            failures.add(Messages.notReconciled(Problems.firstOf(lost)));
        }

        List<DayCount> poor = totals.days().stream()
                .filter(day -> day.rejectedShare() > maxRejectedShare)
                .toList();
        if (!poor.isEmpty()) {
            List<String> problems = poor.stream()
                    .limit(Problems.NAMED)
                    .map(day -> String.format(
                            Locale.ROOT,
                            "%s of %s: %,d of %,d rows (%.1f %%), most often %s",
                            table,
                            day.day(),
                            day.rejected(),
                            day.rowsIn(),
                            100 * day.rejectedShare(),
                            mostBroken(rows, day)))
                    .toList();
            failures.add(Messages.tooManyRejected(
                    poor.size() > Problems.NAMED ? withRest(problems, poor.size()) : problems, maxRejectedShare));
        }
        return failures;
    }

    private static List<String> withRest(List<String> named, int all) {
        List<String> problems = new ArrayList<>(named);
        problems.add("and " + (all - named.size()) + " more");
        return problems;
    }

    private static String mostBroken(EventRows rows, DayCount day) {
        Dataset<Row> rules = rows.labelled()
                .filter(rows.contract()
                        .partition()
                        .orElseThrow()
                        .col()
                        .equalTo(functions.lit(day.day().toString()).cast("date")))
                .filter(col(RowRules.BROKEN).isNotNull())
                .groupBy(col(RowRules.BROKEN))
                .count();
        Row most = ReadFailures.translate(
                () -> rules.orderBy(col("count").desc(), col(RowRules.BROKEN)).first());
        return String.format(Locale.ROOT, "%s (%,d)", most.getString(0), most.getLong(1));
    }
}
