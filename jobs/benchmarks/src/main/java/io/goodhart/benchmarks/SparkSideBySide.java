package io.goodhart.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.goodhart.isolation.spark.IsolationForestEstimator;
import io.goodhart.isolation.spark.IsolationForestModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The forest beside Spark doing as little as can be done with the same columns: each goal of issue 3 as a ratio within one run.
 *
 * <p>CPU is that of the whole process, Spark's own work included; each number is the median of the rounds, and the rounds of all
 * tasks are interleaved, so that a noisy machine is noisy for all.
 */
final class SparkSideBySide {
    private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
    private static final int GROWTH = 5;
    private static final int FEATURES = 30;
    private static final int ROUNDS = 5;
    private static final int WARM_UPS = 2;

    private record Cost(double seconds, double cpuSeconds) {}

    private interface Task {
        void run() throws Exception;
    }

    private SparkSideBySide() {}

    static void run() throws Exception {
        Path folder = Files.createTempDirectory("bench");
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("benchmarks")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        try {
            measure(spark, folder);
        } finally {
            spark.stop();
            delete(folder);
        }
    }

    private static void measure(SparkSession spark, Path folder) throws Exception {
        String[] features = features();
        String input = folder.resolve("rows.parquet").toString();
        String output = folder.resolve("out.parquet").toString();
        make(spark, ROWS, input);
        Dataset<Row> table = spark.read().parquet(input);
        Column[] sums = Arrays.stream(features).map(functions::sum).toArray(Column[]::new);
        Column total =
                Arrays.stream(features).map(functions::col).reduce(Column::plus).orElseThrow();

        IsolationForestEstimator keyed =
                new IsolationForestEstimator().setFeaturesCols(features).setKeyCol("id");
        IsolationForestEstimator keyless = new IsolationForestEstimator().setFeaturesCols(features);
        IsolationForestModel model = keyed.fit(table);
        Dataset<Row> assembled = new VectorAssembler()
                .setInputCols(features)
                .setOutputCol("features")
                .transform(table);
        IsolationForestModel ofVector =
                new IsolationForestEstimator().setKeyCol("id").fit(assembled);

        Map<String, Task> tasks = new LinkedHashMap<>();
        tasks.put(
                "sum the columns",
                () -> table.agg(sums[0], Arrays.copyOfRange(sums, 1, FEATURES)).collect());
        tasks.put("fit by key", () -> keyed.fit(table));
        tasks.put("fit without key", () -> keyless.fit(table));
        tasks.put(
                "fit with threshold",
                () -> keyed.copy(new org.apache.spark.ml.param.ParamMap())
                        .setContamination(0.01)
                        .fit(table));
        tasks.put("read all, write id and sum", () -> write(table.select(functions.col("id"), total.as("s")), output));
        tasks.put(
                "read all, score, write id and score",
                () -> write(model.transform(table).select("id", "score"), output));
        tasks.put(
                "assemble, score, write id and score",
                () -> write(ofVector.transform(assembled).select("id", "score"), output));
        tasks.put("read and write all", () -> write(table, output));
        tasks.put("read, score and write all", () -> write(model.transform(table), output));

        Map<String, Cost> costs = costs(tasks, WARM_UPS, ROUNDS);
        costs.forEach((name, cost) -> System.out.printf(
                "%-38s %6.2f s  %6.2f CPU s  %6.2f us of CPU a row%n",
                name, cost.seconds(), cost.cpuSeconds(), cost.cpuSeconds() * 1e6 / ROWS));
        Cost sum = costs.get("sum the columns");
        Cost fit = costs.get("fit by key");
        Cost plain = costs.get("read all, write id and sum");
        Cost score = costs.get("read all, score, write id and score");
        Cost copy = costs.get("read and write all");
        Cost scoreAll = costs.get("read, score and write all");
        System.out.printf("%nGoals, %,d rows x %d doubles, local[2], median of %d, warm%n", ROWS, FEATURES, ROUNDS);
        goal("fit by key / sum, time", fit.seconds() / sum.seconds(), 1.5);
        goal("fit by key / sum, CPU", fit.cpuSeconds() / sum.cpuSeconds(), 1.5);
        goal("score and write, CPU us a row", score.cpuSeconds() * 1e6 / ROWS, 4);
        goal("score and write / read and write, id only, time", score.seconds() / plain.seconds(), 2.5);
        goal("score and write / read and write, all, time", scoreAll.seconds() / copy.seconds(), 2.5);
        kernelGoals();
        grow(spark, folder, fit, score);
    }

    /** Five times the rows must cost five times as much: seconds and CPU a row, beside those of the smaller table. */
    private static void grow(SparkSession spark, Path folder, Cost fit, Cost score) throws Exception {
        String[] features = features();
        String input = folder.resolve("more.parquet").toString();
        String output = folder.resolve("out.parquet").toString();
        long rows = (long) GROWTH * ROWS;
        make(spark, rows, input);
        Dataset<Row> table = spark.read().parquet(input);
        IsolationForestEstimator keyed =
                new IsolationForestEstimator().setFeaturesCols(features).setKeyCol("id");
        IsolationForestModel model = keyed.fit(table);
        Map<String, Task> tasks = new LinkedHashMap<>();
        tasks.put("fit", () -> keyed.fit(table));
        tasks.put("score", () -> write(model.transform(table).select("id", "score"), output));
        Map<String, Cost> costs = costs(tasks, 0, 3);
        System.out.printf("%nLinear in rows: %,d beside %,d, a row's cost over the smaller table's%n", rows, ROWS);
        growth("fit", costs.get("fit"), fit);
        growth("score and write", costs.get("score"), score);
    }

    private static void growth(String name, Cost more, Cost fewer) {
        goal(name + ", time a row", more.seconds() / fewer.seconds() / GROWTH, 1.2);
        goal(name + ", CPU a row", more.cpuSeconds() / fewer.cpuSeconds() / GROWTH, 1.2);
    }

    private static String[] features() {
        return IntStream.range(0, FEATURES).mapToObj(i -> "f" + i).toArray(String[]::new);
    }

    private static void make(SparkSession spark, long rows, String path) {
        Column[] made = IntStream.range(0, FEATURES)
                .mapToObj(i -> functions.randn(i).as("f" + i))
                .toArray(Column[]::new);
        spark.range(rows).select(prepend(functions.col("id"), made)).write().parquet(path);
    }

    private static void kernelGoals() {
        goal("kernel, CPU us a row", KernelCpu.scoring(), 2);
        goal("explain 1,000 rows x 40 features, CPU s", KernelCpu.explaining(), 2);
        goal("grow 100 trees of 256 rows, CPU ms", KernelCpu.growing(), 60);
    }

    private static void goal(String name, double value, double limit) {
        System.out.printf("%-50s %6.2f  limit %4.1f  %s%n", name, value, limit, value <= limit ? "met" : "NOT MET");
    }

    private static Map<String, Cost> costs(Map<String, Task> tasks, int warmUps, int measured) throws Exception {
        Map<String, List<Cost>> rounds = new LinkedHashMap<>();
        for (int round = -warmUps; round < measured; round++) {
            for (Map.Entry<String, Task> task : tasks.entrySet()) {
                Cost cost = cost(task.getValue());
                if (round >= 0) {
                    rounds.computeIfAbsent(task.getKey(), name -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
        Map<String, Cost> medians = new LinkedHashMap<>();
        rounds.forEach((name, costs) -> medians.put(
                name,
                new Cost(
                        median(costs.stream().mapToDouble(Cost::seconds).toArray()),
                        median(costs.stream().mapToDouble(Cost::cpuSeconds).toArray()))));
        return medians;
    }

    private static Cost cost(Task task) throws Exception {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        task.run();
        return new Cost((System.nanoTime() - start) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void write(Dataset<Row> rows, String path) {
        rows.write().mode("overwrite").parquet(path);
    }

    private static Column[] prepend(Column first, Column[] others) {
        return Stream.concat(Stream.of(first), Arrays.stream(others)).toArray(Column[]::new);
    }

    private static void delete(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
