package io.goodhart.warehouse.input;

import io.goodhart.failures.Messages;
import io.goodhart.tables.People;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/**
 * The input of a run: what lies under the input root up to the run date, listed once. Open, ask which days changed, check those, read
 * them:
 *
 * <pre>{@code
 * Input input = Input.open(spark, root, runDate);
 * input.requireUsage();
 * CheckedInput checked = input.check(changedDays);
 * EventScan usage = checked.scan(UsageEvents.CONTRACT, changedDays, wantedColumns, runId);
 * }</pre>
 */
public final class Input {
    private final SparkSession spark;
    private final InputFolder folder;
    private final LocalDate runDate;

    private Input(SparkSession spark, InputFolder folder, LocalDate runDate) {
        this.spark = spark;
        this.folder = folder;
        this.runDate = runDate;
    }

    /**
     * Lists the input under {@code root}, a Hadoop path; partitions after {@code runDate} are not there for this run.
     *
     * @throws io.goodhart.failures.Failure.InputNotThere if there is no such folder
     * @throws io.goodhart.failures.Failure.OffContract if it cannot be listed, or holds Parquet where the contract has no place for it
     */
    public static Input open(SparkSession spark, String root, LocalDate runDate) {
        if (!spark.conf().get("spark.sql.session.timeZone").equals("UTC")) {
            throw new IllegalStateException("days are UTC days: the session's time zone must be UTC");
        }
        return new Input(spark, InputFolder.list(spark.sparkContext().hadoopConfiguration(), root, runDate), runDate);
    }

    /** Requires that one of the usage tables holds the run date: without it there is nothing to look at yet. */
    public void requireUsage() {
        if (InputTables.USAGE.stream().noneMatch(table -> days(table).contains(runDate))) {
            throw Messages.noUsageOn(runDate, folder.root());
        }
    }

    /** Returns the days up to the run date of which an event table holds a file. */
    public NavigableSet<LocalDate> days(TableContract contract) {
        return folder.days(contract);
    }

    /** Returns the days up to the run date of which any event table holds a file. */
    public NavigableSet<LocalDate> days() {
        NavigableSet<LocalDate> days = new TreeSet<>();
        Tables.ofEvents().forEach(table -> days.addAll(days(table)));
        return days;
    }

    /** Returns whether the table has a file at all, up to the run date. */
    public boolean holds(TableContract contract) {
        return !folder.files(contract).isEmpty();
    }

    /** Returns how many files the table has on these days, or altogether where it is not partitioned. */
    public int files(TableContract contract, Set<LocalDate> days) {
        return folder.wanted(contract, days).size();
    }

    /** Returns a hash of an event table's files, by day that holds one. It changes when a day's files do. */
    public Map<LocalDate, String> fingerprints(TableContract contract) {
        return folder.fingerprints(contract);
    }

    /** Returns a hash of all files of a table up to the run date. */
    public String fingerprint(TableContract contract) {
        return Fingerprint.of(folder.files(contract));
    }

    /**
     * Holds the footers of all files of these days, and of all tables that are not partitioned, against the contract.
     *
     * @throws io.goodhart.failures.Failure.OffContract naming every file and column that is wrong (the first few, and how many more), or
     *     the table of people if it is not there
     */
    public CheckedInput check(Set<LocalDate> days) {
        if (!holds(People.CONTRACT)) {
            throw Messages.missingTable(People.CONTRACT.name(), folder.root());
        }
        List<InputFile> wanted = InputTables.ALL.stream()
                .flatMap(table -> folder.wanted(table, days).stream())
                .toList();
        List<FileFooter> footers = new FooterReader(spark).read(wanted);
        List<String> problems = new ArrayList<>();
        footers.forEach(footer -> problems.addAll(footer.problems()));
        if (!problems.isEmpty()) {
            throw Messages.offContract(Problems.firstOf(problems));
        }
        return new CheckedInput(spark, folder, footers);
    }
}
