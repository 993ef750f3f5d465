package io.goodhart.cli;

import io.goodhart.evaluation.EvaluationText;
import io.goodhart.evaluation.Rehearsal;
import io.goodhart.evaluation.RehearsalReport;
import io.goodhart.failures.Messages;
import io.goodhart.session.Progress;
import io.goodhart.tables.UsageScores;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays known gaming in a published night's own data. */
@Command(
        name = "rehearse",
        description =
                "Play known gaming in copies of your own people's events, and tell what the night would have found of it."
                        + " The tables of the night stay as they are; the figures join its counts in `runs`.")
final class RehearseCommand implements Callable<Integer> {
    @Mixin
    private WarehouseOptions options;

    @Option(
            names = "--date",
            required = true,
            paramLabel = "D",
            converter = StrictDate.class,
            description = "the run date of a published night, as YYYY-MM-DD")
    private LocalDate date;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "folder of the input tables (default: the input that the night was made from)")
    private String input;

    @Option(
            names = "--volume",
            paramLabel = "V",
            split = ",",
            defaultValue = "1,0.5,0.25",
            description = "how loud the gaming is, 1 being that of simulate (default: ${DEFAULT-VALUE})")
    private List<Double> volumes;

    @Option(
            names = "--people",
            paramLabel = "N",
            defaultValue = "3",
            description = "how many people play each behaviour (default: ${DEFAULT-VALUE})")
    private int people;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (people < 1 || volumes.stream().anyMatch(volume -> !(volume > 0 && volume <= 10))) {
            throw Messages.invalidArguments(List.of("--people is at least 1, and --volume above 0 and up to 10"));
        }
        PrintWriter out = spec.commandLine().getOut();
        RehearsalReport report = options.reading(opened -> {
            String root = Optional.ofNullable(input)
                    .or(() -> opened.warehouse()
                            .runs()
                            .published(date)
                            .map(run -> run.begun().config().get("input")))
                    .orElseThrow(() -> Messages.notPublished(date, UsageScores.CONTRACT.name()));
            return new Rehearsal(
                            opened.spark(),
                            opened.warehouse(),
                            opened.settings(),
                            options.modelFolder(opened.settings()),
                            new Progress(Optional.of(opened.spark().sparkContext()), out))
                    .run(date, root, volumes, people);
        });
        EvaluationText.lines(report).forEach(out::println);
        out.flush();
        return 0;
    }
}
