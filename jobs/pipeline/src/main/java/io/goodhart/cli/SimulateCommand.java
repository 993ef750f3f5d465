package io.goodhart.cli;

import io.goodhart.failures.Messages;
import io.goodhart.session.SparkSessions;
import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.Simulation;
import io.goodhart.simulation.SimulationReport;
import io.goodhart.simulation.SimulationSettings;
import io.goodhart.warehouse.Warehouse;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a labelled company. */
@Command(
        name = "simulate",
        description = "Write a made-up company in the input contract, with known gaming: what accuracy is measured on.")
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "an empty folder, or one not there yet")
    private String to;

    @Option(names = "--people", paramLabel = "N", defaultValue = "150", description = "default: ${DEFAULT-VALUE}")
    private int people;

    @Option(names = "--days", paramLabel = "N", defaultValue = "84", description = "default: ${DEFAULT-VALUE}")
    private int days;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "D",
            converter = StrictDate.class,
            description = "the last UTC day, as YYYY-MM-DD")
    private LocalDate until;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "the same arguments give the same rows (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--volume",
            paramLabel = "V",
            defaultValue = "1",
            description = "scales what gaming adds: 1 loud, 0.5 half, 0.25 a quarter (default: ${DEFAULT-VALUE})")
    private double volume;

    @Option(
            names = "--gaming-share",
            paramLabel = "P",
            defaultValue = "" + SimulationSettings.GAMING_SHARE,
            description = "share of people who game (default: ${DEFAULT-VALUE})")
    private double gamingShare;

    @Option(
            names = "--leave-out",
            paramLabel = "B",
            split = ",",
            description = "behaviours that nobody shows, by the names of docs/patterns.md")
    private List<String> leaveOut = new ArrayList<>();

    @Option(names = "--master", paramLabel = "URL", description = "Spark's master (default: this machine, local[*])")
    private String master;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SimulationSettings settings = new SimulationSettings(people, days, until, seed, volume, gamingShare, leftOut());
        try (SparkSessions.Opened session =
                SparkSessions.withoutWarehouse(config.settings(), Optional.ofNullable(master))) {
            print(Warehouse.guarding(
                    "cannot write a company to " + to,
                    () -> Simulation.of(settings).write(session.spark(), to)));
        }
        return 0;
    }

    private List<Behaviour> leftOut() {
        List<String> unknown = leaveOut.stream()
                .filter(name -> Behaviour.called(name).isEmpty())
                .map(name -> "--leave-out " + name + ": no such behaviour; there are "
                        + String.join(
                                ", ", Behaviour.ALL.stream().map(Behaviour::id).toList()))
                .toList();
        if (!unknown.isEmpty()) {
            throw Messages.invalidArguments(unknown);
        }
        return leaveOut.stream()
                .flatMap(name -> Behaviour.called(name).stream())
                .toList();
    }

    private void print(SimulationReport report) {
        PrintWriter out = spec.commandLine().getOut();
        report.rows().forEach((table, rows) -> out.println(table + ": " + rows + " rows"));
        out.println(report.gamers() + " of " + people + " people game; who, and since when, is in " + to
                + "/truth.parquet");
        out.flush();
    }
}
