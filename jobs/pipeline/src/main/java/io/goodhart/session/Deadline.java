package io.goodhart.session;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/**
 * Stops a run that takes too long: its Spark jobs are cancelled and its thread is interrupted, again and again until it gives up. What it
 * ran into then is told as what it is. A run that has begun to publish is let finish.
 */
public final class Deadline implements AutoCloseable {
    private static final Duration BETWEEN_BLOWS = Duration.ofSeconds(1);

    private final SparkContext spark;
    private final LocalDate runDate;
    private final String tag;
    private final Duration limit;
    private final Thread runner = Thread.currentThread();
    private final ScheduledExecutorService watch;
    private boolean hasPassed;
    private boolean isLifted;

    private Deadline(SparkContext spark, LocalDate runDate, String runId, Duration limit) {
        this.spark = spark;
        this.runDate = runDate;
        this.tag = "goodhart-" + runId;
        this.limit = limit;
        this.watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "deadline-" + runDate);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to watch the run of this thread.
     *
     * @param limit how long it may take; zero: as long as it takes
     */
    public static Deadline begin(SparkContext spark, LocalDate runDate, String runId, Duration limit) {
        Deadline deadline = new Deadline(spark, runDate, runId, limit);
        spark.addJobTag(deadline.tag);
        if (!limit.isZero()) {
            var unused = deadline.watch.scheduleWithFixedDelay(
                    deadline::strike, limit.toMillis(), BETWEEN_BLOWS.toMillis(), TimeUnit.MILLISECONDS);
        }
        return deadline;
    }

    /**
     * Lets the run finish from here on.
     *
     * @throws io.goodhart.failures.Failure.DeadlinePassed if it is too late already
     */
    public void lift() {
        end().ifPresent(passed -> {
            throw passed;
        });
    }

    /** Lets a run that has been stopped tidy up, and returns what stopped it if it was the deadline. */
    public Optional<Failure> end() {
        stop();
        return hasPassed ? Optional.of(Messages.deadlinePassed(runDate, limit.toSeconds())) : Optional.empty();
    }

    @Override
    public void close() {
        stop();
        spark.removeJobTag(tag);
    }

    private synchronized void strike() {
        if (!isLifted) {
            hasPassed = true;
            spark.cancelJobsWithTag(tag);
            runner.interrupt();
        }
    }

    private synchronized void stop() {
        isLifted = true;
        watch.shutdownNow();
        if (hasPassed) {
            // The blow has been felt, or comes too late: what follows must not stumble over it.
            Thread.interrupted();
        }
    }
}
