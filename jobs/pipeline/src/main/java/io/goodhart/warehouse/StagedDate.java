package io.goodhart.warehouse;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.util.Tasks;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * The rows of one table for one run date, on a branch of the table: in place, but seen by no reader until {@link #switchIn}.
 *
 * @param contract the table
 * @param branch the branch, see {@link StagingBranch}
 */
record StagedDate(TableContract contract, StagingBranch branch) {
    /** What the snapshot that switched a run's rows in says of the run. */
    private static final String RUN_ID = "goodhart.run-id";

    private static final int MOST_TRIES = 20;
    private static final long LEAST_WAIT_MILLIS = 50;
    private static final long MOST_WAIT_MILLIS = 2_000;
    private static final long PATIENCE_MILLIS = 600_000;

    /** Writes {@code rows} to the branch and returns how many they are. */
    long stage(WarehouseTables tables, Dataset<Row> rows) {
        Table table = branchedOff(tables);
        try {
            rows.select(contract.cols())
                    .writeTo(nameOfBranch(tables.nameOf(contract)))
                    .append();
        } catch (NoSuchTableException gone) {
            throw new IllegalStateException(contract.name() + " was dropped while in use", gone);
        }
        table.refresh();
        return audit(table, repeatedKeys(tables, table.snapshot(branch.name())));
    }

    /** As {@link #stage(WarehouseTables, Dataset)}, for rows that are few. */
    long stage(WarehouseTables tables, List<Row> rows) {
        Table table = branchedOff(tables);
        AppendFiles append = table.newAppend().toBranch(branch.name());
        TableFiles.of(table, contract).write(rows).files().forEach(append::appendFile);
        append.commit();
        table.refresh();
        return audit(table, rows.size() - distinctKeys(rows));
    }

    private Table branchedOff(WarehouseTables tables) {
        untilAccepted(
                tables,
                table -> table.manageSnapshots()
                        .createBranch(branch.name(), table.currentSnapshot().snapshotId())
                        .commit());
        return tables.load(contract);
    }

    /** Makes a change of branches. Dates that run side by side commit to one table, and Iceberg does not try such a change again. */
    private void untilAccepted(WarehouseTables tables, Consumer<Table> change) {
        Tasks.foreach(contract)
                .retry(MOST_TRIES)
                .exponentialBackoff(LEAST_WAIT_MILLIS, MOST_WAIT_MILLIS, PATIENCE_MILLIS, 2)
                .onlyRetryOn(CommitFailedException.class)
                .run(it -> change.accept(tables.load(it)));
    }

    /** The name under which Spark writes a branch of the table: the option of that name is ignored by writes. */
    private String nameOfBranch(String table) {
        return table + ".`branch_" + branch.name() + "`";
    }

    /** Returns whether the branch is still there: it goes in the commit that switches it in. */
    boolean isWaiting(WarehouseTables tables) {
        return tables.load(contract).refs().containsKey(branch.name());
    }

    /** Returns whether a snapshot of the table tells that it switched the run's rows in. */
    boolean isSwitchedIn(WarehouseTables tables) {
        for (Snapshot snapshot : tables.load(contract).snapshots()) {
            if (branch.runId().equals(snapshot.summary().get(RUN_ID))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes the staged rows the table's rows of the date, in one commit that moves no data and drops the branch.
     *
     * @throws ValidationException if the date's rows have changed since they were staged, or what was staged is gone
     */
    void switchIn(WarehouseTables tables) {
        untilAccepted(tables, this::switchIn);
    }

    private void switchIn(Table table) {
        Snapshot staged = table.snapshot(branch.name());
        ValidationException.check(staged != null, "no branch %s of %s", branch.name(), contract.name());
        Expression date = Expressions.equal(dateColumn().name(), branch.date().toString());
        Transaction transaction = table.newTransaction();
        OverwriteFiles overwrite = transaction
                .newOverwrite()
                .overwriteByRowFilter(date)
                .validateFromSnapshot(staged.parentId())
                .conflictDetectionFilter(date)
                .validateNoConflictingData()
                .validateNoConflictingDeletes()
                .set(RUN_ID, branch.runId())
                // Snapshot expiry must not take the branch's files for abandoned ones.
                .set("source-snapshot-id", String.valueOf(staged.snapshotId()));
        List<DataFile> files = filesOf(table, staged);
        if (!files.isEmpty()) {
            files.forEach(overwrite::addFile);
            overwrite.validateAddedFilesMatchOverwriteFilter();
        }
        overwrite.commit();
        transaction.manageSnapshots().removeBranch(branch.name()).commit();
        transaction.commitTransaction();
    }

    /** Drops what was staged, if it is still there. */
    void drop(WarehouseTables tables) {
        untilAccepted(tables, table -> {
            if (table.refs().containsKey(branch.name())) {
                table.manageSnapshots().removeBranch(branch.name()).commit();
            }
        });
    }

    /** A fault found here is ours: better to stop than to publish it. */
    private long audit(Table table, long repeatedKeys) {
        long rows = 0;
        List<String> faults = new ArrayList<>();
        for (DataFile file : filesOf(table, table.snapshot(branch.name()))) {
            rows += file.recordCount();
            LocalDate found = LocalDate.ofEpochDay(file.partition().get(0, Integer.class));
            if (!found.equals(branch.date())) {
                faults.add("rows of " + found);
            }
            requiredColumnsWithNulls(table, file).forEach(column -> faults.add("a null in " + column));
        }
        if (repeatedKeys > 0) {
            faults.add(repeatedKeys + " keys that more than one row has");
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("staged rows of " + contract.name() + " for " + branch.date() + " hold "
                    + String.join(", ", faults));
        }
        return rows;
    }

    /** Looks at what this run added, and not at the rows of an earlier run of the date, which the branch began with. */
    private long repeatedKeys(WarehouseTables tables, Snapshot staged) {
        Dataset<Row> written = tables.spark()
                .read()
                .format("iceberg")
                .option("start-snapshot-id", String.valueOf(staged.parentId()))
                .option("end-snapshot-id", String.valueOf(staged.snapshotId()))
                .load(tables.nameOf(contract));
        Column[] key = contract.grain().stream().map(ColumnSpec::col).toArray(Column[]::new);
        return written.groupBy(key)
                .agg(count(lit(1)).as("rows"))
                .where("rows > 1")
                .count();
    }

    private long distinctKeys(List<Row> rows) {
        int[] key =
                contract.grain().stream().mapToInt(contract.columns()::indexOf).toArray();
        return rows.stream()
                .map(row -> Arrays.stream(key).mapToObj(row::get).toList())
                .distinct()
                .count();
    }

    private List<String> requiredColumnsWithNulls(Table table, DataFile file) {
        Map<Integer, Long> nulls = Optional.ofNullable(file.nullValueCounts()).orElse(Map.of());
        return contract.columns().stream()
                .filter(column -> !column.holdsNull())
                .map(ColumnSpec::name)
                .filter(name ->
                        nulls.getOrDefault(table.schema().findField(name).fieldId(), 0L) > 0)
                .toList();
    }

    private ColumnSpec dateColumn() {
        return contract.partition().orElseThrow();
    }

    private static List<DataFile> filesOf(Table table, Snapshot staged) {
        List<DataFile> files = new ArrayList<>();
        SnapshotChanges.builderFor(table)
                .snapshot(staged)
                .build()
                .addedDataFiles()
                .forEach(file -> files.add(file.copy()));
        return files;
    }
}
