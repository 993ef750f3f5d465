package io.goodhart.warehouse.input;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import io.goodhart.tables.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Whether the rows of an event table may be worked with: pseudonymous, all accounted for, few enough broken. */
final class RowVerdict {
    private RowVerdict() {}

    /**
     * Returns what speaks against the rows, the gravest first; empty: nothing.
     *
     * @param mostBroken the rule that most rows of a day break, and how many
     */
    static List<Failure> against(
            TableContract contract,
            DayTotals totals,
            Function<LocalDate, Map.Entry<String, Long>> mostBroken,
            double maxRejectedShare) {
        String table = contract.name();
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
                            words(mostBroken.apply(day.day()))))
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

    private static String words(Map.Entry<String, Long> rule) {
        return String.format(Locale.ROOT, "%s (%,d)", rule.getKey(), rule.getValue());
    }
}
