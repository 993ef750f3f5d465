package io.goodhart.jobs;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure;
import io.goodhart.session.Deadline;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.warehouse.Lease;
import io.goodhart.warehouse.Publication;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.spark.sql.SparkSession;

/**
 * A night, and what every run has around it: the lease of its date, and its row in {@code runs} however it ends. What a night does is
 * {@link Night}. Running it twice changes nothing but run id and times.
 */
public final class NightlyJob {
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
        return lead(
                runDate,
                inputRoot,
                (run, publication) -> new Night(run, models, training).publish(inputRoot, publication));
    }

    /**
     * Trains a new model from the months before {@code runDate}, and publishes no night.
     *
     * @return the model's id; empty: too few windows to learn from
     * @throws Failure if the input, the settings, the lease or the storage do not allow it
     */
    public Optional<String> train(LocalDate runDate, String inputRoot) {
        return lead(runDate, inputRoot, (run, publication) -> {
            Optional<String> modelId = new Night(run, models, Training.ALWAYS).train(inputRoot);
            run.deadline().lift();
            warehouse.recordTraining(run.record());
            return modelId;
        });
    }

    private <T> T lead(LocalDate runDate, String inputRoot, BiFunction<Run, Publication, T> work) {
        RunRecord begun = RunRecord.begin(runDate, Instant.now(), codeVersion, config(inputRoot));
        try (Lease lease = leased(begun);
                Deadline deadline = deadline(begun)) {
            Run run = new Run(spark, warehouse, settings, progress, deadline, begun);
            Publication publication = warehouse.publication(lease);
            try {
                warehouse.recordBegun(begun);
                return Warehouse.guarding("cannot finish the run for " + runDate, () -> work.apply(run, publication));
            } catch (Throwable stopped) { // Spark throws checked exceptions without declaring them
                Optional<Failure> passed = deadline.end();
                record(publication, run, passed.isPresent() ? passed.get() : stopped);
                if (passed.isPresent()) {
                    throw passed.get();
                }
                throw stopped;
            }
        }
    }

    private static void record(Publication publication, Run run, Throwable stopped) {
        try {
            if (stopped instanceof Failure failure) {
                publication.fail(run.record(), failure.exitCode().code(), failure.getMessage());
            } else {
                // the message of an unknown fault may hold a row's value
                publication.fail(
                        run.record(),
                        ExitCode.OUR_FAULT.code(),
                        stopped.getClass().getName());
            }
        } catch (RuntimeException unwritable) {
            // What stopped the run is worth more than that it could not be written down.
            stopped.addSuppressed(unwritable);
        }
    }

    private Deadline deadline(RunRecord begun) {
        return Deadline.begin(
                spark.sparkContext(), begun.runDate(), begun.runId(), Duration.ofSeconds(settings.deadlineSeconds()));
    }

    private Lease leased(RunRecord begun) {
        try {
            return warehouse.lease(begun, Duration.ofSeconds(settings.leaseSeconds()));
        } catch (Failure held) {
            warehouse.recordFailure(begun, held.exitCode().code(), held.getMessage());
            throw held;
        }
    }

    private Map<String, String> config(String inputRoot) {
        Map<String, String> config = new TreeMap<>(settings.asMap());
        config.put("input", inputRoot);
        return config;
    }
}
