package io.goodhart.evaluation;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How accurate a published night was.
 *
 * @param people people ranked: those of {@code usage_scores} but for the ones outside
 * @param outside owners of declared workloads and others whom a disposition keeps out of the ranking
 * @param gamers people ranked who game on the run date or have before; also the k of "the first k"
 * @param lookAlikes honest people ranked who look like gaming
 * @param rankings ours first, then what users have today
 * @param behaviours a line for each behaviour, by name
 * @param flagged people ranked who are flagged
 * @param flaggedHonest honest people among them
 * @param lookAlikesAmongFirst how many of each kind are among the first k
 * @param lookAlikesFlagged how many of each kind are flagged
 * @param honestJudged honest people with a p-value
 * @param honestBelowHundredth of them, those with a p-value of 0.01 or less
 * @param honestBelowTenth of them, those with a p-value of 0.1 or less
 * @param patterns patterns of the flagged gamers
 * @param patternAgreement adjusted Rand index of those patterns against their behaviours; empty: nobody was found
 * @param waste empty where the labels know nothing of waste, or nobody was found
 * @param delays by behaviour, empty where no more than the one night is published
 * @param kept empty where nobody was a finding on two nights that follow one another
 */
public record EvaluationReport(
        LocalDate runDate,
        long people,
        long outside,
        long gamers,
        long lookAlikes,
        List<RankingLine> rankings,
        List<BehaviourLine> behaviours,
        long flagged,
        long flaggedHonest,
        Map<String, Long> lookAlikesAmongFirst,
        Map<String, Long> lookAlikesFlagged,
        long honestJudged,
        long honestBelowHundredth,
        long honestBelowTenth,
        long patterns,
        Optional<Double> patternAgreement,
        Optional<WasteLine> waste,
        List<DelayLine> delays,
        Optional<KeptLine> kept) {

    public EvaluationReport {
        rankings = List.copyOf(rankings);
        behaviours = List.copyOf(behaviours);
        lookAlikesAmongFirst = Map.copyOf(lookAlikesAmongFirst);
        lookAlikesFlagged = Map.copyOf(lookAlikesFlagged);
        delays = List.copyOf(delays);
    }

    /**
     * How well an order finds the gamers.
     *
     * @param averagePrecision NaN where nobody games
     * @param precisionAmongFirst share of gamers among the first k; NaN where nobody games
     */
    public record RankingLine(String name, double averagePrecision, double precisionAmongFirst) {}

    /** How many show a behaviour, and how many of them are flagged, and among the first k. */
    public record BehaviourLine(String behaviour, long gamers, long flagged, long amongFirst) {}

    /**
     * What findings of gamers are said to have wasted, beside the truth.
     *
     * @param findings findings of gamers whose waste is known
     * @param covered of them, those whose interval holds the truth
     */
    public record WasteLine(
            long findings, long covered, double toldTokens, double trueTokens, double toldUsd, double trueUsd) {}

    /**
     * How long gaming went on before a night flagged it.
     *
     * @param gamers people who began once nights were published
     * @param daysUntilFlagged from the first gamed day to the first night flagged, of those who were, ascending
     */
    public record DelayLine(String behaviour, long gamers, List<Integer> daysUntilFlagged) {
        public DelayLine {
            daysUntilFlagged = daysUntilFlagged.stream().sorted().toList();
        }

        /** Returns the median over all {@link #gamers}; empty where half of them or more have not been flagged. */
        public Optional<Double> medianDays() {
            int lower = (int) (gamers - 1) / 2;
            int upper = (int) gamers / 2;
            return upper < daysUntilFlagged.size()
                    ? Optional.of((daysUntilFlagged.get(lower) + daysUntilFlagged.get(upper)) / 2.0)
                    : Optional.empty();
        }
    }

    /**
     * Whether findings of gamers kept their pattern's id from night to night.
     *
     * @param people who were a finding on two nights that follow one another
     * @param keptPeople of them, those whose id never changed
     * @param steps from one night to the next, over these people
     * @param keptSteps of them, those without a change
     */
    public record KeptLine(long people, long keptPeople, long steps, long keptSteps) {}

    /** Returns the share of honest people among the flagged; 0 where nobody is flagged. */
    public double falseDiscoveryProportion() {
        return flagged == 0 ? 0 : (double) flaggedHonest / flagged;
    }
}
