package io.goodhart.benchmarks.landing;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.jobs.LandingStep;
import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.Input;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One way to land a history, twice in a process of its own. Prints: CPU seconds of the whole process to the end of the first landing, of the
 * first landing, of the second; wall seconds of the last; peak memory of the process in MiB.
 */
public final class LandingRun {
    static final int COLD = 0;
    static final int FIRST = 1;
    static final int WARM = 2;
    static final int WALL = 3;
    static final int PEAK = 4;

    private LandingRun() {}

    /** @param args {@code ours|duck|floor}, input, folder to write to, first day, last day; {@code once}: not a second time */
    public static void main(String[] args) throws Exception {
        Path input = Path.of(args[1]);
        Path output = Path.of(args[2]);
        List<LocalDate> days = LocalDate.parse(args[3])
                .datesUntil(LocalDate.parse(args[4]).plusDays(1))
                .toList();
        Landing landing = switch (args[0]) {
            case "ours" -> ours(input, output, days);
            case "duck" -> place -> new DuckLanding(input, output.resolve(place)).run(days);
            case "floor" -> floor(input);
            default -> throw new IllegalArgumentException(args[0]);
        };
        double began = Cpu.seconds();
        long wall = System.nanoTime();
        landing.into("first");
        double first = Cpu.seconds();
        if (args.length == 5) {
            wall = System.nanoTime();
            landing.into("second");
        }
        System.out.printf(
                java.util.Locale.ROOT,
                "RESULT %.1f %.1f %.1f %.1f %d%n",
                first,
                first - began,
                Cpu.seconds() - first,
                (System.nanoTime() - wall) / 1e9,
                Cpu.peakMebibytes());
    }

    private interface Landing {
        void into(String place) throws Exception;
    }

    private static Landing ours(Path input, Path output, List<LocalDate> days) {
        SparkSessions.Opened opened =
                SparkSessions.open(Settings.defaults(), output.toString(), Optional.of("local[2]"));
        NavigableSet<LocalDate> all = new TreeSet<>(days);
        return place -> {
            Warehouse warehouse = Warehouse.open(opened.spark(), IcebergCatalog.NAME, Optional.of(place));
            LandingStep.of(
                            opened.spark(),
                            warehouse,
                            Input.open(opened.spark(), input.toString(), all.last())
                                    .check(all),
                            Settings.defaults().maxRejectedShare(),
                            "bench")
                    .rebuild(all);
        };
    }

    private static Landing floor(Path input) {
        SparkSessions.Opened opened = SparkSessions.withoutWarehouse(Settings.defaults(), Optional.of("local[2]"));
        return place -> {
            Dataset<Row> events =
                    opened.spark().read().parquet(input.resolve("usage_events").toString());
            Column[] columns = Arrays.stream(events.columns())
                    .map(name -> bit_xor(xxhash64(col(name))))
                    .toArray(Column[]::new);
            events.agg(columns[0], Arrays.copyOfRange(columns, 1, columns.length))
                    .collectAsList();
        };
    }
}
