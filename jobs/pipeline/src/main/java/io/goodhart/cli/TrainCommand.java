package io.goodhart.cli;

import io.goodhart.jobs.NightlyJob;
import io.goodhart.session.Progress;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model. */
@Command(
        name = "train",
        description =
                "Train a new model from the months before a date. `nightly` uses the newest one not later than its date, if that is at most"
                        + " model_max_age_days old and of the same features and settings, and trains one itself otherwise."
                        + " Where the history is too short there is no model, and the exit code is 0.")
final class TrainCommand implements Callable<Integer> {
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
            description = "the date that the model is for, as YYYY-MM-DD; it learns from windows that end weeks before")
    private LocalDate date;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Optional<String> modelId = options.writing(opened -> new NightlyJob(
                        opened.spark(),
                        opened.warehouse(),
                        opened.settings(),
                        options.modelFolder(opened.settings()),
                        new Progress(Optional.of(opened.spark().sparkContext()), out),
                        Goodhart.version())
                .train(date, input));
        out.println(modelId.map(id -> "model " + id)
                .orElse("no model: fewer windows to learn from than minimum_training_windows"));
        out.flush();
        return 0;
    }
}
