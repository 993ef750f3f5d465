package io.goodhart.warehouse;

import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.testing.OwnProcess;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A process of its own that publishes a date and stops after the first switch, to be killed there. */
final class HeldProcess {
    private static final String SWITCHED = "switched by ";

    private HeldProcess() {}

    /** Starts it, and returns once readers see its first table. */
    static Started start(Path folder, LocalDate day) throws IOException {
        OwnProcess.At held = OwnProcess.start(
                HeldProcess.class, line -> line.startsWith(SWITCHED), folder.toString(), day.toString());
        return new Started(held.process(), held.line().substring(SWITCHED.length()));
    }

    record Started(Process process, String runId) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) {
        LocalDate day = LocalDate.parse(arguments[1]);
        SparkSession spark = SparkSessions.open(Settings.defaults(), arguments[0], Optional.of("local[1]"))
                .spark();
        Warehouse warehouse = Warehouse.open(spark, IcebergCatalog.NAME, Optional.empty());
        RunRecord run = RunRecord.begin(day, Instant.now(), "test", Map.of());
        Lease lease = warehouse.lease(run, Duration.ofMinutes(10));
        Publication night = warehouse.publication(lease, switched -> {
            System.out.println(SWITCHED + run.runId());
            sleep();
        });
        night.stage(
                UsageScores.CONTRACT,
                one(spark, UsageScores.CONTRACT, Rows.of(UsageScores.CONTRACT).with(UsageScores.RUN_DATE, day)));
        night.stage(
                PersonWindows.CONTRACT,
                one(
                        spark,
                        PersonWindows.CONTRACT,
                        Rows.of(PersonWindows.CONTRACT).with(PersonWindows.RUN_DATE, day)));
        night.stage(UsagePatterns.CONTRACT, List.of());
        night.stage(SuspiciousUsage.CONTRACT, List.of());
        night.publish(run);
    }

    private static Dataset<Row> one(SparkSession spark, TableContract contract, TestRow row) {
        return spark.createDataFrame(List.of(row.row()), contract.schema());
    }

    private static void sleep() {
        try {
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
