package io.goodhart.benchmarks;

import io.goodhart.benchmarks.landing.ClusterTable;
import io.goodhart.benchmarks.landing.GrowthTable;
import io.goodhart.benchmarks.landing.LandingSideBySide;
import io.goodhart.benchmarks.landing.NightTable;
import io.goodhart.benchmarks.landing.WindowsTable;
import java.util.Set;

/**
 * The one command: {@code mvn -Pbench -DskipTests verify}, or a part of it with {@code -Dbench=kernel|spark|accuracy|landing|growth|windows|night|cluster}. What a part
 * lets choose is given by {@code -Dbench.options="-Dbench.events=2000000"}.
 */
public final class Benchmarks {
    private static final Set<String> PARTS =
            Set.of("all", "kernel", "spark", "accuracy", "landing", "growth", "windows", "night", "cluster");

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        String part = args.length == 0 ? "all" : args[0];
        if (!PARTS.contains(part)) {
            throw new IllegalArgumentException("There is no benchmark %s: choose one of %s.".formatted(part, PARTS));
        }
        boolean all = part.equals("all");
        if (all || part.equals("spark")) {
            SparkSideBySide.run();
        }
        if (all || part.equals("kernel")) {
            KernelCpu.printComparison();
            KernelBenchmark.run();
        }
        if (all || part.equals("landing")) {
            LandingSideBySide.print();
        }
        if (part.equals("growth")) { // an hour by itself: only where it is asked for
            GrowthTable.print();
        }
        if (all || part.equals("windows")) {
            WindowsTable.print();
        }
        if (all || part.equals("night")) {
            NightTable.print();
        }
        if (all || part.equals("cluster")) {
            ClusterTable.print();
        }
        if (all || part.equals("accuracy")) {
            AccuracyTable.print();
        }
    }
}
