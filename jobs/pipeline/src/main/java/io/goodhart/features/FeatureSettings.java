package io.goodhart.features;

import java.util.Map;

/**
 * How windows are cut.
 *
 * @param windowDays length of a window, days
 * @param baselineDays length of the person's own earlier weeks, which end where the window begins, days
 * @param minimumObservedDays observed days from which on a window can be judged
 * @param outcomeWeights what one outcome of a kind weighs; kinds that are not there weigh nothing
 */
public record FeatureSettings(
        int windowDays, int baselineDays, int minimumObservedDays, Map<String, Double> outcomeWeights)
        implements java.io.Serializable {
    public FeatureSettings {
        outcomeWeights = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(outcomeWeights));
    }
}
