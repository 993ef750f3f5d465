package io.goodhart.benchmarks.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the sample's night here and on a cluster of a master and two workers, which it starts from the program's own jars on loopback, and
 * fails if a table differs.
 */
public final class ClusterTable {
    private static final Path REPOSITORY = Path.of(System.getProperty("bench.repository", "../.."));
    private static final String DATE = "2026-05-31";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT = 17_077;
    private static final int SECONDS_TO_START = 30;

    /** Ours is quiet, and a worker says by its log that it is there. */
    private static final String SPARKS_LOGGING =
            "-Dlog4j2.configurationFile=org/apache/spark/log4j2-defaults.properties";

    private ClusterTable() {}

    /** Prints tasks and exchange of either night. */
    public static void print() throws Exception {
        List<String> local = night("local", "local[2]", List.of());
        List<String> cluster = onCluster();
        List<String> tables = tables(local);
        if (tables.isEmpty() || !tables.equals(tables(cluster))) {
            throw new IllegalStateException(
                    "the tables differ: here " + tables + ", on the cluster " + tables(cluster));
        }
        System.out.println("| night of the sample | jobs | tasks | through exchanges, MiB | wall s |");
        System.out.println("|---|---|---|---|---|");
        line("local[2]", Child.numbers(local));
        line("master and two workers", Child.numbers(cluster));
        System.out.println(tables.size() + " tables are equal");
    }

    private static void line(String where, double[] found) {
        System.out.printf(
                Locale.ROOT, "| %s | %.0f | %.0f | %.2f | %.1f |%n", where, found[5], found[6], found[7], found[3]);
    }

    private static List<String> tables(List<String> printed) {
        return printed.stream().filter(line -> line.startsWith("TABLE ")).toList();
    }

    private static List<String> onCluster() throws Exception {
        List<Process> started = new ArrayList<>();
        try {
            started.add(start(
                    "master",
                    "org.apache.spark.deploy.master.Master",
                    List.of("--host", LOOPBACK, "--port", String.valueOf(PORT), "--webui-port", "0")));
            for (int worker = 1; worker <= 2; worker++) {
                started.add(start(
                        "worker-" + worker,
                        "org.apache.spark.deploy.worker.Worker",
                        List.of(
                                "--host",
                                LOOPBACK,
                                "--webui-port",
                                "0",
                                "--cores",
                                "1",
                                "--memory",
                                "2g",
                                "--work-dir",
                                Child.FOLDER.resolve("worker-" + worker).toString(),
                                master())));
            }
            awaitWorkers();
            String opens = java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("--add-opens"))
                    .collect(Collectors.joining(" "));
            return night(
                    "cluster",
                    master(),
                    List.of(
                            "-Dspark.driver.host=" + LOOPBACK,
                            "-Dspark.executor.memory=1g",
                            "-Dspark.executor.extraClassPath=" + System.getProperty("java.class.path"),
                            "-Dspark.executor.extraJavaOptions=-Duser.timezone=UTC " + opens));
        } finally {
            for (Process process : started) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                process.waitFor(SECONDS_TO_START, TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> night(String name, String master, List<String> options) throws Exception {
        Path warehouse = Child.FOLDER.resolve("warehouse-" + name);
        Child.delete(warehouse);
        Files.createDirectories(warehouse);
        return Child.lines(
                name,
                "2g",
                options,
                NightRun.class,
                List.of(
                        REPOSITORY.resolve("data-samples").toRealPath().toString(),
                        warehouse.toString(),
                        DATE,
                        master));
    }

    private static String master() {
        return "spark://" + LOOPBACK + ":" + PORT;
    }

    private static Process start(String name, String program, List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Child.command("512m", List.of(SPARKS_LOGGING), program, arguments));
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        REPOSITORY
                                .resolve("jobs/pipeline/target/spark-home")
                                .toRealPath()
                                .toString(),
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        LOOPBACK));
        Files.createDirectories(Child.FOLDER);
        return builder.redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
    }

    private static Path log(String name) {
        return Child.FOLDER.resolve(name + ".log");
    }

    /** A night that begins before both are there would run on one, and show nothing. */
    private static void awaitWorkers() throws InterruptedException {
        for (int second = 0; second < SECONDS_TO_START; second++) {
            if (hasRegistered("worker-1") && hasRegistered("worker-2")) {
                return;
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new IllegalStateException("the workers did not come up: see " + log("worker-1"));
    }

    private static boolean hasRegistered(String worker) {
        try (Stream<String> lines = Files.lines(log(worker))) {
            return lines.anyMatch(line -> line.contains("Successfully registered with master"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
