package io.goodhart.findings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * What a finding's usage costs above what its output normally costs.
 *
 * <p>Three views say what is normal: the tokens that this output costs role peers, the tokens that role peers use, and the tokens that
 * the person used before. The estimate takes the middle one, the interval the largest and the smallest; without earlier weeks the middle
 * is the mean of two. None of them counts more than was used.
 *
 * @param tokens wasted tokens
 * @param usdOrNull the same in US dollars, at what the person's tokens cost on average; null: the cost is not known
 * @param lowUsdOrNull lower end
 * @param highUsdOrNull upper end
 */
record Waste(long tokens, BigDecimal usdOrNull, BigDecimal lowUsdOrNull, BigDecimal highUsdOrNull) {
    private static final int MONEY_DIGITS = 6;

    static Waste of(Evidence evidence, long totalTokens, BigDecimal costUsdOrNull, double outcomes, int observedDays) {
        double ofOutput = evidence.peerMedian("tokens_an_outcome") * (outcomes + 1);
        double ofPeers = evidence.peerMedian("tokens_a_day") * observedDays;
        Double before = evidence.ownBaselineOrNull("tokens_a_day");
        double[] normal = before == null
                ? new double[] {ofOutput, (ofOutput + ofPeers) / 2, ofPeers}
                : new double[] {ofOutput, ofPeers, before * observedDays};
        Arrays.sort(normal);
        return new Waste(
                above(totalTokens, normal[1]),
                usd(totalTokens, normal[1], costUsdOrNull),
                usd(totalTokens, normal[2], costUsdOrNull),
                usd(totalTokens, normal[0], costUsdOrNull));
    }

    private static long above(long totalTokens, double normal) {
        return Math.max(0, totalTokens - Math.round(normal));
    }

    private static BigDecimal usd(long totalTokens, double normal, BigDecimal costUsdOrNull) {
        if (costUsdOrNull == null) {
            return null;
        }
        if (totalTokens == 0) {
            return BigDecimal.ZERO.setScale(MONEY_DIGITS);
        }
        return costUsdOrNull
                .multiply(BigDecimal.valueOf(above(totalTokens, normal)))
                .divide(BigDecimal.valueOf(totalTokens), MONEY_DIGITS, RoundingMode.HALF_UP);
    }
}
