package io.goodhart.cli;

import static java.util.stream.Collectors.joining;

import io.goodhart.failures.Messages;
import io.goodhart.simulation.Behaviour;
import io.goodhart.simulation.Simulation;
import io.goodhart.simulation.SimulationReport;
import io.goodhart.simulation.SimulationSettings;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes up a labelled company. */
@Command(name = "simulate", description = "Write a made-up company, with truth.parquet saying who games and how.")
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private SessionOptions options;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "an empty folder, or a new one")
    private String to;

    @Option(
            names = "--people",
            paramLabel = "N",
            defaultValue = "150",
            description = "people (default: ${DEFAULT-VALUE})")
    private int people;

    @Option(names = "--days", paramLabel = "N", defaultValue = "84", description = "days (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "D",
            converter = StrictDate.class,
            description = "the last day, as YYYY-MM-DD")
    private LocalDate until;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "20260531",
            description = "the same seed makes the same company (default: ${DEFAULT-VALUE})")
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
            defaultValue = "0.045",
            description = "share of the people who game (default: ${DEFAULT-VALUE})")
    private double gamingShare;

    @Option(
            names = "--leave-out",
            paramLabel = "B",
            split = ",",
            description = "behaviours that nobody shows: one or more, by comma")
    private List<String> leaveOut = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SimulationSettings company =
                new SimulationSettings(people, days, until, seed, volume, gamingShare, behaviours());
        SimulationReport report =
                options.with((spark, settings) -> Simulation.of(company).write(spark, to));
        PrintWriter out = spec.commandLine().getOut();
        out.println(people + " people, " + report.gamers() + " of them gaming, " + days + " days until " + until
                + " in " + to);
        report.rows()
                .forEach((table, rows) -> out.println(String.format(Locale.ROOT, "%-24s %,14d rows", table, rows)));
        out.flush();
        return 0;
    }

    private List<Behaviour> behaviours() {
        List<String> unknown =
                leaveOut.stream().filter(id -> Behaviour.called(id).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            String known = Behaviour.ALL.stream().map(Behaviour::id).collect(joining(", "));
            throw Messages.invalidArguments(
                    List.of("--leave-out " + String.join(",", unknown) + ": must be of " + known));
        }
        return leaveOut.stream().flatMap(id -> Behaviour.called(id).stream()).toList();
    }
}
