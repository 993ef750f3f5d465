package io.goodhart.evaluation.unlike;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The price list: dollars for a million tokens of input by model, and what other tokens cost in multiples of it. */
final class Prices {
    static final double CACHE_READ = 0.1;
    static final double CACHE_WRITE = 1.25;
    static final double OUTPUT = 5;
    static final SortedMap<String, String> TIERS = new TreeMap<>(
            Map.of("swift-1", "small", "even-2", "mid", "even-3", "mid", "deep-4", "premium", "deep-5", "premium"));
    private static final Map<String, Double> INPUT =
            Map.of("swift-1", 0.25, "even-2", 2.0, "even-3", 3.0, "deep-4", 8.0, "deep-5", 12.0);

    private Prices() {}

    static double input(String model) {
        return INPUT.get(model);
    }
}
