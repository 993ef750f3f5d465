package io.goodhart.benchmarks.landing;

import io.goodhart.jobs.NightlyJob;
import io.goodhart.jobs.NightlyReport;
import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.Runs;
import io.goodhart.tables.SourceHealth;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.Warehouse;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One night in a process of its own. Prints: CPU and wall seconds from the start of the process until the warehouse is open, CPU and wall
 * seconds of the night (CPU of this process alone: on a cluster, of the driver), people, Spark's jobs and tasks, MiB that went through
 * exchanges; and a line a table with its rows and a digest of them, whatever their order.
 */
public final class NightRun {
    private static final List<TableContract> TABLES = List.of(
            PersonDays.CONTRACT,
            Rejects.CONTRACT,
            SourceHealth.CONTRACT,
            PersonWindows.CONTRACT,
            UsageScores.CONTRACT,
            SuspiciousUsage.CONTRACT,
            UsagePatterns.CONTRACT);

    private NightRun() {}

    /** @param args input, warehouse, date, Spark's master */
    public static void main(String[] args) {
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        Settings settings = Settings.defaults();
        try (SparkSessions.Opened opened = SparkSessions.open(settings, args[1], Optional.of(args[3]))) {
            Warehouse warehouse = Warehouse.open(opened.spark(), IcebergCatalog.NAME, Optional.empty());
            Exchanges exchanges = new Exchanges();
            opened.spark().sparkContext().addSparkListener(exchanges);
            double startCpu = Cpu.seconds();
            double startWall = (System.currentTimeMillis() - began) / 1e3;
            long night = System.nanoTime();
            PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
            NightlyReport report = new NightlyJob(
                            opened.spark(),
                            warehouse,
                            settings,
                            args[1] + "/models",
                            new Progress(Optional.of(opened.spark().sparkContext()), out),
                            "bench")
                    .run(LocalDate.parse(args[2]), args[0], NightlyJob.Training.WHEN_DUE);
            out.printf(
                    java.util.Locale.ROOT,
                    "RESULT %.1f %.1f %.1f %.1f %d %d %d %.2f%n",
                    startCpu,
                    startWall,
                    Cpu.seconds() - startCpu,
                    (System.nanoTime() - night) / 1e9,
                    report.people(),
                    exchanges.jobs.sum(),
                    exchanges.tasks.sum(),
                    exchanges.bytes.sum() / 1048576.0);
            for (TableContract table : TABLES) {
                out.println("TABLE " + table.name() + " " + digest(warehouse.read(table)));
            }
        }
    }

    private static String digest(Dataset<Row> rows) {
        Column[] columns = Stream.of(rows.columns())
                .filter(name -> !name.equals(Runs.RUN_ID.name()))
                .map(functions::col)
                .toArray(Column[]::new);
        Row found = rows.agg(
                        functions.count(functions.lit(1)),
                        functions.bit_xor(functions.xxhash64(functions.to_json(functions.struct(columns)))))
                .first();
        return found.getLong(0) + " " + (found.isNullAt(1) ? "-" : Long.toHexString(found.getLong(1)));
    }

    /** Counts what Spark did. */
    private static final class Exchanges extends SparkListener {
        private final LongAdder jobs = new LongAdder();
        private final LongAdder tasks = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            jobs.increment();
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd task) {
            tasks.increment();
            bytes.add(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
        }
    }
}
