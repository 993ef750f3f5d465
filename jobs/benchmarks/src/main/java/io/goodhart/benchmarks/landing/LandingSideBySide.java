package io.goodhart.benchmarks.landing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Prints the landing of 20 million events beside DuckDB's and the floor, each in a process of its own, alternating, median of three. */
public final class LandingSideBySide {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"), "goodhart-bench");
    private static final double WARM_LIMIT = 1.0;
    private static final double COLD_LIMIT = 1.3;
    private static final int COLD = 0;
    private static final int WARM = 2;
    private static final int WALL = 3;
    private static final int PEAK = 4;

    private LandingSideBySide() {}

    /** Makes the history if it is not there, and prints the table. */
    public static void print() throws Exception {
        HistorySettings settings = new HistorySettings(
                Long.getLong("bench.events", HistorySettings.twentyMillion().events()),
                Integer.getInteger(
                        "bench.people", HistorySettings.twentyMillion().people()),
                HistorySettings.twentyMillion().days(),
                Double.parseDouble(System.getProperty("bench.hot", "0")),
                true,
                1);
        Path input = FOLDER.resolve("history-" + settings.hashCode());
        long began = System.nanoTime();
        new HistoryWriter(settings, input).write();
        System.out.printf(Locale.ROOT, "%s: %.0f s to write%n", settings, (System.nanoTime() - began) / 1e9);
        Map<String, List<double[]>> results = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String variant : List.of("ours", "duck", "floor")) {
                results.computeIfAbsent(variant, absent -> new ArrayList<>()).add(run(variant, input, settings));
            }
        }
        System.out.println("| landing | cold, CPU s | warm, CPU s | warm, wall s | peak, MiB |");
        System.out.println("|---|---|---|---|---|");
        results.forEach((variant, runs) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.0f |%n",
                variant,
                median(runs, COLD),
                median(runs, WARM),
                median(runs, WALL),
                median(runs, PEAK)));
        System.out.printf(
                Locale.ROOT,
                "ours to DuckDB: cold %.2f (limit %.1f), warm %.2f (limit %.1f)%n",
                median(results.get("ours"), COLD) / median(results.get("duck"), COLD),
                COLD_LIMIT,
                median(results.get("ours"), WARM) / median(results.get("duck"), WARM),
                WARM_LIMIT);
    }

    private static double[] run(String variant, Path input, HistorySettings settings) throws Exception {
        Path output = FOLDER.resolve("out-" + variant);
        delete(output);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("bench.heap", "2g"),
                "-XX:+UseParallelGC",
                "-Duser.timezone=UTC"));
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                LandingRun.class.getName(),
                variant,
                input.toString(),
                output.toString(),
                HistoryWriter.first().toString(),
                lastDay(settings).toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(FOLDER.resolve(variant + ".log").toFile())
                .start();
        String result = null;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("RESULT ")) {
                    result = line;
                }
            }
        }
        if (process.waitFor() != 0 || result == null) {
            throw new IllegalStateException(variant + " failed: see " + FOLDER.resolve(variant + ".log"));
        }
        System.out.println(variant + ": " + result);
        return Arrays.stream(result.substring("RESULT ".length()).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static LocalDate lastDay(HistorySettings settings) {
        return HistoryWriter.last(settings);
    }

    private static double median(List<double[]> runs, int column) {
        double[] sorted = runs.stream().mapToDouble(run -> run[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> {
                    try {
                        Files.delete(path);
                    } catch (IOException refused) {
                        throw new UncheckedIOException(refused);
                    }
                });
            }
        }
    }
}
