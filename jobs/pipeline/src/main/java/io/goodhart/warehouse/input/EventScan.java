package io.goodhart.warehouse.input;

import io.goodhart.failures.Failure;
import io.goodhart.tables.TableContract;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Days of an event table, to be read and counted: each task takes the rows of its partition of every {@link #parts} by {@link #loader},
 * and what the tasks' tallies add up to is judged here.
 */
public final class EventScan {
    private final TableContract contract;
    private final List<JavaRDD<InternalRow>> parts;
    private final EventLoader loader;
    private final Map<LocalDate, Long> rowsIn;
    private final Map<LocalDate, String> fingerprints;

    EventScan(
            TableContract contract,
            List<JavaRDD<InternalRow>> parts,
            EventLoader loader,
            Map<LocalDate, Long> rowsIn,
            Map<LocalDate, String> fingerprints) {
        this.contract = contract;
        this.parts = List.copyOf(parts);
        this.loader = loader;
        this.rowsIn = Map.copyOf(rowsIn);
        this.fingerprints = Map.copyOf(fingerprints);
    }

    /**
     * Returns the rows, in parts of equally many partitions; none where no file holds a row. Partition i of all parts is for day i or, of
     * a day that is spread, for some keys.
     */
    public List<JavaRDD<InternalRow>> parts() {
        return parts;
    }

    /** Returns what takes the rows in a task. */
    public EventLoader loader() {
        return loader;
    }

    /** Returns what speaks against working with the rows, the gravest first; empty: nothing. */
    public List<Failure> failures(EventTally tally, double maxRejectedShare) {
        return RowVerdict.against(contract, tally.totals(rowsIn), tally::mostBroken, maxRejectedShare);
    }

    /** Returns where the rows of each day went, days in order. A day that holds no file is not among them. */
    public List<DayCount> dayCounts(EventTally tally) {
        return tally.totals(rowsIn).days();
    }

    /**
     * Returns {@link #dayCounts} in the shape of {@link io.goodhart.tables.DayCounts}.
     *
     * @param fingerprint what is kept of a day, given the hash of its files
     */
    public List<Row> counts(EventTally tally, BiFunction<LocalDate, String, String> fingerprint, String runId) {
        Map<LocalDate, String> kept = new HashMap<>(fingerprints);
        kept.replaceAll(fingerprint);
        return tally.totals(rowsIn).rows(contract, kept, runId);
    }
}
