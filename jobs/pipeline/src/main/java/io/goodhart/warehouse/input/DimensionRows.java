package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.failures.Messages;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.tables.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The rows of a table that is read whole.
 *
 * @param rows valid rows, one a key, in the contract's columns; of two people of one id the one who started last stays
 * @param rowsIn rows in the footers
 * @param rejected rows that break a rule and were left out
 * @param duplicate rows whose key a better row has
 * @param unknownValues values of optional enumerations that were made null
 */
public record DimensionRows(Dataset<Row> rows, long rowsIn, long rejected, long duplicate, long unknownValues) {
    private static final String PLACE = "_place";

    static DimensionRows of(TableContract contract, Dataset<Row> read, long rowsIn) {
        Dataset<Row> labelled = RowRules.label(contract, read);
        Dataset<Row> placed = labelled.filter(col(RowRules.BROKEN).isNull())
                .withColumn(PLACE, row_number().over(oneKeyBestFirst(contract)));
        Dataset<Row> kept = placed.filter(col(PLACE).equalTo(1)).select(contract.cols());

        List<ColumnSpec> pseudonyms = InputTables.pseudonyms(contract);
        Row counts = labelled.agg(
                        count(lit(1)),
                        sum(col(RowRules.BROKEN).isNotNull().cast("long")),
                        sum(col(RowRules.UNKNOWN_VALUES)))
                .first();
        for (ColumnSpec pseudonym : pseudonyms) {
            long addresses =
                    labelled.filter(RowRules.looksLikeAddress(pseudonym)).count();
            if (addresses > 0) {
                throw Messages.looksLikeAddress(contract.name(), pseudonym.name(), addresses);
            }
        }
        if (counts.getLong(0) != rowsIn) {
            throw Messages.notReconciled(List.of(
                    contract.name() + ": " + rowsIn + " rows in the footers, but " + counts.getLong(0) + " read"));
        }
        long rejected = rowsIn == 0 ? 0 : counts.getLong(1);
        return new DimensionRows(
                kept, rowsIn, rejected, rowsIn - rejected - kept.count(), rowsIn == 0 ? 0 : counts.getLong(2));
    }

    private static org.apache.spark.sql.expressions.WindowSpec oneKeyBestFirst(TableContract contract) {
        List<Column> bestFirst = new ArrayList<>();
        contract.column(People.START_DATE.name())
                .ifPresent(start -> bestFirst.add(start.col().desc_nulls_last()));
        bestFirst.add(xxhash64(contract.cols()).asc());
        contract.columns().forEach(column -> bestFirst.add(column.col().asc()));
        return Window.partitionBy(contract.grain().stream().map(ColumnSpec::col).toArray(Column[]::new))
                .orderBy(bestFirst.toArray(Column[]::new));
    }
}
