package io.goodhart.cli;

import com.github.freva.asciitable.AsciiTable;
import io.goodhart.jobs.NightlyJob;
import io.goodhart.jobs.NightlyJob.Training;
import io.goodhart.jobs.NightlyReport;
import io.goodhart.jobs.NightlyReport.PatternLine;
import io.goodhart.session.Progress;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the night of a date. */
@Command(
        name = "nightly",
        description = "Run the night of a date: check, landing, windows, train when due, score, findings, publish."
                + " Safe to run again: it replaces the date and nothing else.")
final class NightlyCommand implements Callable<Integer> {
    private static final String[] HEADER = {"pattern", "people", "tokens", "wasted USD"};

    @Mixin
    private WarehouseOptions options;

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
            description = "the run date, as YYYY-MM-DD: windows end on it, later partitions are not read")
    private LocalDate date;

    @Option(names = "--retrain", description = "train a new model, even where one is recorded or in force")
    private boolean retrain;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        NightlyReport report = options.writing(opened -> new NightlyJob(
                        opened.spark(),
                        opened.warehouse(),
                        opened.settings(),
                        options.modelFolder(opened.settings()),
                        new Progress(Optional.of(opened.spark().sparkContext()), out),
                        Goodhart.version())
                .run(date, input, retrain ? Training.ALWAYS : Training.WHEN_DUE));
        print(report, out);
        return 0;
    }

    private void print(NightlyReport report, PrintWriter out) {
        report.message().ifPresent(out::println);
        if (report.flagged() > 0) {
            Object[][] cells = report.patterns().stream()
                    .filter(pattern -> pattern.people() > 0)
                    .map(NightlyCommand::cells)
                    .toArray(Object[][]::new);
            out.println(AsciiTable.getTable(
                    AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER, HEADER, null, cells));
        }
        out.printf(
                Locale.ROOT,
                "%s: %,d people, %,d judged, %,d unusual, %,d suppressed; run %s, model %s%n",
                report.runDate(),
                report.people(),
                report.judged(),
                report.flagged(),
                report.suppressed(),
                report.runId(),
                report.modelId().orElse("none"));
        out.println("Tables: " + options.whereTablesAre(options.settings())
                + "; people are shown by `goodhart show` and `export`.");
        out.flush();
    }

    private static Object[] cells(PatternLine pattern) {
        return new Object[] {
            pattern.name(),
            String.format(Locale.ROOT, "%,d", pattern.people()),
            String.format(Locale.ROOT, "%,d", pattern.totalTokens()),
            pattern.wastedUsd()
                    .map(usd -> String.format(Locale.ROOT, "%,.2f", usd))
                    .orElse("not known")
        };
    }
}
