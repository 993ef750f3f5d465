package io.goodhart.jobs;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.failures.Messages;
import io.goodhart.features.WindowFeatures;
import io.goodhart.session.Deadline;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SourceHealth;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** What a published night would have found, had the landing held other days. It reads the warehouse and writes nothing. */
public final class Rejudgement implements AutoCloseable {
    private final Run run;
    private final Deadline deadline;
    private final TrainedModel model;
    private final History history;

    private Rejudgement(Run run, Deadline deadline, TrainedModel model, History history) {
        this.run = run;
        this.deadline = deadline;
        this.model = model;
        this.history = history;
    }

    /**
     * Opens the newest published run of {@code runDate}, with the model that it scored with.
     *
     * @param modelFolder where models are saved, a Hadoop path
     * @param checked the small tables of the input
     * @throws io.goodhart.failures.Failure.InputNotThere if no run of the date is published, or it judged nobody
     * @throws io.goodhart.failures.Failure.ModelUnfit if its model was trained on windows of another cut
     */
    public static Rejudgement of(
            SparkSession spark,
            Warehouse warehouse,
            Settings settings,
            String modelFolder,
            Progress progress,
            LocalDate runDate,
            CheckedInput checked) {
        RunRecord published = warehouse
                .runs()
                .published(runDate)
                .orElseThrow(() -> Messages.notPublished(runDate, UsageScores.CONTRACT.name()));
        ModelStore models = new ModelStore(warehouse, modelFolder);
        Map<String, String> windowSettings = new TrainingStep(settings, models).windowSettings();
        TrainedModel model = published
                .known()
                .modelId()
                .flatMap(modelId -> models.find(modelId, windowSettings))
                .orElseThrow(() -> Messages.nobodyJudged(runDate));
        Deadline none = Deadline.begin(spark.sparkContext(), runDate, published.runId(), Duration.ZERO);
        Run run = new Run(spark, warehouse, settings, progress, none, published);
        NightDays days = run.days();
        List<Row> health = warehouse.fewRows().between(SourceHealth.CONTRACT, days.historyFrom(), runDate);
        LocalDate start = warehouse
                .days(PersonDays.CONTRACT)
                .first(days.historyFrom(), runDate)
                .orElse(runDate);
        return new Rejudgement(run, none, model, new History(run, Dimensions.of(checked), start, health));
    }

    /** Returns the people whom the night would have flagged; as many as the alert budget allows. */
    public List<String> flagged(Dataset<Row> personDays) {
        try (WindowFeatures features = history.features(personDays)) {
            Dataset<Row> windows = features.endingOn(
                            List.of(run.days().runDate()), model.honest().knowPasts())
                    .withColumn(PersonWindows.RUN_ID.name(), lit(run.id()))
                    .select(PersonWindows.CONTRACT.cols())
                    .persist(StorageLevel.MEMORY_AND_DISK());
            try {
                Verdicts verdicts = new Verdicts(
                        run, history, run.warehouse().runs().prior(run.days().runDate()));
                return verdicts.inRank(verdicts.judged(windows, model))
                        .select(PersonWindows.PERSON_ID.col())
                        .as(Encoders.STRING())
                        .collectAsList();
            } finally {
                windows.unpersist();
            }
        }
    }

    @Override
    public void close() {
        deadline.close();
    }
}
