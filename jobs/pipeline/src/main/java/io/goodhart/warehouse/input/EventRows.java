package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of some days of an event table, each with its fate, read once and kept until {@link #close}: for those who look at rows. Who
 * wants days counted and folded takes {@link EventScan}. Wrap actions over what it returns
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
                        EventShape.key(contract).as(Rejects.KEY.name()),
                        EventShape.numbers(contract).as(Rejects.NUMBERS.name()),
                        lit(runId).as(Rejects.RUN_ID.name()));
    }

    /** Returns where the rows of each day went, days in order. A day that holds no file is not among them. */
    public List<DayCount> dayCounts() {
        return totals.days();
    }

    /** Returns {@link #dayCounts} in the shape of {@link DayCounts}. */
    public Dataset<Row> counts(String runId) {
        return spark.createDataFrame(totals.rows(contract, fingerprints, runId), DayCounts.CONTRACT.schema());
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
        return RowVerdict.against(contract, totals, this::mostBroken, maxRejectedShare);
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

    private Map.Entry<String, Long> mostBroken(LocalDate day) {
        Dataset<Row> rules = labelled.filter(
                        contract.partition().orElseThrow().col().equalTo(lit(day)))
                .filter(col(RowRules.BROKEN).isNotNull())
                .groupBy(col(RowRules.BROKEN))
                .count();
        Row most = ReadFailures.translate(
                () -> rules.orderBy(col("count").desc(), col(RowRules.BROKEN)).first());
        return Map.entry(most.getString(0), most.getLong(1));
    }
}
