package io.goodhart.cli;

import static java.util.stream.Collectors.joining;

import io.goodhart.failures.Messages;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.warehouse.Warehouse;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** One table and one of its dates. */
final class TableOptions {
    @Option(
            names = "--table",
            required = true,
            paramLabel = "T",
            description = "a table of the warehouse, see docs/tables.md")
    private String table;

    @Option(
            names = "--date",
            required = true,
            paramLabel = "D",
            converter = StrictDate.class,
            description =
                    "as YYYY-MM-DD: its run date, or its event date where it is kept by event date; of person_weeks a Monday, of"
                            + " models the date that they were trained for")
    private LocalDate date;

    /** Returns the table that is asked for. */
    TableContract contract() {
        return Tables.inWarehouse(table)
                .orElseThrow(() -> Messages.noSuchTable(
                        table,
                        Tables.ofWarehouse().stream().map(TableContract::name).collect(joining(", "))));
    }

    /**
     * Returns the rows of the table and date, in the order of its key.
     *
     * @throws io.goodhart.failures.Failure.InputNotThere if the date has not been published
     */
    Dataset<Row> rows(Warehouse warehouse) {
        TableContract contract = contract();
        if (Tables.byRunDate().contains(contract)
                && warehouse.runs().published(date).isEmpty()) {
            throw Messages.notPublished(date, contract.name());
        }
        return warehouse.ordered(contract, date);
    }

    LocalDate date() {
        return date;
    }
}
