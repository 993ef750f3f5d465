package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.rows.EventColumn;
import io.goodhart.rows.Events;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The row of an event table as a task takes it: first what {@link EventLoader} keeps as words (day, person, source, what duplicates are
 * told by, and the wanted columns), then what it only counts.
 *
 * <p>Duplicates are told by two 64-bit hashes of the key, and the one that stays by the rules of {@link Fates}. Two rows whose hashes are
 * equal differ at most in where their nulls stand, for nulls leave a hash as it is; so where {@link Fates} compares all values in the order
 * of the columns, the null bits in that order decide alike: null comes first.
 */
final class EventShape {
    static final int KEY = 3;
    static final int OTHER_KEY = 4;
    static final int TOKENS = 5;
    static final int ROW_HASH = 6;
    static final int ABSENT = 7;
    static final int FIRST_WANTED = 8;

    private static final String KEY_NAME = "_key";
    private static final String ROW_HASH_NAME = "_row_hash";

    private final TableContract contract;
    private final List<EventColumn> wanted;
    private final List<ColumnSpec> pseudonyms;

    EventShape(TableContract contract, List<EventColumn> wanted) {
        this.contract = contract;
        this.wanted = List.copyOf(wanted);
        this.pseudonyms = InputTables.pseudonyms(contract);
    }

    /** Returns what takes such rows in a task. */
    EventLoader loader() {
        List<Integer> texts = new ArrayList<>(List.of(Events.PERSON, Events.SOURCE));
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).isText()) {
                texts.add(FIRST_WANTED + i);
            }
        }
        return new EventLoader(
                FIRST_WANTED + wanted.size(),
                texts.stream().mapToInt(Integer::intValue).toArray(),
                pseudonyms.stream().map(ColumnSpec::name).toList());
    }

    /** Returns rows that {@link InputReader} read in this shape. */
    Dataset<Row> of(Dataset<Row> read, String runId) {
        List<Column> columns = new ArrayList<>();
        columns.add(unix_date(day()).as("_day"));
        columns.add(UsageEvents.PERSON_ID.col());
        columns.add(UsageEvents.SOURCE.col());
        List<ColumnSpec> key = contract.grain().stream()
                .filter(column -> !column.equals(contract.partition().orElseThrow()))
                .toList();
        Column comparable = key.stream()
                .filter(column -> !column.mayBeMissing())
                .map(column -> column.col().isNotNull())
                .reduce(Column::and)
                .orElseThrow();
        List<ColumnSpec> backwards = new ArrayList<>(key);
        Collections.reverse(backwards);
        columns.add(when(comparable, xxhash64(cols(key))).as(KEY_NAME));
        columns.add(when(
                        comparable,
                        xxhash64(Stream.concat(Stream.of(lit(1)), Stream.of(cols(backwards)))
                                .toArray(Column[]::new)))
                .as("_other_key"));
        columns.add(tokens().as("_tokens"));
        columns.add(xxhash64(contract.cols()).as(ROW_HASH_NAME));
        columns.add(absent().as("_absent"));
        for (EventColumn column : wanted) {
            columns.add(column.value().as("_wanted_" + column.name()));
        }
        columns.add(addresses().as("_addresses"));
        columns.add(col(RowRules.UNKNOWN_VALUES));
        columns.add(when(col(RowRules.BROKEN).isNotNull(), reject(runId)).as("_reject"));
        return RowRules.label(contract, read).select(columns.toArray(Column[]::new));
    }

    /** As {@link #of}, so that all rows of a key are in one of so many partitions. Rows that cannot be duplicates are spread evenly. */
    Dataset<Row> spread(Dataset<Row> read, String runId, int partitions) {
        return of(read, runId).repartition(partitions, coalesce(col(KEY_NAME), col(ROW_HASH_NAME)));
    }

    private Column day() {
        return contract.partition().orElseThrow().col();
    }

    /** Of a rejected row any number may come, but nobody asks for its sum. */
    private Column tokens() {
        return InputTables.tokens(contract).stream()
                .map(column -> coalesce(column.col(), lit(0L)))
                .map(tokens -> when(col(RowRules.BROKEN).isNull(), tokens).otherwise(lit(0L)))
                .reduce(Column::plus)
                .orElseGet(() -> lit(0L));
    }

    /** One bit a column that may be null, the first column's highest, set where it is. */
    private Column absent() {
        List<ColumnSpec> nullable =
                contract.columns().stream().filter(ColumnSpec::holdsNull).toList();
        Column bits = lit(0L);
        for (int i = 0; i < nullable.size(); i++) {
            Column bit = lit(1L << (nullable.size() - 1 - i));
            bits = bits.bitwiseOR(when(nullable.get(i).col().isNull(), bit).otherwise(lit(0L)));
        }
        return bits;
    }

    /** One bit a pseudonym, set where it looks like an e-mail address. */
    private Column addresses() {
        Column bits = lit(0L);
        for (int i = 0; i < pseudonyms.size(); i++) {
            bits = bits.bitwiseOR(when(RowRules.looksLikeAddress(pseudonyms.get(i)), lit(1L << i))
                    .otherwise(lit(0L)));
        }
        return bits;
    }

    private Column reject(String runId) {
        return struct(
                day().as(Rejects.EVENT_DATE.name()),
                lit(contract.name()).as(Rejects.TABLE.name()),
                col(RowRules.BROKEN).as(Rejects.RULE.name()),
                key(contract).as(Rejects.KEY.name()),
                numbers(contract).as(Rejects.NUMBERS.name()),
                lit(runId).as(Rejects.RUN_ID.name()));
    }

    /** Returns a row's key in the words of {@link Rejects}. */
    static Column key(TableContract contract) {
        Optional<ColumnSpec> eventId = contract.column(UsageEvents.EVENT_ID.name());
        return eventId.map(id -> concat(UsageEvents.SOURCE.col(), lit("/"), id.col()))
                .orElseGet(() -> lit(null).cast("string"));
    }

    /** The integer columns, but for the prompt's fingerprint: equal prompts are nobody's business here. */
    static Column numbers(TableContract contract) {
        Column[] entries = contract.columns().stream()
                .filter(column -> column.type().equals(DataTypes.IntegerType)
                        || column.type().equals(DataTypes.LongType))
                .filter(column -> !column.name().equals(UsageEvents.PROMPT_FINGERPRINT.name()))
                .flatMap(column -> Stream.of(lit(column.name()), column.col().cast("long")))
                .toArray(Column[]::new);
        return map(entries).cast(Rejects.NUMBERS.type());
    }

    private static Column[] cols(List<ColumnSpec> columns) {
        return columns.stream().map(ColumnSpec::col).toArray(Column[]::new);
    }
}
