package io.goodhart.cli;

import io.goodhart.failures.Messages;
import io.goodhart.warehouse.ExportFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes one table and date as a single file. */
@Command(name = "export", description = "Write one table and date as a single file, for people without Spark.")
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private WarehouseOptions options;

    @Mixin
    private TableOptions table;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "the file; its ending says the form: .parquet, .csv or .jsonl")
    private Path to;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String name = table.contract().name();
        ExportFormat format = ExportFormat.of(to)
                .orElseThrow(() ->
                        Messages.invalidArguments(List.of("--to " + to + ": must end with .parquet, .csv or .jsonl")));
        return options.reading(opened -> {
            long rows = format.write(table.rows(opened.warehouse()), to);
            spec.commandLine().getOut().println(name + " of " + table.date() + ": " + rows + " rows to " + to);
            spec.commandLine().getOut().flush();
            return 0;
        });
    }
}
