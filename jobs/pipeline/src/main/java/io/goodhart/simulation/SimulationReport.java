package io.goodhart.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was written.
 *
 * @param settings what was asked for
 * @param gamers how many people game
 * @param rows rows by table, repeated deliveries included
 */
public record SimulationReport(SimulationSettings settings, int gamers, Map<String, Long> rows) {
    public SimulationReport {
        rows = new TreeMap<>(rows);
    }
}
