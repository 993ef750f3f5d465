package io.goodhart.benchmarks.landing;

import io.goodhart.features.FeatureSettings;
import io.goodhart.features.WindowFeatures;
import io.goodhart.jobs.WeekStep;
import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.Absences;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.tables.SourceHealth;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.Input;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cuts windows from a history that {@link LandingRun} has landed, twice in a process of its own. Prints: CPU seconds of all training
 * windows, the one pass over the days included, and of the windows of the night after them, the first time and the second; then of the
 * windows of the night alone, with a pass of their own, the first time and the median of three more; then how many weeks had to be packed,
 * and for how much.
 */
public final class WindowsRun {
    private static final int ALONE = 4;

    private WindowsRun() {}

    /** @param args input, folder that was landed to, first day, last day */
    public static void main(String[] args) {
        Settings settings = Settings.defaults();
        LocalDate first = LocalDate.parse(args[2]);
        LocalDate last = LocalDate.parse(args[3]);
        List<LocalDate> training = new ArrayList<>();
        for (LocalDate end = last.minusDays(settings.training().gapDays());
                !end.isBefore(first.plusDays(settings.windows().minimumObservedDays() - 1L));
                end = end.minusDays(settings.training().stepDays())) {
            training.add(end);
        }
        try (SparkSessions.Opened opened = SparkSessions.open(settings, args[1], Optional.of("local[2]"))) {
            Warehouse warehouse = Warehouse.open(opened.spark(), IcebergCatalog.NAME, Optional.of("second"));
            CheckedInput input = Input.open(opened.spark(), args[0], last).check(Set.of());
            double[] spent = new double[4];
            double[] alone = new double[ALONE];
            double before = Cpu.seconds();
            WeekStep weeks = new WeekStep(warehouse, first, last);
            long packed = weeks.bring();
            double packing = Cpu.seconds() - before;
            for (int round = 0; round < 2; round++) {
                double began = Cpu.seconds();
                try (WindowFeatures features = features(warehouse, weeks.weeks(), input, settings, first, last)) {
                    Dataset<Row> trained = features.endingOn(training, true);
                    write(trained);
                    double between = Cpu.seconds();
                    spent[2 * round] = between - began;
                    write(features.endingOn(List.of(last), true));
                    spent[2 * round + 1] = Cpu.seconds() - between;
                }
            }
            for (int round = 0; round < ALONE; round++) {
                double began = Cpu.seconds();
                try (WindowFeatures features = features(warehouse, weeks.weeks(), input, settings, first, last)) {
                    write(features.endingOn(List.of(last), true));
                }
                alone[round] = Cpu.seconds() - began;
            }
            Arrays.sort(alone, 1, ALONE);
            System.out.printf(
                    java.util.Locale.ROOT,
                    "RESULT %.1f %.1f %.1f %.1f %.1f %.1f %d %.1f%n",
                    spent[0],
                    spent[1],
                    spent[2],
                    spent[3],
                    alone[0],
                    alone[ALONE / 2],
                    packed,
                    packing);
        }
    }

    private static WindowFeatures features(
            Warehouse warehouse,
            Dataset<Row> weeks,
            CheckedInput input,
            Settings settings,
            LocalDate first,
            LocalDate last) {
        return new WindowFeatures(
                weeks,
                input.dimension(People.CONTRACT).rows(),
                input.dimension(Absences.CONTRACT).rows(),
                input.dimension(PolicyEvents.CONTRACT).rows(),
                input.dimension(ModelPrices.CONTRACT).rows(),
                warehouse.fewRows().between(SourceHealth.CONTRACT, first, last),
                first,
                last,
                new FeatureSettings(
                        settings.windows().windowDays(),
                        settings.windows().baselineDays(),
                        settings.windows().minimumObservedDays(),
                        settings.outcomeWeights()));
    }

    private static void write(Dataset<Row> windows) {
        windows.write().format("noop").mode("overwrite").save();
    }
}
