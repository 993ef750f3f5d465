package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.failures.Messages;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.tables.TableContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The rows of a table that is read whole.
 *
 * @param rows valid rows, one a key, in the contract's columns; of two people of one id the one who started last stays
 * @param rowsIn rows in the footers
 * @param rejectedByRule rows that break a rule and were left out, by the first rule that they break
 * @param duplicate rows whose key a better row has
 * @param unknownValues values of optional enumerations that were made null
 */
public record DimensionRows(
        Dataset<Row> rows, long rowsIn, Map<String, Long> rejectedByRule, long duplicate, long unknownValues) {
    private static final String VALID = "_valid";
    private static final String PLACE = "_place";

    /** Up to so many rows are one task's, for which keys need no exchange. */
    private static final long ROWS_OF_ONE_TASK = 100_000;

    public DimensionRows {
        rejectedByRule = Collections.unmodifiableSortedMap(new TreeMap<>(rejectedByRule));
    }

    /** Returns how many rows break a rule and were left out. */
    public long rejected() {
        return rejectedByRule.values().stream().mapToLong(Long::longValue).sum();
    }

    static DimensionRows of(TableContract contract, Dataset<Row> read, long rowsIn) {
        Dataset<Row> together = rowsIn <= ROWS_OF_ONE_TASK ? read.coalesce(1) : read;
        Dataset<Row> placed = RowRules.label(contract, together)
                .withColumn(VALID, col(RowRules.BROKEN).isNull())
                .withColumn(PLACE, row_number().over(oneKeyBestFirst(contract)));
        Column kept = col(VALID).and(col(PLACE).equalTo(1));
        Dataset<Row> rows = placed.filter(kept).select(contract.cols());
        if (rowsIn == 0) {
            return new DimensionRows(rows, 0, Map.of(), 0, 0);
        }

        List<ColumnSpec> pseudonyms = InputTables.pseudonyms(contract);
        List<Column> sums = new ArrayList<>();
        sums.add(count(when(col(VALID), lit(1))));
        sums.add(count(when(kept, lit(1))));
        sums.add(sum(col(RowRules.UNKNOWN_VALUES)));
        pseudonyms.forEach(column -> sums.add(count(when(RowRules.looksLikeAddress(column), lit(1)))));
        Row counts = placed.agg(count(lit(1)), sums.toArray(Column[]::new)).first();

        for (int index = 0; index < pseudonyms.size(); index++) {
            long addresses = counts.getLong(4 + index);
            if (addresses > 0) {
                throw Messages.looksLikeAddress(
                        contract.name(), pseudonyms.get(index).name(), addresses);
            }
        }
        if (counts.getLong(0) != rowsIn) {
            throw Messages.notReconciled(List.of(
                    contract.name() + ": " + rowsIn + " rows in the footers, but " + counts.getLong(0) + " read"));
        }
        long valid = counts.getLong(1);
        Map<String, Long> rejected = valid == rowsIn ? Map.of() : byRule(placed);
        return new DimensionRows(rows, rowsIn, rejected, valid - counts.getLong(2), counts.getLong(3));
    }

    /** A table has as many rules as its contract states, so their counts fit on the driver. */
    private static Map<String, Long> byRule(Dataset<Row> placed) {
        return placed
                .where(col(RowRules.BROKEN).isNotNull())
                .groupBy(col(RowRules.BROKEN))
                .count()
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
    }

    private static WindowSpec oneKeyBestFirst(TableContract contract) {
        List<Column> sameKey = new ArrayList<>();
        sameKey.add(col(VALID));
        contract.grain().forEach(column -> sameKey.add(column.col()));
        List<Column> bestFirst = new ArrayList<>();
        contract.column(People.START_DATE.name())
                .ifPresent(start -> bestFirst.add(start.col().desc_nulls_last()));
        bestFirst.add(xxhash64(contract.cols()).asc());
        contract.columns().forEach(column -> bestFirst.add(column.col().asc()));
        return Window.partitionBy(sameKey.toArray(Column[]::new)).orderBy(bestFirst.toArray(Column[]::new));
    }
}
