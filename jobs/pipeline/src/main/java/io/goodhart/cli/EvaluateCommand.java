package io.goodhart.cli;

import io.goodhart.evaluation.Evaluation;
import io.goodhart.evaluation.EvaluationReport;
import io.goodhart.evaluation.EvaluationText;
import io.goodhart.failures.Messages;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.input.Input;
import io.goodhart.warehouse.input.TruthFile;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a published night of a company whose gaming is known. */
@Command(
        name = "evaluate",
        description = "Measure a published night against known labels, beside the rankings that users have today.")
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private WarehouseOptions options;

    @Option(
            names = "--date",
            required = true,
            paramLabel = "D",
            converter = StrictDate.class,
            description = "the run date of the night, as YYYY-MM-DD")
    private LocalDate date;

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "FILE",
            description = "Parquet of person_id, truth (a behaviour; ~kind: an honest look-alike; empty: honest),"
                    + " gaming_from, and wasted_tokens and wasted_usd where known")
    private String truth;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "folder with declared_workloads, whose owners are not ranked"
                    + " (default: the input that the night was made from)")
    private String input;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EvaluationReport report = options.reading(opened -> {
            String root = Optional.ofNullable(input)
                    .or(() -> opened.warehouse().runs().published(date).map(EvaluateCommand::inputOf))
                    .orElseThrow(() -> Messages.notPublished(date, UsageScores.CONTRACT.name()));
            return new Evaluation(opened.warehouse(), opened.settings())
                    .measure(
                            date,
                            TruthFile.read(opened.spark(), truth),
                            Input.open(opened.spark(), root, date)
                                    .check(Set.of())
                                    .dimension(DeclaredWorkloads.CONTRACT)
                                    .rows());
        });
        PrintWriter out = spec.commandLine().getOut();
        EvaluationText.lines(report).forEach(out::println);
        out.flush();
        return 0;
    }

    private static String inputOf(RunRecord run) {
        return run.begun().config().get("input");
    }
}
