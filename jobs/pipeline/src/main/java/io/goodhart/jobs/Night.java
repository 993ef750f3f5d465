package io.goodhart.jobs;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.features.WindowFeatures;
import io.goodhart.findings.Findings;
import io.goodhart.jobs.NightlyJob.Training;
import io.goodhart.jobs.NightlyReport.InputLine;
import io.goodhart.jobs.NightlyReport.PatternLine;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.Publication;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.input.Input;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The steps of a night: check, landing, windows, train when due, score, findings, publish. */
final class Night {
    private final Run run;
    private final ModelStep modelStep;
    private final Training training;

    Night(Run run, ModelStore models, Training training) {
        this.run = run;
        this.modelStep = new ModelStep(run, models);
        this.training = training;
    }

    /** Makes a model and publishes nothing; returns its id, or nothing where there are too few windows to learn from. */
    Optional<String> train(String inputRoot) {
        History history = history(inputRoot, Optional.empty());
        try (WindowFeatures features = features(history)) {
            Optional<String> modelId =
                    modelStep.model(training, features, history).map(TrainedModel::modelId);
            run.learn(record -> record.scoredBy(modelId));
            return modelId;
        }
    }

    NightlyReport publish(String inputRoot, Publication publication) {
        Optional<RunRecord> prior = run.warehouse().runs().prior(run.days().runDate());
        History history = history(inputRoot, prior);
        try (WindowFeatures features = features(history)) {
            Optional<TrainedModel> found = modelStep.model(training, features, history);
            Optional<String> noVerdict = history.noVerdict(found);
            Optional<TrainedModel> model = found.filter(fit -> noVerdict.isEmpty());
            Verdicts verdicts = new Verdicts(run, history, prior);
            JudgedWindows windows = run.progress()
                    .step(
                            "person windows",
                            () -> staged(publication, verdicts, windows(features, noVerdict, model), model),
                            JudgedWindows::people);
            Dataset<Row> judged = windows.rows();
            try {
                Findings findings = model.map(fit -> run.progress()
                                .step(
                                        "findings",
                                        () -> verdicts.findings(judged, fit, features),
                                        made -> made.findings().size()))
                        .orElse(Findings.none());
                stage(publication, judged, findings, model);
                List<InputLine> counts = WindowCounts.of(run);
                run.learn(record ->
                        record.scoredBy(model.map(TrainedModel::modelId)).counting(named(counts, findings)));
                Optional<String> message = noVerdict.map(History::words);
                message.ifPresent(words -> run.learn(record -> record.saying(words)));
                run.deadline().lift();
                run.progress().step("publish", () -> {
                    publication.publish(run.record());
                });
                return report(windows.people(), judged, findings, model, counts, message);
            } finally {
                judged.unpersist();
            }
        }
    }

    private static Map<String, Long> named(List<InputLine> lines, Findings findings) {
        Map<String, Long> counts = new TreeMap<>(WindowCounts.byName(lines));
        counts.putAll(findings.counts());
        return counts;
    }

    /** Brings the landing up to date with the input. */
    private History history(String inputRoot, Optional<RunRecord> prior) {
        Input input = Input.open(run.spark(), inputRoot, run.days().runDate());
        input.requireUsage();
        run.learn(record -> record.reading(fingerprints(input), prior.map(RunRecord::runId)));
        return new LandingUpdate(run).bring(input);
    }

    private static Map<String, String> fingerprints(Input input) {
        Map<String, String> fingerprints = new TreeMap<>();
        Stream.of(Tables.ofEvents(), Tables.ofDimensions())
                .flatMap(List<TableContract>::stream)
                .forEach(table -> fingerprints.put(table.name(), input.fingerprint(table)));
        return fingerprints;
    }

    /**
     * The night's windows and what the model says of them, kept for all the steps that look at them.
     *
     * @param people how many there are: one a person
     */
    private record JudgedWindows(Dataset<Row> rows, long people) {}

    private static JudgedWindows staged(
            Publication publication, Verdicts verdicts, Dataset<Row> windows, Optional<TrainedModel> model) {
        Dataset<Row> judged = model.map(fit -> verdicts.judged(windows, fit))
                .orElseGet(() -> Verdicts.unjudged(windows))
                .persist(StorageLevel.MEMORY_AND_DISK());
        return new JudgedWindows(judged, publication.stage(PersonWindows.CONTRACT, judged));
    }

    private WindowFeatures features(History history) {
        return run.progress().telling("policies and models", history::features, ready -> "");
    }

    private Dataset<Row> windows(WindowFeatures features, Optional<String> noVerdict, Optional<TrainedModel> model) {
        boolean lookingBack = model.map(fit -> fit.honest().knowPasts()).orElse(true);
        Dataset<Row> windows = features.endingOn(List.of(run.days().runDate()), lookingBack)
                .withColumn(PersonWindows.RUN_ID.name(), lit(run.id()));
        return noVerdict
                .map(reason -> windows.withColumn(PersonWindows.INSUFFICIENT.name(), lit(reason)))
                .orElse(windows)
                .select(PersonWindows.CONTRACT.cols());
    }

    private void stage(Publication publication, Dataset<Row> judged, Findings findings, Optional<TrainedModel> model) {
        run.progress()
                .step(
                        "stage findings",
                        () -> {
                            publication.stage(UsagePatterns.CONTRACT, findings.patterns());
                            return publication.stage(SuspiciousUsage.CONTRACT, findings.findings());
                        },
                        rows -> rows);
        run.progress()
                .step(
                        "stage scores",
                        () -> publication.stage(
                                UsageScores.CONTRACT, Verdicts.scores(judged, findings.flagged(), model)),
                        rows -> rows);
    }

    private NightlyReport report(
            long people,
            Dataset<Row> judged,
            Findings findings,
            Optional<TrainedModel> model,
            List<InputLine> counts,
            Optional<String> message) {
        long flagged = findings.flagged().size();
        List<PatternLine> patterns = findings.patterns().stream()
                .map(row -> new PatternLine(
                        row.getAs(UsagePatterns.NAME.name()),
                        row.<Long>getAs(UsagePatterns.PEOPLE.name()),
                        row.<Long>getAs(UsagePatterns.TOTAL_TOKENS.name()),
                        Optional.ofNullable(row.getAs(UsagePatterns.WASTED_USD.name()))))
                .toList();
        return new NightlyReport(
                run.days().runDate(),
                run.id(),
                model.map(TrainedModel::modelId),
                people,
                judged.where(UsageScores.SCORE.col().isNotNull()).count(),
                flagged,
                findings.findings().size() - flagged,
                patterns,
                counts,
                message);
    }
}
