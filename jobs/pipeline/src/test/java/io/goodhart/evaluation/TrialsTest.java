package io.goodhart.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.SimulationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accuracy over companies that nobody has seen. Every build takes one small seed; {@code mvn -Pevaluate verify} prints the whole table,
 * over these properties, each with its default:
 *
 * <ul>
 *   <li>{@code evaluate.company} simulate, or listed or unlisted: companies unlike those, with gaming that the catalogue lists or does not;
 *       of the properties below it takes all but leave-out, gaming-share and companies
 *   <li>{@code evaluate.people} 300: sizes, such as {@code 300,2000}
 *   <li>{@code evaluate.days} 112: how long the history is; several lengths such as {@code 63,84}
 *   <li>{@code evaluate.volumes} 1,0.5,0.25: how loud the gaming is
 *   <li>{@code evaluate.seeds} 11-13 of companies with gaming; {@code none} for none
 *   <li>{@code evaluate.honest-seeds} none, of companies in which nobody games: how p-values are calibrated
 *   <li>{@code evaluate.gaming-share}, {@code evaluate.leave-out}: who games, and which behaviours nobody shows
 *   <li>{@code evaluate.nights} 1 and {@code evaluate.step} 7: nights on one company, that many days apart: how long gaming goes on before it
 *       is flagged, known to within a step
 *   <li>{@code evaluate.companies}: a folder of companies made before
 * </ul>
 */
class TrialsTest {
    @TempDir
    private Path scratch;

    @Test
    void onASmallCompanyOursRanksGamersAboveWhatUsersHaveToday() throws IOException {
        EvaluationReport report =
                new Trial(Trial.Origin.SIMULATE, 72, 63, 5, 1, 0.1, List.of(), 1, 1).run(scratch, Optional.empty());
        assertThat(report.gamers()).isPositive();
        double ours = report.rankings().get(0).averagePrecision();
        assertThat(report.rankings().subList(1, report.rankings().size()))
                .allSatisfy(baseline -> assertThat(baseline.averagePrecision())
                        .as(baseline.name())
                        .isLessThan(ours));
    }

    @Test
    @Tag("evaluate")
    void theWholeTable() throws IOException {
        Map<String, List<EvaluationReport>> byKind = new LinkedHashMap<>();
        for (Trial trial : trials()) {
            EvaluationReport report = trial.run(scratch, property("companies").map(Path::of));
            byKind.computeIfAbsent(trial.kind(), absent -> new ArrayList<>()).add(report);
            System.out.println("seed " + trial.seed() + " of " + trial.kind());
            EvaluationText.lines(report).forEach(System.out::println);
        }
        byKind.forEach((kind, reports) -> TrialTable.lines(kind, reports).forEach(System.out::println));
        assertThat(byKind).isNotEmpty();
    }

    private static List<Trial> trials() {
        double gamingShare = property("gaming-share").map(Double::valueOf).orElse(SimulationSettings.GAMING_SHARE);
        List<Behaviour> leaveOut = property("leave-out").map(text -> text.split(",")).stream()
                .flatMap(Arrays::stream)
                .map(name -> Behaviour.called(name).orElseThrow(() -> new IllegalArgumentException(name)))
                .toList();
        List<Trial> trials = new ArrayList<>();
        for (int people : numbers("people", "300")) {
            for (int days : numbers("days", "112")) {
                for (String volume : property("volumes").orElse("1,0.5,0.25").split(",")) {
                    double loud = Double.parseDouble(volume);
                    seeds("seeds", "11-13")
                            .forEach(seed -> trials.add(trial(people, days, seed, loud, gamingShare, leaveOut)));
                }
                seeds("honest-seeds", "none").forEach(seed -> trials.add(trial(people, days, seed, 1, 0, List.of())));
            }
        }
        return trials;
    }

    private static Trial trial(
            int people, int days, long seed, double volume, double gamingShare, List<Behaviour> leaveOut) {
        Trial.Origin origin =
                Trial.Origin.valueOf(property("company").orElse("simulate").toUpperCase(Locale.ROOT));
        return new Trial(
                origin,
                people,
                days,
                seed,
                volume,
                gamingShare,
                leaveOut,
                numbers("nights", "1")[0],
                numbers("step", "7")[0]);
    }

    private static int[] numbers(String name, String absent) {
        return Arrays.stream(property(name).orElse(absent).split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static LongStream seeds(String name, String absent) {
        String range = property(name).orElse(absent);
        if (range.equals("none")) {
            return LongStream.empty();
        }
        String[] ends = range.split("-");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty("evaluate." + name)).filter(text -> !text.isBlank());
    }
}
