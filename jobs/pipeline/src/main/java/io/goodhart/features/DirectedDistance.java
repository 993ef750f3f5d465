package io.goodhart.features;

/**
 * How far a window stands from its peers on the suspicious side of each feature: {@code log1p(min(cap, max(0, sign × robust z)))}.
 *
 * <p>The honest side counts as 0, for an honest extreme must not isolate; the cap and the logarithm keep one wild feature from hiding
 * four strange ones.
 */
final class DirectedDistance {
    private static final double CAP = 20;

    private DirectedDistance() {}

    /** Returns the directed distance of one feature; value, median and spread on its scale of comparison. */
    static double of(Feature feature, double scaled, double median, double spread) {
        double z = (scaled - median) / Math.max(spread, feature.unit().leastSpread());
        return Math.log1p(Math.min(CAP, Math.max(0, feature.suspicious().sign() * z)));
    }
}
