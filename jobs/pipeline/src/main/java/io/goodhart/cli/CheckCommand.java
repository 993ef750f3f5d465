package io.goodhart.cli;

import com.github.freva.asciitable.AsciiTable;
import io.goodhart.jobs.check.CheckJob;
import io.goodhart.jobs.check.CheckReport;
import io.goodhart.jobs.check.CheckReport.TableReport;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at the input alone. */
@Command(name = "check", description = "Look at the input alone: footers, rules, coverage. Writes nothing.")
final class CheckCommand implements Callable<Integer> {
    private static final String[] HEADER = {
        "table",
        "files",
        "days",
        "first",
        "last",
        "empty days",
        "rows",
        "rejected",
        "duplicate",
        "unmapped",
        "used",
        "unknown values"
    };

    @Mixin
    private SessionOptions options;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            defaultValue = "data-samples",
            description = "folder of the input tables (default: ${DEFAULT-VALUE})")
    private String input;

    @Option(
            names = "--date",
            required = true,
            paramLabel = "D",
            converter = StrictDate.class,
            description = "the last day to look at, as YYYY-MM-DD; history_days back from it are looked at")
    private LocalDate date;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CheckReport report = options.with((spark, settings) ->
                new CheckJob(spark).run(input, date, settings.windows().historyDays(), settings.maxRejectedShare()));
        PrintWriter out = spec.commandLine().getOut();
        Object[][] cells = report.tables().stream().map(CheckCommand::cells).toArray(Object[][]::new);
        out.println(
                AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER, HEADER, null, cells));
        report.tables().stream()
                .filter(table -> !table.extraColumns().isEmpty())
                .forEach(table -> out.println(
                        table.table() + ": columns that nobody reads: " + String.join(", ", table.extraColumns())));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        report.failures().forEach(failure -> err.println("goodhart: " + failure.getMessage()));
        err.flush();
        return report.exitCode().code();
    }

    private static Object[] cells(TableReport table) {
        return new Object[] {
            table.table(),
            table.files(),
            table.days(),
            table.firstDay().map(LocalDate::toString).orElse(""),
            table.lastDay().map(LocalDate::toString).orElse(""),
            table.emptyDays(),
            table.rows(),
            table.rejected(),
            table.duplicate(),
            table.unmapped(),
            table.used(),
            table.unknownValues()
        };
    }
}
