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
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accuracy over companies that nobody has seen. Every build takes one small seed; {@code mvn -Pevaluate verify} prints the whole table,
 * over the properties {@code evaluate.seeds} (such as {@code 11-20}), {@code evaluate.people}, {@code evaluate.volumes},
 * {@code evaluate.gaming-share}, {@code evaluate.leave-out}, {@code evaluate.nights} and {@code evaluate.companies}, a folder of companies
 * made before.
 */
class TrialsTest {
    @TempDir
    private Path scratch;

    @Test
    void onASmallCompanyOursRanksGamersAboveWhatUsersHaveToday() throws IOException {
        EvaluationReport report = new Trial(72, 63, 5, 1, 0.1, List.of(), 1).run(scratch, Optional.empty());
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
        int nights = property("nights").map(Integer::valueOf).orElse(1);
        List<Trial> trials = new ArrayList<>();
        for (String people : property("people").orElse("300").split(",")) {
            for (String volume : property("volumes").orElse("1,0.5,0.25").split(",")) {
                seeds(property("seeds").orElse("11-13"))
                        .forEach(seed -> trials.add(new Trial(
                                Integer.parseInt(people),
                                112,
                                seed,
                                Double.parseDouble(volume),
                                gamingShare,
                                leaveOut,
                                nights)));
            }
        }
        return trials;
    }

    private static LongStream seeds(String range) {
        String[] ends = range.split("-");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty("evaluate." + name)).filter(text -> !text.isBlank());
    }
}
