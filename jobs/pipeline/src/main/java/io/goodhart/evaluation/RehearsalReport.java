package io.goodhart.evaluation;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rehearsal found.
 *
 * @param notPlayed behaviours that this company's tables, or so few players, cannot show
 */
public record RehearsalReport(
        LocalDate runDate, List<Line> lines, List<FalseAlarms> falseAlarms, List<String> notPlayed) {
    /** How many people played a behaviour at a volume, and how many of them were flagged. */
    public record Line(String behaviour, double volume, long injected, long found) {}

    /**
     * Findings among the people who played nothing, beyond those of the night itself.
     *
     * @param people how many they are, all together
     * @param rounds how many nights were rehearsed at this volume
     */
    public record FalseAlarms(double volume, long people, long rounds) {}

    public RehearsalReport {
        lines = List.copyOf(lines);
        falseAlarms = List.copyOf(falseAlarms);
        notPlayed = List.copyOf(notPlayed);
    }

    /** Returns the figures by name, as they are kept with the run. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Line line : lines) {
            String name = "rehearsal." + line.volume() + "." + line.behaviour();
            counts.put(name + ".injected", line.injected());
            counts.put(name + ".found", line.found());
        }
        for (FalseAlarms alarms : falseAlarms) {
            counts.put("rehearsal." + alarms.volume() + ".false_alarms", alarms.people());
            counts.put("rehearsal." + alarms.volume() + ".rounds", alarms.rounds());
        }
        return counts;
    }
}
