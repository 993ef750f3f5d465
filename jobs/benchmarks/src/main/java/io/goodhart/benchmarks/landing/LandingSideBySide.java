package io.goodhart.benchmarks.landing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints the landing of 20 million events beside DuckDB's and the floor, each in a process of its own, alternating, median of the rounds;
 * and fails if the two have not written the same.
 */
public final class LandingSideBySide {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final String HEAP = System.getProperty("bench.heap", "2g");
    private static final double WARM_LIMIT = 1.0;
    private static final double COLD_LIMIT = 1.3;

    /** The memory of one landing's process, however long its history. */
    static final double PEAK_LIMIT_MEBIBYTES = 3 * 1024;

    private static final int COLD = LandingRun.COLD;
    private static final int WARM = LandingRun.WARM;
    private static final int WALL = LandingRun.WALL;
    private static final int PEAK = LandingRun.PEAK;

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
        Path input = settings.input();
        long began = System.nanoTime();
        new HistoryWriter(settings, input).write();
        System.out.printf(Locale.ROOT, "%s: %.0f s to write%n", settings, (System.nanoTime() - began) / 1e9);
        Map<String, List<double[]>> results = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String variant : List.of("ours", "duck", "floor")) {
                results.computeIfAbsent(variant, absent -> new ArrayList<>()).add(run(variant, input, settings));
            }
        }
        System.out.println(new LandingComparison(settings.landed("ours"), settings.landed("duck")).require());
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
                "ours to DuckDB: cold %.2f (limit %.1f), warm %.2f (limit %.1f); our peak: %.0f MiB (limit %.0f)%n",
                median(results.get("ours"), COLD) / median(results.get("duck"), COLD),
                COLD_LIMIT,
                median(results.get("ours"), WARM) / median(results.get("duck"), WARM),
                WARM_LIMIT,
                median(results.get("ours"), PEAK),
                PEAK_LIMIT_MEBIBYTES);
    }

    private static double[] run(String variant, Path input, HistorySettings settings) throws Exception {
        Path output = settings.landed(variant);
        Child.delete(output);
        return Child.run(
                variant,
                HEAP,
                LandingRun.class,
                List.of(
                        variant,
                        input.toString(),
                        output.toString(),
                        HistoryWriter.first().toString(),
                        HistoryWriter.last(settings).toString()));
    }

    private static double median(List<double[]> runs, int column) {
        double[] sorted = runs.stream().mapToDouble(run -> run[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
