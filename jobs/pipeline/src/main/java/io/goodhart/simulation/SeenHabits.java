package io.goodhart.simulation;

import java.util.List;

/** What the events of a real person say of their habits: enough for gaming to look like theirs. */
final class SeenHabits {
    private static final double EARLY = 0.1;
    private static final double LATE = 0.9;
    private static final double HOURS_A_DAY = 24;

    private SeenHabits() {}

    /**
     * @param requestTokens tokens of their requests
     * @param hours when these began, on the person's own clock
     * @param mergeLines lines of their merges
     */
    static Habits of(
            Tool tool,
            List<Double> requestTokens,
            List<Double> hours,
            List<Double> mergeLines,
            double requestsADay,
            double cacheShare,
            double outputShare,
            double agentShare) {
        double begins = quantile(hours, EARLY, 9);
        double length = Math.max(4, Math.min(HOURS_A_DAY - begins, quantile(hours, LATE, 17) - begins));
        return new Habits(
                tool,
                tool,
                0,
                1,
                0,
                requestsADay,
                1,
                1,
                quantile(requestTokens, 0.5, Habits.MIDDLING_TOKENS),
                cacheShare,
                outputShare,
                0.02,
                agentShare,
                AiModel.ALL.stream().map(model -> model.popularity).toList(),
                0.3,
                1,
                begins,
                length,
                0,
                0,
                0.03,
                0.03,
                quantile(mergeLines, 0.5, 60),
                0.9);
    }

    /** Returns the value below which this share of {@code values} lies; {@code whenNone} where there are none. */
    static double quantile(List<Double> values, double share, double whenNone) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? whenNone : sorted.get((int) Math.floor(share * (sorted.size() - 1)));
    }
}
