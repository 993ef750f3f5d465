package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What labelled rows add up to, from one pass over them: the fates of each day, and ids that look like addresses.
 *
 * @param days one count a day that holds a file, in order
 * @param addresses by column, how many rows hold a pseudonym that looks like an e-mail address; only columns that have some
 */
record DayTotals(List<DayCount> days, Map<String, Long> addresses) {
    private static final List<String> FATES = List.of(Fates.REJECTED, Fates.DUPLICATE, Fates.UNMAPPED, Fates.USED);

    DayTotals {
        days = List.copyOf(days);
        addresses = Collections.unmodifiableMap(new TreeMap<>(addresses));
    }

    /** Returns the counts in the shape of {@link DayCounts}. */
    List<Row> rows(TableContract contract, Map<LocalDate, String> fingerprints, String runId) {
        return days.stream()
                .map(count -> RowFactory.create(
                        count.day(),
                        contract.name(),
                        count.rowsIn(),
                        count.rejected(),
                        0L,
                        count.duplicate(),
                        count.unmapped(),
                        count.used(),
                        count.unknownValues(),
                        fingerprints.get(count.day()),
                        runId))
                .toList();
    }

    /** Adds up {@code labelled}; {@code rowsIn} holds the rows in the footers, by day. */
    static DayTotals of(TableContract contract, Dataset<Row> labelled, Map<LocalDate, Long> rowsIn) {
        List<ColumnSpec> pseudonyms = InputTables.pseudonyms(contract);
        Column day = unix_date(contract.partition().orElseThrow().col());
        Column[] sums = Stream.of(
                        FATES.stream().map(EventRows::ofFate),
                        Stream.of(sum(col(RowRules.UNKNOWN_VALUES))),
                        pseudonyms.stream()
                                .map(column ->
                                        sum(RowRules.looksLikeAddress(column).cast("long"))))
                .flatMap(columns -> columns)
                .toArray(Column[]::new);
        List<Row> totals = labelled.groupBy(day)
                .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
                .collectAsList();

        Map<LocalDate, DayCount> counts = new TreeMap<>();
        rowsIn.forEach((date, rows) -> counts.put(date, new DayCount(date, rows, 0, 0, 0, 0, 0)));
        Map<String, Long> addresses = new TreeMap<>();
        for (Row total : totals) {
            LocalDate date = LocalDate.ofEpochDay(total.getInt(0));
            counts.put(
                    date,
                    new DayCount(
                            date,
                            rowsIn.getOrDefault(date, 0L),
                            total.getLong(1),
                            total.getLong(2),
                            total.getLong(3),
                            total.getLong(4),
                            total.getLong(5)));
            for (int index = 0; index < pseudonyms.size(); index++) {
                addresses.merge(pseudonyms.get(index).name(), total.getLong(6 + index), Long::sum);
            }
        }
        addresses.values().removeIf(rows -> rows == 0);
        return new DayTotals(new ArrayList<>(counts.values()), addresses);
    }
}
