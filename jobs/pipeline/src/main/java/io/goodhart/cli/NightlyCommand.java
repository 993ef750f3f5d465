package io.goodhart.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.goodhart.jobs.NightlyJob;
import io.goodhart.jobs.NightlyJob.Training;
import io.goodhart.jobs.NightlyReport;
import io.goodhart.jobs.NightlyReport.InputLine;
import io.goodhart.jobs.NightlyReport.PatternLine;
import io.goodhart.session.Progress;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
    private static final String[] PATTERNS = {"pattern", "people", "tokens", "wasted USD"};
    private static final String[] INPUT = {
        "input of the window", "rows", "rejected", "out of window", "duplicate", "unmapped", "used"
    };

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
        out.println(table(INPUT, report.input().stream().map(NightlyCommand::cells)));
        List<PatternLine> patterns = report.patterns().stream()
                .filter(pattern -> pattern.people() > 0)
                .toList();
        if (!patterns.isEmpty()) {
            out.println(table(PATTERNS, patterns.stream().map(NightlyCommand::cells)));
        }
        report.message().ifPresent(out::println);
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

    private static String table(String[] header, Stream<Object[]> rows) {
        Column[] columns = Arrays.stream(header)
                .map(name -> new Column()
                        .header(name)
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(name.equals(header[0]) ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT))
                .toArray(Column[]::new);
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER, columns, rows.toArray(Object[][]::new));
    }

    private static Object[] cells(InputLine line) {
        return Stream.concat(
                        Stream.of(line.table()),
                        LongStream.of(
                                        line.rowsIn(),
                                        line.rejected(),
                                        line.outOfWindow(),
                                        line.duplicate(),
                                        line.unmapped(),
                                        line.used())
                                .mapToObj(rows -> String.format(Locale.ROOT, "%,d", rows)))
                .toArray();
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
