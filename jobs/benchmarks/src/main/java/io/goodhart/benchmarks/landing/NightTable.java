package io.goodhart.benchmarks.landing;

import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.simulation.Simulation;
import io.goodhart.simulation.SimulationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prints what a whole night costs after yesterday's, beside DuckDB's aggregation of the same history anew: a simulated company, whose night
 * has a model in force and one new day to land.
 */
public final class NightTable {
    private static final LocalDate UNTIL = LocalDate.parse("2026-05-31");
    private static final double LIMIT_OF_DUCK = 0.5;
    private static final double LIMIT_SECONDS = 15;
    private static final long SHORT_NIGHT = 250L << 20;
    private static final long FEW_ROWS = 100L << 20;
    private static final String MASTER = "local[2]";
    private static final String HEAP = "3g";

    private NightTable() {}

    /** Prints a night of 2,000 people and one of a history of some 20 million events, or of what {@code bench.people} and {@code bench.days} say. */
    public static void print() throws Exception {
        Integer people = Integer.getInteger("bench.people");
        if (people != null) {
            print(people, Integer.getInteger("bench.days", 120));
        } else {
            print(2_000, 120);
            print(20_000, 90);
        }
    }

    /** Simulates the company if it is not there, runs yesterday's night and then the one that is measured. */
    private static void print(int people, int days) throws Exception {
        Path input = Child.FOLDER.resolve("company-" + people + "-" + days);
        if (!Files.exists(input.resolve("people"))) {
            Child.run(
                    "simulate",
                    "3g",
                    Company.class,
                    List.of(input.toString(), String.valueOf(people), String.valueOf(days)));
        }
        Path warehouse = Child.FOLDER.resolve("night-warehouse");
        Child.delete(warehouse);
        Files.createDirectories(warehouse);
        Path archive = Child.FOLDER.resolve("night.jsa");
        Files.deleteIfExists(archive);
        Child.lines(
                "yesterday",
                HEAP,
                List.of("-XX:ArchiveClassesAtExit=" + archive),
                NightRun.class,
                List.of(
                        input.toString(),
                        warehouse.toString(),
                        UNTIL.minusDays(1).toString(),
                        MASTER));
        double[] night = Child.numbers(Child.lines(
                "night",
                HEAP,
                options(archive, warehouse),
                NightRun.class,
                List.of(input.toString(), warehouse.toString(), UNTIL.toString(), MASTER)));
        Path duckOutput = Child.FOLDER.resolve("out-duck");
        Child.delete(duckOutput);
        double[] duck = Child.run(
                "duck",
                "1g",
                LandingRun.class,
                List.of(
                        "duck",
                        input.toString(),
                        duckOutput.toString(),
                        UNTIL.minusDays(days - 1L).toString(),
                        UNTIL.toString()));
        System.out.println("| night of " + people + " people, " + days + " days | CPU s | wall s |");
        System.out.println("|---|---|---|");
        System.out.printf(Locale.ROOT, "| start of JVM, session and catalog | %.1f | %.1f |%n", night[0], night[1]);
        System.out.printf(Locale.ROOT, "| the night itself | %.1f | %.1f |%n", night[2], night[3]);
        System.out.printf(
                Locale.ROOT, "| DuckDB, all usage anew, warm | %.1f | %.1f |%n", duck[LandingRun.WARM], duck[3]);
        System.out.printf(
                Locale.ROOT,
                "night to DuckDB: %.2f (limit %.1f); wall with the start %.1f s (goal for 2,000 people %.0f s)%n",
                night[2] / duck[LandingRun.WARM],
                LIMIT_OF_DUCK,
                night[1] + night[3],
                LIMIT_SECONDS);
    }

    /** Returns the options of Java that the launcher, {@code bin/goodhart}, chooses for a night on this warehouse. */
    private static List<String> options(Path archive, Path warehouse) throws IOException {
        List<String> options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archive));
        try (Stream<Path> files = Files.walk(warehouse.resolve("restricted").resolve("person_days"))) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            if (bytes < SHORT_NIGHT) {
                options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
            }
            if (bytes < FEW_ROWS) {
                options.add("-Dspark.sql.codegen.factoryMode=NO_CODEGEN");
            }
        }
        return options;
    }

    /** Writes the company, in a process of its own. */
    static final class Company {
        private Company() {}

        /** @param args where to, people, days */
        public static void main(String[] args) {
            try (SparkSessions.Opened session =
                    SparkSessions.withoutWarehouse(Settings.defaults(), Optional.of(MASTER))) {
                Simulation.of(new SimulationSettings(
                                Integer.parseInt(args[1]),
                                Integer.parseInt(args[2]),
                                UNTIL,
                                1,
                                1,
                                SimulationSettings.GAMING_SHARE,
                                List.of()))
                        .write(session.spark(), args[0]);
            }
            System.out.println("RESULT 0");
        }
    }
}
