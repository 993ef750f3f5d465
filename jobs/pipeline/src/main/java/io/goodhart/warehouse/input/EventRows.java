package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;

import io.goodhart.failures.Failure;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.SourceHealth;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageEvents;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * The rows of some days of an event table, each with its fate, read once and kept until {@link #close}. Wrap actions over what it returns
 * with {@link ReadFailures}: executors may have to read files again.
 */
public final class EventRows implements AutoCloseable {
    private final SparkSession spark;
    private final TableContract contract;
    private final Dataset<Row> labelled;
    private final DayTotals totals;
    private final Map<LocalDate, String> fingerprints;

    EventRows(
            SparkSession spark,
            TableContract contract,
            Dataset<Row> labelled,
            DayTotals totals,
            Map<LocalDate, String> fingerprints) {
        this.spark = spark;
        this.contract = contract;
        this.labelled = labelled;
        this.totals = totals;
        this.fingerprints = Map.copyOf(fingerprints);
    }

    /** Returns the rows to work with: valid, one a key, of known people, in the contract's columns. */
    public Dataset<Row> used() {
        return labelled.filter(col(Fates.FATE).equalTo(Fates.USED)).select(contract.cols());
    }

    /** Returns the rows that break a rule, in the shape of {@link Rejects}. */
    public Dataset<Row> rejects(String runId) {
        return labelled.filter(col(Fates.FATE).equalTo(Fates.REJECTED))
                .select(
                        contract.partition().orElseThrow().col().as(Rejects.EVENT_DATE.name()),
                        lit(contract.name()).as(Rejects.TABLE.name()),
                        col(RowRules.BROKEN).as(Rejects.RULE.name()),
                        key().as(Rejects.KEY.name()),
                        numbers().as(Rejects.NUMBERS.name()),
                        lit(runId).as(Rejects.RUN_ID.name()));
    }

    /** Returns where the rows of each day went, days in order. A day that holds no file is not among them. */
    public List<DayCount> dayCounts() {
        return totals.days();
    }

    /** Returns {@link #dayCounts} in the shape of {@link DayCounts}. */
    public Dataset<Row> counts(String runId) {
        List<Row> rows = totals.days().stream()
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
        return spark.createDataFrame(rows, DayCounts.CONTRACT.schema());
    }

    /**
     * Returns, for each source and day, {@code event_date, source, seen, duplicate, unmapped}: rows of valid usage with duplicates left
     * out, duplicates, and those of {@code seen} that belong to nobody known. What {@link SourceComparison} compares.
     */
    public Dataset<Row> sourceCounts() {
        ColumnSpec source = contract.column(UsageEvents.SOURCE.name()).orElseThrow();
        return labelled.filter(col(Fates.FATE).notEqual(Fates.REJECTED))
                .groupBy(contract.partition().orElseThrow().col(), source.col())
                .agg(
                        ofFate(Fates.USED).plus(ofFate(Fates.UNMAPPED)).as(SourceHealth.SEEN.name()),
                        ofFate(Fates.DUPLICATE).as(DayCounts.DUPLICATE.name()),
                        ofFate(Fates.UNMAPPED).as(DayCounts.UNMAPPED.name()));
    }

    /** Returns what speaks against working with the rows, the gravest first; empty: nothing. */
    public List<Failure> failures(double maxRejectedShare) {
        return RowVerdict.against(this, totals, maxRejectedShare);
    }

    /** Frees what was kept. */
    @Override
    public void close() {
        labelled.unpersist();
    }

    TableContract contract() {
        return contract;
    }

    Dataset<Row> labelled() {
        return labelled;
    }

    /** Returns how many rows of a group have a fate. */
    static Column ofFate(String fate) {
        return sum(col(Fates.FATE).equalTo(fate).cast("long"));
    }

    private Column key() {
        Optional<ColumnSpec> eventId = contract.column(UsageEvents.EVENT_ID.name());
        return eventId.map(id -> concat(UsageEvents.SOURCE.col(), lit("/"), id.col()))
                .orElseGet(() -> lit(null).cast("string"));
    }

    /** The integer columns, but for the prompt's fingerprint: equal prompts are nobody's business here. */
    private Column numbers() {
        Column[] entries = contract.columns().stream()
                .filter(column -> column.type().equals(DataTypes.IntegerType)
                        || column.type().equals(DataTypes.LongType))
                .filter(column -> !column.name().equals(UsageEvents.PROMPT_FINGERPRINT.name()))
                .flatMap(column -> Stream.of(lit(column.name()), column.col().cast("long")))
                .toArray(Column[]::new);
        return map(entries).cast(Rejects.NUMBERS.type());
    }
}
