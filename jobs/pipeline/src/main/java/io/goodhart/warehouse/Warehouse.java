package io.goodhart.warehouse;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.failures.Messages;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.Models;
import io.goodhart.tables.TableContract;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables that Goodhart writes. The only way to read, replace and publish them. */
public final class Warehouse {
    private final WarehouseTables tables;
    private final FewRows fewRows;
    private final RunLog runs;
    private final LeaseBook leases;

    private Warehouse(WarehouseTables tables) {
        this.tables = tables;
        this.fewRows = new FewRows(tables);
        this.runs = new RunLog(fewRows);
        this.leases = new LeaseBook(tables);
    }

    /**
     * Opens the warehouse to write, and creates the tables that are not there.
     *
     * @param catalogName name of its Iceberg catalog in {@code spark}
     * @param scratch name of a scratch area beside production; empty: production
     */
    public static Warehouse open(SparkSession spark, String catalogName, Optional<String> scratch) {
        WarehouseTables tables = new WarehouseTables(spark, catalogName, scratch);
        StorageGuard.guard("cannot create the tables", tables::create);
        return new Warehouse(tables);
    }

    /**
     * Opens a warehouse that is there already.
     *
     * @throws io.goodhart.failures.Failure.InvalidSettings if it is not
     */
    public static Warehouse existing(SparkSession spark, String catalogName, Optional<String> scratch) {
        WarehouseTables tables = new WarehouseTables(spark, catalogName, scratch);
        if (!StorageGuard.guard("cannot open the warehouse", tables::exist)) {
            throw Messages.noWarehouse(scratch.map(name -> "--into " + name).orElse("the catalog"));
        }
        return new Warehouse(tables);
    }

    /** Returns all rows of a table. */
    public Dataset<Row> read(TableContract contract) {
        return StorageGuard.guard(
                "cannot read " + contract.name(), () -> tables.rows(contract).select(contract.cols()));
    }

    /** Returns the rows of one date of a partitioned table. */
    public Dataset<Row> read(TableContract contract, LocalDate date) {
        return read(contract).where(dateOf(contract).equalTo(date(date)));
    }

    /** Returns the rows of these days of a partitioned table. */
    public Dataset<Row> read(TableContract contract, Collection<LocalDate> days) {
        return read(contract).where(among(contract, days));
    }

    /** Returns what the metadata of a partitioned table says of its days. */
    public TableDays days(TableContract contract) {
        return new TableDays(tables, contract);
    }

    /** Returns the rows of one date in the order of the table's key, for people to read. */
    public Dataset<Row> ordered(TableContract contract, LocalDate date) {
        Column[] key = contract.grain().stream().map(ColumnSpec::col).toArray(Column[]::new);
        Dataset<Row> rows = contract.partition().isPresent()
                ? read(contract, date)
                : read(contract).where(datedBy(contract, date));
        return rows.orderBy(key);
    }

    /** Returns what reads and replaces the rows of tables that hold few. */
    public FewRows fewRows() {
        return fewRows;
    }

    /** Returns what writes rows of a partitioned table within tasks. */
    public TableFiles files(TableContract contract) {
        return StorageGuard.guard(
                "cannot write " + contract.name(), () -> TableFiles.of(tables.load(contract), contract));
    }

    /**
     * Makes the rows of files that tasks have written the rows of exactly these days, in one commit; no files clear them. Of two that
     * replace the same days the last one stays.
     *
     * @throws RuntimeException (ours to mend) if a file is of another day
     */
    public void replaceDays(TableContract contract, List<TableFiles.Written> files, Set<LocalDate> days) {
        if (days.isEmpty()) {
            return;
        }
        StorageGuard.guard(
                "cannot write " + contract.name(),
                () -> TableFiles.replace(tables.load(contract), files, TableFiles.ofDays(contract, days)));
    }

    /** Removes files that tasks have written and nobody is to see. */
    public void discard(TableContract contract, List<TableFiles.Written> files) {
        StorageGuard.guard("cannot clear " + contract.name(), () -> {
            FileIO io = tables.load(contract).io();
            files.forEach(written -> written.files().forEach(file -> io.deleteFile(file.location())));
        });
    }

    /**
     * Takes the lease of a date for a run.
     *
     * @throws io.goodhart.failures.Failure.DateHeld if another run holds it
     */
    public Lease lease(RunRecord run, Duration length) {
        return StorageGuard.guard(
                "cannot take the lease of " + run.runDate(),
                () -> Lease.take(leases, run.runDate(), run.runId(), length));
    }

    /**
     * Waits until no other run brings the landing up to date, and keeps others from it until closed.
     *
     * @param whoIsAwaited is told once, where there is somebody to wait for
     */
    public LandingLease landingLease(String runId, Duration length, Consumer<String> whoIsAwaited) {
        return StorageGuard.guard(
                "cannot take the lease of the landing", () -> LandingLease.await(leases, runId, length, whoIsAwaited));
    }

    /** Does {@code work}; what storage refuses, wherever the work meets it, is told as {@code what} and why. */
    public static <T> T guarding(String what, Supplier<T> work) {
        return StorageGuard.guard(what, work);
    }

    /** As {@link #guarding}, for work that reads nothing of the input: a file that Spark cannot read is the storage's then. */
    public static <T> T guardingOwnFiles(String what, Supplier<T> work) {
        return StorageGuard.guardOwnFiles(what, work);
    }

    /** Returns the publication of the night that {@code lease} is for. */
    public Publication publication(Lease lease) {
        return publication(lease, contract -> {});
    }

    /** As {@link #publication(Lease)}; {@code afterEachSwitch} is told of every table that readers see from then on. */
    Publication publication(Lease lease, Consumer<TableContract> afterEachSwitch) {
        return new Publication(tables, runs, lease, afterEachSwitch);
    }

    /** Completes the runs that died while publishing and drops what dead runs had staged; returns the completed runs. */
    public List<String> recover(Duration leaseLength) {
        return StorageGuard.guard(
                "cannot complete an earlier run", () -> new Recovery(tables, runs, leases, leaseLength).recover());
    }

    LeaseBook leases() {
        return leases;
    }

    /** Records a run that failed before it held its date. */
    public void recordFailure(RunRecord run, int exitCode, String message) {
        StorageGuard.guard(
                "cannot record the failed run", () -> runs.write(run.failed(Instant.now(), exitCode, message)));
    }

    /** Records a run that has begun, for those who look meanwhile, and lest it die unseen. */
    public void recordBegun(RunRecord run) {
        StorageGuard.guard("cannot record the run", () -> runs.write(run));
    }

    /** Records a run that has made a model and published no night. */
    public void recordTraining(RunRecord run) {
        StorageGuard.guard("cannot record the run", () -> runs.write(run.trained(Instant.now())));
    }

    /** Adds counts to the row of a published run, under names of their own; what it has besides stays. */
    public void addCounts(RunRecord run, Map<String, Long> counts) {
        StorageGuard.guard("cannot record the counts", () -> runs.write(run.counting(counts)));
    }

    /** Returns what is known of runs. */
    public RunLog runs() {
        return runs;
    }

    /** Returns the model that the newest published run of {@code date} scored with, if one did. */
    public Optional<String> recordedModel(LocalDate date) {
        return runs.published(date).flatMap(run -> run.known().modelId());
    }

    /** Returns the row of the newest model that was trained for {@code date} or before. */
    public Optional<Row> newestModel(LocalDate date) {
        return fewRows
                .where(Models.CONTRACT, Expressions.lessThanOrEqual(Models.TRAINED_FOR.name(), date.toString()))
                .stream()
                .max(Comparator.comparing((Row model) -> model.<java.sql.Date>getAs(Models.TRAINED_FOR.name()))
                        .thenComparing(model -> model.<String>getAs(Models.RUN_ID.name())));
    }

    /** Returns the row of a model, if there is one. */
    public Optional<Row> model(String modelId) {
        return fewRows.where(Models.CONTRACT, Expressions.equal(Models.MODEL_ID.name(), modelId)).stream()
                .findFirst();
    }

    /** Adds the row of a new model. A row that is there already stays as it is. */
    public void addModel(Row model) {
        String modelId = model.getAs(Models.MODEL_ID.name());
        if (model(modelId).isEmpty()) {
            fewRows.replace(Models.CONTRACT, List.of(model), Expressions.equal(Models.MODEL_ID.name(), modelId));
        }
    }

    /** Tables that are not partitioned have a date of their own to be asked for. */
    private static Column datedBy(TableContract contract, LocalDate day) {
        return contract.columns().stream()
                .filter(column -> column.type().typeName().equals("date"))
                .findFirst()
                .map(column -> column.col().equalTo(date(day)))
                .orElse(lit(true));
    }

    private static Column among(TableContract contract, Collection<LocalDate> days) {
        return dateOf(contract).isin(dates(days));
    }

    private static Object[] dates(Collection<LocalDate> days) {
        return days.toArray();
    }

    private static Column date(LocalDate day) {
        return lit(day);
    }

    private static Column dateOf(TableContract contract) {
        return contract.partition()
                .orElseThrow(() -> new IllegalArgumentException(contract.name() + " has no days"))
                .col();
    }
}
