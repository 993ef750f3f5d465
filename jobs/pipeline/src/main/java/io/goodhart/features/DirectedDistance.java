package io.goodhart.features;

/**
 * How far a window stands from its peers on the suspicious side of each feature: {@code log1p(min(cap, weight × max(0, sign × robust
 * z)))}.
 *
 * <p>The honest side counts as 0, for an honest extreme must not isolate; the cap keeps one wild feature from hiding four strange ones, and a
 * habit that stands twice the cap away counts as much as what is new.
 * <p>A person's own earlier weeks confirm a distance and never make one: what is all new weighs in full, what the person has always done
 * half. Who has no earlier weeks stands between the two. What was always done was there in the first half of the earlier weeks as
 * well as in all of them: gaming that began before the window must not become its own excuse.
 */
final class DirectedDistance {
    private static final double CAP = 20;

    /** What a distance counts that the person's own earlier weeks had already. */
    private static final double HABIT_WEIGHT = 0.5;

    /** How much of a distance is taken for new where nothing is known of earlier weeks. */
    private static final double UNKNOWN_NOVELTY = 0.7;

    private DirectedDistance() {}

    /**
     * Returns the directed distance of one feature; all values on its scale of comparison.
     *
     * @param earlierOrNull the same feature of the person's own earlier weeks; null: not known
     * @param firstOrNull the same of the first half of those weeks; null: not known
     * @param median of the peers
     * @param spread of the peers
     */
    static double of(
            Feature feature, double scaled, Double earlierOrNull, Double firstOrNull, double median, double spread) {
        double credited = Math.max(spread, feature.unit().leastSpread());
        double now = Math.max(0, feature.suspicious().sign() * (scaled - median) / credited);
        if (now == 0) {
            return 0;
        }
        return Math.log1p(Math.min(CAP, now * weight(feature, now, earlierOrNull, firstOrNull, median, credited)));
    }

    private static double weight(
            Feature feature, double now, Double earlierOrNull, Double firstOrNull, double median, double spread) {
        if (feature.family() == Feature.Family.CHANGE) {
            return 1;
        }
        double novelty = UNKNOWN_NOVELTY;
        if (earlierOrNull != null) {
            double all = feature.suspicious().sign() * (earlierOrNull - median) / spread;
            double first = firstOrNull == null ? all : feature.suspicious().sign() * (firstOrNull - median) / spread;
            double before = Math.max(0, Math.min(all, first));
            novelty = Math.max(0, now - before) / now;
        }
        return HABIT_WEIGHT + (1 - HABIT_WEIGHT) * novelty;
    }
}
