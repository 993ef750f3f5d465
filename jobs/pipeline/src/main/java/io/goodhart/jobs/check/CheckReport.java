package io.goodhart.jobs.check;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a look at the input found.
 *
 * @param input the input root, as given
 * @param until the last day looked at
 * @param tables one entry a table of the contract, in its order; empty where the footers already failed
 * @param failures what would stop a run, in the order in which a run would meet it; empty: nothing
 */
public record CheckReport(String input, LocalDate until, List<TableReport> tables, List<Failure> failures) {
    public CheckReport {
        tables = List.copyOf(tables);
        failures = List.copyOf(failures);
    }

    /** Returns what the process exits with: the first failure's code, as a run would. */
    public ExitCode exitCode() {
        return failures.stream().findFirst().map(Failure::exitCode).orElse(ExitCode.DONE);
    }

    /**
     * One table.
     *
     * @param table its name
     * @param files its files; 0: the table is not there
     * @param days the days of which it holds a file; 0 where it is not partitioned
     * @param firstDay the first of them
     * @param lastDay the last of them
     * @param emptyDays days between the first and the last of which it holds no file
     * @param rows rows in the footers
     * @param rejected rows that break a rule
     * @param duplicate rows whose key a better row has
     * @param unmapped rows of accounts that are mapped to nobody
     * @param used rows that are left
     * @param unknownValues values of optional enumerations that were made null
     * @param extraColumns columns that the contract does not know and nobody reads
     */
    public record TableReport(
            String table,
            int files,
            int days,
            Optional<LocalDate> firstDay,
            Optional<LocalDate> lastDay,
            int emptyDays,
            long rows,
            long rejected,
            long duplicate,
            long unmapped,
            long used,
            long unknownValues,
            List<String> extraColumns) {
        public TableReport {
            extraColumns = List.copyOf(extraColumns);
        }
    }
}
