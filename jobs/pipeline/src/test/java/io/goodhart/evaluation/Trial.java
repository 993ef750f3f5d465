package io.goodhart.evaluation;

import io.goodhart.evaluation.unlike.Part;
import io.goodhart.evaluation.unlike.UnlikeCompany;
import io.goodhart.jobs.NightlyJob;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.Simulation;
import io.goodhart.simulation.SimulationSettings;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.Input;
import io.goodhart.warehouse.input.TruthFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * One company made up, judged and measured, in a folder that is gone afterwards.
 *
 * @param origin who makes the company up
 * @param nights how many nights, the last one on the company's last day
 * @param stepDays days from a night to the next
 */
record Trial(
        Origin origin,
        int people,
        int days,
        long seed,
        double volume,
        double gamingShare,
        List<Behaviour> leaveOut,
        int nights,
        int stepDays) {
    /** Who makes a company up: {@code simulate}, or those unlike it with gaming that the catalogue lists, or does not. */
    enum Origin {
        SIMULATE,
        LISTED,
        UNLISTED
    }

    private static final LocalDate UNTIL = LocalDate.parse("2026-05-31");

    /** Companies that are the same but for the seed have the same kind: their figures are averaged. */
    String kind() {
        return String.format(
                Locale.ROOT,
                "%s%d people, %d days, %s%s",
                origin == Origin.SIMULATE ? "" : origin.name().toLowerCase(Locale.ROOT) + ", ",
                people,
                days,
                gamingShare == 0 ? "nobody games" : "volume " + volume,
                leaveOut.isEmpty()
                        ? ""
                        : ", without " + leaveOut.stream().map(Behaviour::id).toList());
    }

    /**
     * Runs the nights and measures the last one.
     *
     * @param ready a folder that may hold the company already, as {@code s1-p300-d112-v0.5}
     */
    EvaluationReport run(Path scratch, Optional<Path> ready) throws IOException {
        Optional<Path> made = ready.map(folder ->
                        folder.resolve(String.format(Locale.ROOT, "s%d-p%d-d%d-v%s", seed, people, days, volume)
                                .replace(".0", "")))
                .filter(folder -> origin == Origin.SIMULATE)
                .filter(folder -> gamingShare == SimulationSettings.GAMING_SHARE && leaveOut.isEmpty())
                .filter(Files::isDirectory);
        Path folder = Files.createTempDirectory(scratch, "trial");
        try {
            SparkSession spark = TestSession.spark();
            String input = made.orElse(folder.resolve("company")).toString();
            if (made.isEmpty()) {
                make(spark, input);
            }
            Warehouse warehouse = TestWarehouse.in(folder.resolve("warehouse"));
            NightlyJob job = new NightlyJob(
                    spark,
                    warehouse,
                    Settings.defaults(),
                    folder.resolve("models").toString(),
                    new Progress(Optional.empty(), new PrintWriter(Writer.nullWriter())),
                    "trial");
            for (int before = nights - 1; before >= 0; before--) {
                job.run(UNTIL.minusDays((long) before * stepDays), input, NightlyJob.Training.WHEN_DUE);
            }
            return new Evaluation(warehouse, Settings.defaults())
                    .measure(
                            UNTIL,
                            TruthFile.read(spark, input + "/truth.parquet"),
                            Input.open(spark, input, UNTIL)
                                    .check(Set.of())
                                    .dimension(DeclaredWorkloads.CONTRACT)
                                    .rows());
        } finally {
            delete(folder);
        }
    }

    private void make(SparkSession spark, String target) {
        if (origin == Origin.SIMULATE) {
            Simulation.of(new SimulationSettings(people, days, UNTIL, seed, volume, gamingShare, leaveOut))
                    .write(spark, target);
        } else {
            Part.Kind gaming = origin == Origin.LISTED ? Part.Kind.LISTED : Part.Kind.UNLISTED;
            new UnlikeCompany(people, days, UNTIL, seed, volume, gamingShare == 0 ? null : gaming)
                    .write(spark, Path.of(target));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
