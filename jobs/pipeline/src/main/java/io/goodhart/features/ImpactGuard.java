package io.goodhart.features;

import io.goodhart.features.Feature.Family;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Nobody is strange by volume whose outcome per dollar is at peers' level or better, or whose output rose with their use: heavy use that
 * pays is what AI is bought for, and weeks of a migration look like burning but for what comes out of them.
 *
 * <p>Output follows use as its {@value #OUTPUT_FOLLOWS}th power: ten times the tokens go with about twice the output.
 * <p>Distances of volume count 0 then, and where output rose those of long days and of dropped lines too, which grow with work as volume does.
 * What falsifies adoption or a cap, or carries risk, shows in other features and stays: tiny requests and small merges do, however many. Where the
 * output itself is strange, nobody is excused by it: a ring that waves merges through has the best outcome per dollar of all. Shares of
 * merges tell, not their number: who merges four times as much merges more small changes too.
 */
final class ImpactGuard {
    private static final double OUTPUT_FOLLOWS = 0.3;

    /** By how much output must have risen to be more than chance. */
    private static final double LEAST_RISE = 1.5;

    /** Tokens a day that are credited to now and before: who hardly used any before has not risen without end. */
    private static final double CREDITED_TOKENS = 10_000;

    private static final int[] OUTPUT = Stream.of(
                    "reverted_share",
                    "reverted_merge_share",
                    "small_merge_share",
                    "quick_merge_share",
                    "reciprocal_merge_share",
                    "self_merge_share")
            .mapToInt(FeatureSet.names()::indexOf)
            .toArray();

    /** How many spreads from the peers, as a directed distance, output may stand and still excuse. */
    private static final double PLAIN_OUTPUT = Math.log1p(3);

    private static final int COST_AN_OUTCOME = FeatureSet.names().indexOf("cost_an_outcome");
    private static final int TOKENS_AN_OUTCOME = FeatureSet.names().indexOf("tokens_an_outcome");
    private static final int TOKENS_A_DAY = FeatureSet.names().indexOf("tokens_a_day");
    private static final int[] VOLUME = IntStream.range(0, FeatureSet.DIRECTED.size())
            .filter(i -> isVolume(FeatureSet.DIRECTED.get(i)))
            .toArray();

    /** What grows with work as volume does, and is excused by output that rose alone: a loop at a good price keeps its long days. */
    private static final int[] WORK = Stream.of("active_hours_a_day", "streak_minutes", "dropped_lines_a_day")
            .mapToInt(FeatureSet.names()::indexOf)
            .toArray();

    private ImpactGuard() {}

    static boolean isVolume(Feature feature) {
        return feature.family() == Family.VOLUME;
    }

    /**
     * Sets the distances of volume, and of what grows with it, to 0 where they are excused.
     *
     * @param values raw values by feature; where no cost is known, tokens stand for dollars
     * @param earlierOrNull the same of the person's own earlier weeks; null: not known
     * @param outputRise output over that of own earlier weeks
     * @param distances directed distances by feature
     */
    static void apply(double[] values, double[] earlierOrNull, double outputRise, double[] distances) {
        int price = values[COST_AN_OUTCOME] > 0 ? COST_AN_OUTCOME : TOKENS_AN_OUTCOME;
        boolean isPlain = IntStream.of(OUTPUT).allMatch(i -> distances[i] < PLAIN_OUTPUT);
        boolean followed =
                outputRise >= LEAST_RISE && outputRise >= Math.pow(useRise(values, earlierOrNull), OUTPUT_FOLLOWS);
        if (isPlain && (distances[price] == 0 || followed)) {
            excuse(VOLUME, distances);
        }
        if (isPlain && followed) {
            excuse(WORK, distances);
        }
    }

    private static void excuse(int[] features, double[] distances) {
        for (int i : features) {
            distances[i] = 0;
        }
    }

    private static double useRise(double[] values, double[] earlierOrNull) {
        Double before = OwnWindow.valueOrNull(earlierOrNull, TOKENS_A_DAY);
        return before == null ? 1 : Math.max(1, (values[TOKENS_A_DAY] + CREDITED_TOKENS) / (before + CREDITED_TOKENS));
    }
}
