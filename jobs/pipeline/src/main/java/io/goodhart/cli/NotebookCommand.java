package io.goodhart.cli;

import io.goodhart.failures.Messages;
import io.goodhart.notebooks.NotebookExport;
import io.goodhart.tables.UsageScores;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a notebook on the published tables and writes its page. */
@Command(name = "notebook", description = "Run a notebook on the published tables and write its page. Shows people.")
final class NotebookCommand implements Callable<Integer> {
    @Mixin
    private WarehouseOptions options;

    @Option(
            names = "--date",
            required = true,
            paramLabel = "D",
            converter = StrictDate.class,
            description = "the run date that it looks at, as YYYY-MM-DD")
    private LocalDate date;

    @Option(
            names = "--notebook",
            paramLabel = "FILE",
            defaultValue = "notebooks-export/morning_review.sql",
            description = "the notebook in source form (default: ${DEFAULT-VALUE})")
    private Path notebook;

    @Option(names = "--to", paramLabel = "FILE", description = "the page (default: beside the notebook, as .html)")
    private Path to;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path target = to == null ? NotebookExport.besides(notebook) : to;
        return options.reading(opened -> {
            if (opened.warehouse().runs().published(date).isEmpty()) {
                throw Messages.notPublished(date, UsageScores.CONTRACT.name());
            }
            NotebookExport.refresh(
                    opened.spark(), notebook, target, options.scratch(), Map.of("run_date", date.toString()));
            spec.commandLine().getOut().println(notebook + " of " + date + ": written to " + target);
            spec.commandLine().getOut().flush();
            return 0;
        });
    }
}
