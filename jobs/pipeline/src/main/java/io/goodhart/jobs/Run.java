package io.goodhart.jobs;

import io.goodhart.session.Deadline;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;

/** A run at work: what it works with, and what is known of it so far. */
final class Run {
    private final SparkSession spark;
    private final Warehouse warehouse;
    private final Settings settings;
    private final Progress progress;
    private final Deadline deadline;
    private final NightDays days;
    private RunRecord record;

    Run(
            SparkSession spark,
            Warehouse warehouse,
            Settings settings,
            Progress progress,
            Deadline deadline,
            RunRecord begun) {
        this.spark = spark;
        this.warehouse = warehouse;
        this.settings = settings;
        this.progress = progress;
        this.deadline = deadline;
        this.days = NightDays.of(begun.runDate(), settings.windows());
        this.record = begun;
    }

    SparkSession spark() {
        return spark;
    }

    Warehouse warehouse() {
        return warehouse;
    }

    Settings settings() {
        return settings;
    }

    Progress progress() {
        return progress;
    }

    Deadline deadline() {
        return deadline;
    }

    NightDays days() {
        return days;
    }

    String id() {
        return record.runId();
    }

    /** Returns what is known of the run, with the time that its steps took until now. */
    RunRecord record() {
        return record.timed(progress.seconds());
    }

    /** Adds to what is known. */
    void learn(UnaryOperator<RunRecord> more) {
        record = more.apply(record);
    }
}
