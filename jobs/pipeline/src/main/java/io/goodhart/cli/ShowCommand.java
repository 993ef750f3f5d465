package io.goodhart.cli;

import com.github.freva.asciitable.AsciiTable;
import io.goodhart.failures.Messages;
import io.goodhart.tables.ColumnSpec;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints rows of one table and date. */
@Command(name = "show", description = "Print rows of one table and date. Shows people: not for a log.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private WarehouseOptions options;

    @Mixin
    private TableOptions table;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "at most so many rows (default: ${DEFAULT-VALUE})")
    private int limit;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (limit < 0) {
            throw Messages.invalidArguments(List.of("--limit " + limit + ": must be 0 or more"));
        }
        List<ColumnSpec> columns = table.contract().columns();
        return options.reading(opened -> {
            Dataset<Row> rows = table.rows(opened.warehouse());
            print(columns, texts(rows, columns), rows.count());
            return 0;
        });
    }

    private List<Row> texts(Dataset<Row> rows, List<ColumnSpec> columns) {
        Column[] asText = columns.stream()
                .map(column -> column.col().cast("string").as(column.name()))
                .toArray(Column[]::new);
        return rows.limit(limit).select(asText).collectAsList();
    }

    private void print(List<ColumnSpec> columns, List<Row> rows, long all) {
        String[] header = columns.stream().map(ColumnSpec::name).toArray(String[]::new);
        Object[][] cells = rows.stream().map(ShowCommand::cells).toArray(Object[][]::new);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER, header, null, cells));
        out.println(rows.size() + " of " + all + " rows");
        out.flush();
    }

    private static Object[] cells(Row row) {
        Object[] cells = new Object[row.size()];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = row.isNullAt(cell) ? "" : row.getString(cell);
        }
        return cells;
    }
}
