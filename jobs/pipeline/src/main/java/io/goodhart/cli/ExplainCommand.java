package io.goodhart.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.goodhart.jobs.desk.ExplainJob;
import io.goodhart.jobs.desk.Explanation;
import io.goodhart.jobs.desk.Explanation.Fact;
import io.goodhart.jobs.desk.Explanation.Reason;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints everything that a night says of one person. */
@Command(
        name = "explain",
        description = "Print one finding in full, or why a person is none. Shows a person: not for a log.")
final class ExplainCommand implements Callable<Integer> {
    private static final int TEXT_WIDTH = 100;

    @Mixin
    private WarehouseOptions options;

    @Option(names = "--person", required = true, paramLabel = "P", description = "a person_id of usage_scores")
    private String person;

    @Option(
            names = "--date",
            required = true,
            paramLabel = "D",
            converter = StrictDate.class,
            description = "a published run date, as YYYY-MM-DD")
    private LocalDate date;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        print(
                options.reading(opened -> new ExplainJob(opened.warehouse()).run(person, date)),
                spec.commandLine().getOut());
        return 0;
    }

    private static void print(Explanation explanation, PrintWriter out) {
        out.println(explanation.verdict());
        out.println();
        out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER,
                explanation.facts(),
                List.of(text("what").with(Fact::name), text("value").with(Fact::value))));
        if (!explanation.reasons().isEmpty()) {
            out.println();
            out.println(AsciiTable.getTable(
                    AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER,
                    explanation.reasons(),
                    List.of(
                            text("reason").with(Reason::text),
                            text("too").with(Reason::direction),
                            new Column()
                                    .header(explanation.weighedBy())
                                    .with(reason -> String.format(Locale.ROOT, "%+.3f", reason.weight())))));
        }
        if (!explanation.sum().isEmpty()) {
            out.println(explanation.sum());
        }
        if (!explanation.clearing().isEmpty()) {
            out.println();
            out.println("What would clear it:");
            explanation.clearing().forEach(sentence -> out.println("- " + sentence));
        }
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
