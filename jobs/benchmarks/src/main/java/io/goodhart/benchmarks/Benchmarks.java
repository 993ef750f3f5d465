package io.goodhart.benchmarks;

import io.goodhart.benchmarks.landing.ClusterTable;
import io.goodhart.benchmarks.landing.GrowthTable;
import io.goodhart.benchmarks.landing.LandingSideBySide;
import io.goodhart.benchmarks.landing.NightTable;
import io.goodhart.benchmarks.landing.WindowsTable;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one command: {@code mvn -Pbench -DskipTests verify}, or parts of it, such as {@code -Dbench="landing growth windows night"}; there are besides {@code kernel},
 * {@code spark}, {@code accuracy} and {@code cluster}. What a part lets choose is given by {@code -Dbench.options="-Dbench.events=2000000"}.
 */
public final class Benchmarks {
    private static final Set<String> PARTS =
            Set.of("all", "kernel", "spark", "accuracy", "landing", "growth", "windows", "night", "cluster");

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        Set<String> parts = args.length == 0 ? Set.of("all") : Set.of(args);
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException(
                    "There is no benchmark %s: choose of %s.".formatted(String.join(" ", parts), new TreeSet<>(PARTS)));
        }
        boolean all = parts.contains("all");
        if (all || parts.contains("spark")) {
            SparkSideBySide.run();
        }
        if (all || parts.contains("kernel")) {
            KernelCpu.printComparison();
            KernelBenchmark.run();
        }
        if (all || parts.contains("landing")) {
            LandingSideBySide.print();
        }
        if (parts.contains("growth")) { // an hour by itself: only where it is asked for
            GrowthTable.print();
        }
        if (all || parts.contains("windows")) {
            WindowsTable.print();
        }
        if (all || parts.contains("night")) {
            NightTable.print();
        }
        if (all || parts.contains("cluster")) {
            ClusterTable.print();
        }
        if (all || parts.contains("accuracy")) {
            AccuracyTable.print();
        }
    }
}
