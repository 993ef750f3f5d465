package io.goodhart.warehouse;

import io.goodhart.failures.Messages;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One night's rows on their way to the readers: staged and audited table by table, then switched in one commit a table, and
 * {@code runs.state} last. A process that dies in between leaves a run that {@link Recovery} completes.
 */
public final class Publication {
    /** The tables of a run date, in the order in which they are switched: of two rivals the first to switch the first table wins all. */
    static final List<TableContract> BY_RUN_DATE = Tables.byRunDate();

    private final WarehouseTables tables;
    private final RunLog runs;
    private final Lease lease;
    private final Consumer<TableContract> afterEachSwitch;
    private final Map<TableContract, StagedDate> staged = new HashMap<>();
    private boolean isSwitching; // from here on the run is the next command's to complete

    Publication(WarehouseTables tables, RunLog runs, Lease lease, Consumer<TableContract> afterEachSwitch) {
        this.tables = tables;
        this.runs = runs;
        this.lease = lease;
        this.afterEachSwitch = afterEachSwitch;
    }

    /**
     * Writes the date's rows of a table where no reader sees them, and audits them: all of the date, keys unique, no null where the
     * contract has none. No rows clear the date.
     *
     * @return how many rows they are
     */
    public long stage(TableContract contract, Dataset<Row> rows) {
        return stage(contract, staging -> staging.stage(tables, rows));
    }

    /** As {@link #stage(TableContract, Dataset)}, for rows that are few. */
    public long stage(TableContract contract, List<Row> rows) {
        return stage(contract, staging -> staging.stage(tables, rows));
    }

    private long stage(TableContract contract, ToLongFunction<StagedDate> work) {
        if (!BY_RUN_DATE.contains(contract)) {
            throw new IllegalArgumentException(contract.name() + " is not partitioned by run date");
        }
        StagedDate date = new StagedDate(contract, new StagingBranch(lease.date(), lease.runId()));
        long count = StorageGuard.guard("cannot write " + contract.name(), () -> work.applyAsLong(date));
        staged.put(contract, date);
        return count;
    }

    /**
     * Shows the staged rows to the readers. {@code run} tells everything about the run but its end.
     *
     * @return the run as recorded
     * @throws io.goodhart.failures.Failure.DateHeld if another run has published the date meanwhile
     */
    public RunRecord publish(RunRecord run) {
        return StorageGuard.guard("cannot publish " + lease.date(), () -> {
            lease.requireHeld();
            runs.write(run.publishing());
            isSwitching = true;
            switchAll();
            RunRecord published = run.published(Instant.now());
            runs.write(published);
            return published;
        });
    }

    /**
     * Records that the run has failed, and then drops what it staged: a run that cannot be written down keeps it. A run that has begun to
     * switch cannot fail any more: it stays {@code publishing}, for the next command to complete.
     */
    public void fail(RunRecord run, int exitCode, String message) {
        if (isSwitching) {
            return;
        }
        StorageGuard.guard("cannot record the failed run", () -> {
            runs.write(run.failed(Instant.now(), exitCode, message));
            staged.values().forEach(table -> table.drop(tables));
        });
    }

    private void switchAll() {
        boolean isFirst = true;
        for (TableContract contract : BY_RUN_DATE) {
            StagedDate table = staged.get(contract);
            if (table == null) {
                continue;
            }
            lease.requireHeld();
            try {
                table.switchIn(tables);
            } catch (RuntimeException refused) {
                // Of any other failure nobody knows whether the commit went through, and readers may see it.
                isSwitching = !(isFirst && refused instanceof CleanableFailure);
                if (refused instanceof ValidationException) {
                    throw Messages.publishedMeanwhile(lease.date(), contract.name());
                }
                throw refused;
            }
            isFirst = false;
            afterEachSwitch.accept(contract);
        }
    }
}
