package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Gives every row of an event table its fate, the first that applies: rejected, duplicate, unmapped, used.
 *
 * <p>Of the rows of a day that share a key the one with the most tokens stays, then one with a person, then the one with the smaller hash;
 * should two hashes be equal their values decide, so that no order of files or partitions can change which row stays.
 */
final class Fates {
    /** The fate of the row: one of the four below. */
    static final String FATE = "_fate";

    static final String REJECTED = "rejected";
    static final String DUPLICATE = "duplicate";
    static final String UNMAPPED = "unmapped";
    static final String USED = "used";

    private static final String KEY_HASH = "_key_hash";
    private static final String ROW_HASH = "_row_hash";
    private static final String PLACE = "_place";

    private Fates() {}

    /** Returns the rows that {@link RowRules} labelled, with their {@link #FATE}. */
    static Dataset<Row> label(TableContract contract, Dataset<Row> rows) {
        List<ColumnSpec> key = keyWithinDay(contract);
        Column person =
                contract.column(UsageEvents.PERSON_ID.name()).orElseThrow().col();
        Column comparable = comparable(contract, key);

        List<Column> sameKey = new ArrayList<>();
        // The hash first: the sort compares one long, and rows that have no comparable key do not meet in one task.
        sameKey.add(col(KEY_HASH));
        sameKey.add(contract.partition().orElseThrow().col());
        key.forEach(column -> sameKey.add(column.col()));

        List<Column> bestFirst = new ArrayList<>();
        // Of a rejected row any number may come, and the sum of two would overflow; the rules keep the others small.
        tokens(contract)
                .map(tokens -> when(col(RowRules.BROKEN).isNull(), tokens))
                .ifPresent(tokens -> bestFirst.add(tokens.desc()));
        bestFirst.add(person.isNull().asc());
        bestFirst.add(col(ROW_HASH).asc());
        contract.columns().forEach(column -> bestFirst.add(column.col().asc()));

        return rows.withColumn(ROW_HASH, xxhash64(contract.cols()))
                .withColumn(KEY_HASH, when(comparable, xxhash64(columns(key))).otherwise(col(ROW_HASH)))
                .withColumn(
                        PLACE,
                        row_number()
                                .over(Window.partitionBy(sameKey.toArray(Column[]::new))
                                        .orderBy(bestFirst.toArray(Column[]::new))))
                .withColumn(
                        FATE,
                        when(col(RowRules.BROKEN).isNotNull(), lit(REJECTED))
                                .when(comparable.and(col(PLACE).gt(1)), lit(DUPLICATE))
                                .when(person.isNull(), lit(UNMAPPED))
                                .otherwise(lit(USED)))
                .drop(ROW_HASH, KEY_HASH, PLACE);
    }

    private static List<ColumnSpec> keyWithinDay(TableContract contract) {
        String day = contract.partition().orElseThrow().name();
        return contract.grain().stream()
                .filter(column -> !column.name().equals(day))
                .toList();
    }

    /**
     * Whether a row can be a duplicate at all: a rejected one is out, and where the person is part of the key, rows of accounts that are
     * mapped to nobody may be those of different accounts.
     */
    private static Column comparable(TableContract contract, List<ColumnSpec> key) {
        Column keyIsWhole = key.stream()
                .filter(column -> !column.mayBeMissing())
                .map(column -> column.col().isNotNull())
                .reduce(Column::and)
                .orElseThrow(() -> new IllegalArgumentException(contract.name() + " has no key"));
        return col(RowRules.BROKEN).isNull().and(keyIsWhole);
    }

    private static Optional<Column> tokens(TableContract contract) {
        return InputTables.tokens(contract).stream()
                .map(column -> coalesce(column.col(), lit(0L)))
                .reduce(Column::plus);
    }

    private static Column[] columns(List<ColumnSpec> specs) {
        return specs.stream().map(ColumnSpec::col).toArray(Column[]::new);
    }
}
