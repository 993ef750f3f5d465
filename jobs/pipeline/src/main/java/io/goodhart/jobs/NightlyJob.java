package io.goodhart.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure;
import io.goodhart.features.FeatureSettings;
import io.goodhart.features.TrailingWeeks;
import io.goodhart.features.WindowFeatures;
import io.goodhart.findings.Findings;
import io.goodhart.findings.Judgement;
import io.goodhart.findings.Prior;
import io.goodhart.findings.Since;
import io.goodhart.jobs.NightlyReport.PatternLine;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.Lease;
import io.goodhart.warehouse.Publication;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.Input;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** A night: check, landing, windows, train when due, score, findings, publish. Running it twice changes nothing but run id and times. */
public final class NightlyJob {
    private static final String TOO_LITTLE_HISTORY = "too_little_history";
    private static final String NO_OUTPUT_SOURCE = "no_output_source";

    private final SparkSession spark;
    private final Warehouse warehouse;
    private final Settings settings;
    private final ModelStore models;
    private final Progress progress;
    private final String codeVersion;

    /**
     * @param modelFolder where models are saved, a Hadoop path
     * @param codeVersion version of the program, for {@code runs}
     */
    public NightlyJob(
            SparkSession spark,
            Warehouse warehouse,
            Settings settings,
            String modelFolder,
            Progress progress,
            String codeVersion) {
        this.spark = spark;
        this.warehouse = warehouse;
        this.settings = settings;
        this.models = new ModelStore(warehouse, modelFolder);
        this.progress = progress;
        this.codeVersion = codeVersion;
    }

    /** Whether and how a model is made. */
    public enum Training {
        /** When none is in force; a rerun takes the recorded model. */
        WHEN_DUE,
        /** A new one for the date, whatever there is. */
        ALWAYS
    }

    /**
     * Runs the night of {@code runDate}, and leaves a row in {@code runs} whether it succeeds or not.
     *
     * @throws Failure if the input, the settings, the lease or the storage do not allow it
     */
    public NightlyReport run(LocalDate runDate, String inputRoot, Training training) {
        RunRecord run = RunRecord.begin(runDate, Instant.now(), codeVersion, config(inputRoot));
        try (Lease lease = leased(run)) {
            Publication publication = warehouse.publication(lease);
            try {
                return new Night(run, publication, inputRoot, training).run();
            } catch (Failure failure) {
                publication.fail(
                        run.timed(progress.seconds()), failure.exitCode().code(), failure.getMessage());
                throw failure;
            } catch (RuntimeException fault) {
                // the message of an unknown fault may hold a row's value
                publication.fail(
                        run.timed(progress.seconds()),
                        ExitCode.OUR_FAULT.code(),
                        fault.getClass().getName());
                throw fault;
            }
        }
    }

    /**
     * Trains a new model from the months before {@code runDate}, and publishes no night.
     *
     * @return the model's id; empty: too few windows to learn from
     * @throws Failure if the input, the settings, the lease or the storage do not allow it
     */
    public Optional<String> train(LocalDate runDate, String inputRoot) {
        RunRecord run = RunRecord.begin(runDate, Instant.now(), codeVersion, config(inputRoot));
        try (Lease lease = leased(run)) {
            return new Night(run, warehouse.publication(lease), inputRoot, Training.ALWAYS).train();
        } catch (Failure failure) {
            warehouse.recordFailure(
                    run.timed(progress.seconds()), failure.exitCode().code(), failure.getMessage());
            throw failure;
        }
    }

    private Lease leased(RunRecord run) {
        try {
            return warehouse.lease(run, Duration.ofSeconds(settings.leaseSeconds()));
        } catch (Failure held) {
            warehouse.recordFailure(run, held.exitCode().code(), held.getMessage());
            throw held;
        }
    }

    private Map<String, String> config(String inputRoot) {
        Map<String, String> config = new TreeMap<>(settings.asMap());
        config.put("input", inputRoot);
        return config;
    }

    /** One run: what its steps have in common. */
    private final class Night {
        private final LocalDate runDate;
        private final LocalDate windowStart;
        private final LocalDate historyFrom;
        private final Publication publication;
        private final String inputRoot;
        private final Training training;
        private RunRecord run;
        private Dimensions dimensions;

        Night(RunRecord run, Publication publication, String inputRoot, Training training) {
            this.run = run;
            this.runDate = run.runDate();
            this.windowStart = runDate.minusDays(settings.windows().windowDays() - 1L);
            this.historyFrom = runDate.minusDays(settings.windows().historyDays() - 1L);
            this.publication = publication;
            this.inputRoot = inputRoot;
            this.training = training;
        }

        NightlyReport run() {
            Input input = Input.open(spark, inputRoot, runDate);
            input.requireUsage();
            Optional<RunRecord> prior = warehouse.runs().prior(runDate);
            run = run.reading(fingerprints(input), prior.map(RunRecord::runId));

            land(input);
            LocalDate historyStart = historyStart();
            Dataset<Row> health = health(historyStart);
            try (WindowFeatures features = features(historyStart, health)) {
                Optional<TrainedModel> model =
                        progress.step("model", () -> model(features, historyStart), found -> found.isPresent() ? 1 : 0);
                Optional<String> noVerdict = noVerdict(historyStart, model);
                Dataset<Row> windows = windows(features, noVerdict);
                try {
                    return publish(
                            windows,
                            features,
                            historyStart,
                            model.filter(found -> noVerdict.isEmpty()),
                            prior,
                            noVerdict);
                } finally {
                    windows.unpersist();
                }
            }
        }

        Optional<String> train() {
            Input input = Input.open(spark, inputRoot, runDate);
            input.requireUsage();
            land(input);
            LocalDate historyStart = historyStart();
            try (WindowFeatures features = features(historyStart, health(historyStart))) {
                return progress.step("model", () -> model(features, historyStart), found -> found.isPresent() ? 1 : 0)
                        .map(TrainedModel::modelId);
            }
        }

        /** Reads and checks the days whose files are new or changed, and replaces them in the landing. */
        private void land(Input input) {
            LocalDate needed = windowStart.minusDays(settings.windows().baselineDays());
            StaleDays staleDays = new StaleDays(warehouse, input);
            NavigableSet<LocalDate> stale = repriced(input)
                    ? new TreeSet<>(input.days().tailSet(historyFrom, true))
                    : staleDays.byFiles(historyFrom, needed, runDate);
            CheckedInput checked = progress.step("check input", () -> input.check(stale), found -> stale.size());
            dimensions = Dimensions.of(checked);
            NavigableSet<LocalDate> otherClock = staleDays.byClock(dimensions.people(), historyFrom, runDate);
            otherClock.retainAll(input.days());
            if (!stale.containsAll(otherClock)) {
                stale.addAll(otherClock);
                checked = input.check(stale);
            }
            LandingStep landing =
                    new LandingStep(warehouse, checked, dimensions, settings.maxRejectedShare(), run.runId());
            progress.say("days new or changed: " + stale.size());
            progress.step("landing", () -> landing.rebuild(stale), used -> used);
        }

        /** Whether list prices differ from those that the landing was last brought up to date with. */
        private boolean repriced(Input input) {
            String table = io.goodhart.tables.ModelPrices.CONTRACT.name();
            return warehouse
                    .runs()
                    .latest()
                    .map(latest -> !input.fingerprint(io.goodhart.tables.ModelPrices.CONTRACT)
                            .equals(latest.inputFingerprints().getOrDefault(table, "")))
                    .orElse(false);
        }

        private LocalDate historyStart() {
            Row first = warehouse
                    .read(PersonDays.CONTRACT)
                    .where(PersonDays.EVENT_DATE.col().between(lit(historyFrom), lit(runDate)))
                    .agg(min(PersonDays.EVENT_DATE.col()).cast("string"))
                    .first();
            return first.isNullAt(0) ? runDate : LocalDate.parse(first.getString(0));
        }

        private Dataset<Row> health(LocalDate historyStart) {
            HealthStep step = new HealthStep(spark, warehouse);
            Dataset<Row> health = step.health(historyStart, runDate, run.runId());
            // a later run knows more about these days than this one
            if (!warehouse.runs().isOvertaken(runDate)) {
                progress.step("source health", () -> step.write(health, historyStart, runDate));
            }
            return health;
        }

        private WindowFeatures features(LocalDate historyStart, Dataset<Row> health) {
            Dataset<Row> days = warehouse
                    .read(PersonDays.CONTRACT)
                    .where(PersonDays.EVENT_DATE.col().between(lit(historyFrom), lit(runDate)));
            return new WindowFeatures(
                    days,
                    dimensions.people(),
                    dimensions.policyEvents(),
                    dimensions.modelPrices(),
                    health,
                    historyStart,
                    runDate,
                    new FeatureSettings(
                            settings.windows().windowDays(),
                            settings.windows().baselineDays(),
                            settings.windows().minimumObservedDays(),
                            settings.outcomeWeights()));
        }

        private Optional<TrainedModel> model(WindowFeatures features, LocalDate historyStart) {
            TrainingStep trainingStep = new TrainingStep(settings, models);
            if (training == Training.WHEN_DUE) {
                Optional<TrainedModel> recorded =
                        warehouse.recordedModel(runDate).flatMap(models::find);
                Optional<TrainedModel> inForce = recorded.isPresent()
                        ? recorded
                        : models.inForce(runDate, settings.training().modelMaxAgeDays(), trainingStep.forestSettings());
                if (inForce.isPresent()) {
                    return inForce;
                }
            }
            return trainingStep.train(features, dimensions.declaredWorkloads(), historyStart, runDate, run.runId());
        }

        /** Why nobody at all can be judged, if so. */
        private Optional<String> noVerdict(LocalDate historyStart, Optional<TrainedModel> model) {
            if (model.isEmpty() || historyStart.isAfter(windowStart)) {
                return Optional.of(TOO_LITTLE_HISTORY);
            }
            boolean hasOutput = !warehouse
                    .read(PersonDays.CONTRACT)
                    .where(PersonDays.EVENT_DATE
                            .col()
                            .between(lit(windowStart), lit(runDate))
                            .and(PersonDays.COMMITS.col().isNotNull()))
                    .isEmpty();
            return hasOutput ? Optional.empty() : Optional.of(NO_OUTPUT_SOURCE);
        }

        private Dataset<Row> windows(WindowFeatures features, Optional<String> noVerdict) {
            Dataset<Row> windows =
                    features.endingOn(List.of(runDate)).withColumn(PersonWindows.RUN_ID.name(), lit(run.runId()));
            return noVerdict
                    .map(reason -> windows.withColumn(PersonWindows.INSUFFICIENT.name(), lit(reason)))
                    .orElse(windows)
                    .select(PersonWindows.CONTRACT.cols())
                    .persist(StorageLevel.MEMORY_AND_DISK());
        }

        private NightlyReport publish(
                Dataset<Row> windows,
                WindowFeatures features,
                LocalDate historyStart,
                Optional<TrainedModel> model,
                Optional<RunRecord> prior,
                Optional<String> noVerdict) {
            long people = progress.step(
                    "person windows", () -> publication.stage(PersonWindows.CONTRACT, windows), rows -> rows);
            Dataset<Row> judged = model.map(found -> judged(windows, found)).orElseGet(() -> unjudged(windows));
            Findings findings = model.map(found -> progress.step(
                            "findings",
                            () -> findings(judged, found, features, historyStart, prior),
                            made -> made.findings(spark).count()))
                    .orElse(Findings.none());
            Dataset<Row> suspicious = findings.findings(spark);
            progress.step(
                    "stage findings",
                    () -> {
                        publication.stage(UsagePatterns.CONTRACT, findings.patterns(spark));
                        return publication.stage(SuspiciousUsage.CONTRACT, suspicious);
                    },
                    rows -> rows);
            progress.step(
                    "stage scores",
                    () -> publication.stage(UsageScores.CONTRACT, scores(judged, suspicious, model)),
                    rows -> rows);
            Optional<String> message = noVerdict.map(NightlyJob::words);
            run = run.scoredBy(model.map(TrainedModel::modelId))
                    .counting(counts())
                    .timed(progress.seconds());
            RunRecord told = message.map(run::saying).orElse(run);
            progress.step("publish", () -> {
                publication.publish(told);
            });
            return report(people, judged, suspicious, findings, model, message);
        }

        private Dataset<Row> judged(Dataset<Row> windows, TrainedModel model) {
            Dataset<Row> scored = model.forest()
                    .setScoreCol("raw_score")
                    .transform(Vectors.with(windows))
                    .withColumn(
                            UsageScores.SCORE.name(),
                            when(PersonWindows.INSUFFICIENT.col().isNull(), col("raw_score")))
                    .drop("raw_score");
            return judgement()
                    .judged(
                            scored,
                            model.honest(),
                            dimensions.declaredWorkloads(),
                            dimensions.dispositions(),
                            windowStart,
                            runDate);
        }

        private Dataset<Row> unjudged(Dataset<Row> windows) {
            return windows.withColumn(UsageScores.SCORE.name(), lit(null).cast("double"))
                    .withColumn(UsageScores.P_VALUE.name(), lit(null).cast("double"));
        }

        private Findings findings(
                Dataset<Row> judged,
                TrainedModel model,
                WindowFeatures features,
                LocalDate historyStart,
                Optional<RunRecord> prior) {
            Dataset<Row> explained = model.forest()
                    .setContributionsCol(Judgement.CONTRIBUTIONS)
                    .explain(judgement().findings(judged));
            LocalDate firstWeekEnd =
                    latest(windowStart.minusDays(settings.windows().baselineDays()), historyStart.plusDays(6));
            Since since = new Since(new TrailingWeeks(features, firstWeekEnd, runDate));
            return Findings.of(
                    explained,
                    dimensions.dispositions(),
                    since,
                    prior(prior),
                    new Findings.Night(runDate, windowStart, run.runId(), model.modelId()));
        }

        /** A finding goes on as long as the windows overlap. */
        private Prior prior(Optional<RunRecord> prior) {
            return prior.filter(night -> !night.runDate().isBefore(windowStart))
                    .map(night -> Prior.of(
                            warehouse.read(SuspiciousUsage.CONTRACT, night.runDate()),
                            warehouse.read(UsagePatterns.CONTRACT, night.runDate())))
                    .orElse(Prior.none());
        }

        private Dataset<Row> scores(Dataset<Row> judged, Dataset<Row> suspicious, Optional<TrainedModel> model) {
            Dataset<Row> flagged = suspicious
                    .where(SuspiciousUsage.RANK.col().isNotNull())
                    .select(SuspiciousUsage.PERSON_ID.col(), lit(true).as("in_rank"));
            return judged.join(flagged, new String[] {UsageScores.PERSON_ID.name()}, "left")
                    .withColumn(UsageScores.FLAGGED.name(), col("in_rank").isNotNull())
                    .withColumn(
                            UsageScores.MODEL_ID.name(),
                            lit(model.map(TrainedModel::modelId).orElse(null)).cast("string"))
                    .select(UsageScores.CONTRACT.cols());
        }

        private Judgement judgement() {
            return new Judgement(
                    settings.decision().falseDiscoveryRate(),
                    settings.decision().alertBudget());
        }

        private Map<String, Long> counts() {
            Map<String, Long> counts = new HashMap<>();
            Row[] rows = (Row[]) warehouse
                    .read(DayCounts.CONTRACT)
                    .where(DayCounts.EVENT_DATE.col().between(lit(windowStart), lit(runDate)))
                    .groupBy(DayCounts.TABLE.col())
                    .agg(
                            sum(DayCounts.ROWS_IN.col()).as(DayCounts.ROWS_IN.name()),
                            sum(DayCounts.REJECTED.col()).as(DayCounts.REJECTED.name()),
                            sum(DayCounts.OUT_OF_WINDOW.col()).as(DayCounts.OUT_OF_WINDOW.name()),
                            sum(DayCounts.DUPLICATE.col()).as(DayCounts.DUPLICATE.name()),
                            sum(DayCounts.UNMAPPED.col()).as(DayCounts.UNMAPPED.name()),
                            sum(DayCounts.USED.col()).as(DayCounts.USED.name()))
                    .collect();
            for (Row row : rows) {
                for (int i = 1; i < row.size(); i++) {
                    counts.put(row.getString(0) + "." + row.schema().fieldNames()[i], row.getLong(i));
                }
            }
            return counts;
        }

        private NightlyReport report(
                long people,
                Dataset<Row> judged,
                Dataset<Row> suspicious,
                Findings findings,
                Optional<TrainedModel> model,
                Optional<String> message) {
            long withVerdict = judged.where(UsageScores.SCORE.col().isNotNull()).count();
            long flagged =
                    suspicious.where(SuspiciousUsage.RANK.col().isNotNull()).count();
            List<PatternLine> patterns = findings.patterns(spark).collectAsList().stream()
                    .map(row -> new PatternLine(
                            row.getAs(UsagePatterns.NAME.name()),
                            row.<Long>getAs(UsagePatterns.PEOPLE.name()),
                            row.<Long>getAs(UsagePatterns.TOTAL_TOKENS.name()),
                            Optional.ofNullable(row.getAs(UsagePatterns.WASTED_USD.name()))))
                    .toList();
            return new NightlyReport(
                    runDate,
                    run.runId(),
                    model.map(TrainedModel::modelId),
                    people,
                    withVerdict,
                    flagged,
                    suspicious.count() - flagged,
                    patterns,
                    message);
        }

        private Map<String, String> fingerprints(Input input) {
            Map<String, String> fingerprints = new TreeMap<>();
            for (TableContract table : Tables.ofEvents()) {
                fingerprints.put(table.name(), input.fingerprint(table));
            }
            for (TableContract table : Tables.ofDimensions()) {
                fingerprints.put(table.name(), input.fingerprint(table));
            }
            return fingerprints;
        }
    }

    private static String words(String reason) {
        return reason.equals(TOO_LITTLE_HISTORY)
                ? "nobody is judged yet: there is too little history to learn from"
                : "nobody is judged: no source reported any output in the window";
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
