package io.goodhart.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.jobs.NightlyJob;
import io.goodhart.session.Progress;
import io.goodhart.session.Settings;
import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.Simulation;
import io.goodhart.simulation.SimulationSettings;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small company in which nobody games, rehearsed once with one player a behaviour and room for all of them. */
class RehearsalTest {
    private static final LocalDate NIGHT = LocalDate.parse("2026-05-31");

    @TempDir
    private Path folder;

    @Test
    @Tag("evaluate")
    void aRehearsalFindsLoudGamingTellsItByBehaviourAndKeepsItsFiguresWithTheRun() {
        SparkSession spark = TestSession.spark();
        String input = folder.resolve("company").toString();
        Simulation.of(new SimulationSettings(80, 63, NIGHT, 3, 1, 0, List.of())).write(spark, input);
        Warehouse warehouse = TestWarehouse.in(folder.resolve("warehouse"));
        Progress silent = new Progress(Optional.empty(), new PrintWriter(Writer.nullWriter()));
        String models = folder.resolve("models").toString();
        Settings settings = withRoom(Settings.defaults());
        new NightlyJob(spark, warehouse, settings, models, silent, "test")
                .run(NIGHT, input, NightlyJob.Training.WHEN_DUE);
        Map<String, Long> counted = counts(warehouse);

        RehearsalReport report =
                new Rehearsal(spark, warehouse, settings, models, silent).run(NIGHT, input, List.of(1.0), 1);

        assertThat(Stream.concat(
                        report.lines().stream().map(RehearsalReport.Line::behaviour), report.notPlayed().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Behaviour.ALL.stream().map(Behaviour::id).toList());
        assertThat(report.lines())
                .allSatisfy(line -> assertThat(line.injected()).isPositive());
        assertThat(report.lines().stream().filter(line -> line.found() > 0).count())
                .as("behaviours found")
                .isGreaterThan(report.lines().size() / 2);
        assertThat(report.falseAlarms()).hasSize(1);
        assertThat(report.falseAlarms().get(0).people()).as("false alarms").isLessThan(8);
        assertThat(EvaluationText.lines(report))
                .anySatisfy(text -> assertThat(text).contains("recall", "ping_pong"))
                .anySatisfy(text -> assertThat(text).contains("false alarms"));
        assertThat(counts(warehouse)).containsAllEntriesOf(counted).containsAllEntriesOf(report.counts());
        assertThat(report.counts().keySet().stream()
                        .filter(name -> name.endsWith(".found"))
                        .collect(Collectors.toSet()))
                .hasSameSizeAs(report.lines());
    }

    private static Map<String, Long> counts(Warehouse warehouse) {
        return warehouse.runs().published(NIGHT).orElseThrow().known().counts();
    }

    /** A round takes half the alert budget: of a tiny company, everybody. */
    private static Settings withRoom(Settings settings) {
        return new Settings(
                settings.windows(),
                new Settings.Decision(
                        1,
                        settings.decision().falseDiscoveryRate(),
                        settings.decision().minGroup()),
                settings.training(),
                settings.forest(),
                settings.maxRejectedShare(),
                settings.leaseSeconds(),
                settings.deadlineSeconds(),
                settings.outcomeWeights(),
                settings.catalog(),
                settings.spark());
    }
}
