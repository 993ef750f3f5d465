package io.goodhart.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.goodhart.jobs.desk.CompareJob;
import io.goodhart.jobs.desk.Comparison;
import io.goodhart.jobs.desk.Comparison.Change;
import io.goodhart.jobs.desk.Comparison.PatternChange;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what changed from one night to another. */
@Command(
        name = "compare",
        description =
                "Print what is new, gone and moved between two published nights, and why. Shows people: not for a log.")
final class CompareCommand implements Callable<Integer> {
    private static final int TEXT_WIDTH = 90;

    @Mixin
    private WarehouseOptions options;

    @Option(
            names = "--date",
            required = true,
            paramLabel = "A",
            converter = StrictDate.class,
            description = "the night that is looked at, as YYYY-MM-DD")
    private LocalDate date;

    @Option(
            names = "--with",
            required = true,
            paramLabel = "B",
            converter = StrictDate.class,
            description = "the night that it is compared with, as YYYY-MM-DD")
    private LocalDate with;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        print(
                options.reading(opened -> new CompareJob(opened.warehouse()).run(date, with)),
                spec.commandLine().getOut());
        return 0;
    }

    private void print(Comparison comparison, PrintWriter out) {
        comparison.nights().forEach(out::println);
        if (!comparison.patterns().isEmpty()) {
            out.println();
            out.println(AsciiTable.getTable(
                    AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER,
                    comparison.patterns(),
                    List.of(
                            text("pattern").with(PatternChange::name),
                            new Column().header("people").with(PatternChange::people),
                            new Column().header("wasted USD").with(PatternChange::wastedUsd),
                            text("what became of it").with(PatternChange::became))));
        }
        if (!comparison.changes().isEmpty()) {
            out.println();
            out.println(AsciiTable.getTable(
                    AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER,
                    comparison.changes(),
                    List.of(
                            text("change").with(Change::kind),
                            text("person").with(Change::personId),
                            new Column().header("rank").with(Change::rank),
                            new Column().header("score").with(Change::score),
                            text("pattern").with(Change::pattern),
                            text("why").with(Change::why))));
        }
        out.println(comparison.summary());
        out.flush();
    }

    private static Column text(String header) {
        return new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(TEXT_WIDTH);
    }
}
