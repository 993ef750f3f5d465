package io.goodhart.findings;

import io.goodhart.features.FeatureSet;
import io.goodhart.findings.HonestChange.Errors;
import io.goodhart.findings.HonestChange.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a finding's usage costs above what is normal, with an interval that is meant to hold it nine times in ten.
 *
 * <p>Normal is what the person used a day before the usage turned, carried on as people's usage is carried on who are no findings: the
 * mean of their change makes the estimate, its 5 % and 95 % quantiles the interval, wider where few weeks are known. Who has no earlier
 * weeks is measured by role peers in the same way; who has, but of an unknown cost, by the earlier tokens at the price of today's. Nothing
 * below nothing, nothing above what was used.
 *
 * <p>Where a behaviour consists of tiny requests only, they bound what it costs, however the rest of the usage moved. Where it makes tokens
 * dearer and adds none, normal is what the window's tokens would have cost at the price that the person paid for a token before.
 *
 * @param tokens wasted tokens
 * @param usdOrNull the same in US dollars, against what was spent a day; null: the cost is not known
 * @param lowUsdOrNull lower end
 * @param highUsdOrNull upper end
 */
record Waste(long tokens, BigDecimal usdOrNull, BigDecimal lowUsdOrNull, BigDecimal highUsdOrNull) {
    private static final int MONEY_DIGITS = 6;
    private static final double USUAL_WEEKS = 8;

    /** A tiny request has fewer tokens than this. */
    private static final double TINY_TOKENS = 1_000;

    private static final String TOKENS = "tokens_a_day";
    private static final String PRICE = "cost_a_million_tokens";
    private static final double LEAST_OF_TINY = 0.05;
    private static final double MIDDLE_OF_TINY = 0.5;

    /** Estimates the waste of a finding of the pattern {@code patternId}. */
    static Waste of(Candidate candidate, OwnLevel level, HonestChange change, String patternId) {
        Optional<Archetype> archetype = Archetype.called(patternId);
        if (archetype.filter(Archetype::ofTinyRequests).isPresent()) {
            return ofTinyRequests(candidate);
        }
        return archetype.filter(Archetype::ofDearerTokens).isPresent()
                ? ofDearerTokens(candidate, level, change)
                : aboveNormal(candidate, level, change);
    }

    private static Waste aboveNormal(Candidate candidate, OwnLevel level, HonestChange change) {
        Evidence evidence = candidate.evidence();
        double days = daysPresent(candidate);
        double tokens = normal(level.isKnown(), level.tokensADay(), evidence.peerMedian(TOKENS), days);
        Errors ofTokens = errors(level.isKnown(), change.tokens());
        long wasted = Math.round(above((double) candidate.totalTokens(), tokens * ofTokens.mean()));
        if (level.isKnown() && Double.isNaN(level.usdADay()) && candidate.costUsdOrNull() != null) {
            double usdAToken = candidate.costUsdOrNull().doubleValue() / Math.max(1, candidate.totalTokens());
            return priced(candidate, wasted, tokens * usdAToken, ofTokens, level.weeks());
        }
        double usd = normal(level.isKnown(), level.usdADay(), evidence.peerMedian("cost_a_day"), days);
        return priced(candidate, wasted, usd, errors(level.isKnown(), change.usd()), level.weeks());
    }

    /**
     * The person's own price comes from weeks with some usage, a request's worth a day, and a known cost. Who has none, for the usage is
     * strange as far back as it is known, but has long paid more than peers do, has not been seen to turn dearer: only the upper end is
     * held against the peers.
     */
    private static Waste ofDearerTokens(Candidate candidate, OwnLevel level, HonestChange change) {
        if (level.isKnown() && level.tokensADay() >= TINY_TOKENS && level.usdADay() > 0) {
            return atPrice(
                    candidate,
                    level.usdADay() / level.tokensADay() * 1e6,
                    change.price().own(),
                    level.weeks());
        }
        double peers = candidate.evidence().peerMedian(PRICE);
        Waste besidePeers = atPrice(candidate, peers, change.price().peers(), level.weeks());
        Double own = candidate.evidence().ownBaselineOrNull(PRICE);
        if (own == null || own <= peers || candidate.costUsdOrNull() == null) {
            return besidePeers;
        }
        Waste besideHabit = atPrice(candidate, own, change.price().own(), level.weeks());
        BigDecimal high = besidePeers.highUsdOrNull().max(besideHabit.highUsdOrNull());
        return new Waste(0, besideHabit.usdOrNull(), besideHabit.lowUsdOrNull(), high);
    }

    private static Waste atPrice(Candidate candidate, double usdAMillion, Errors errors, int weeks) {
        return priced(candidate, 0, tokensOfKnownCost(candidate) * usdAMillion / 1e6, errors, weeks);
    }

    /** Returns the tokens of the tools that tell a cost, for only their price is known. */
    private static double tokensOfKnownCost(Candidate candidate) {
        double usdAMillion = candidate.evidence().value(PRICE);
        if (candidate.costUsdOrNull() == null || usdAMillion <= 0) {
            return candidate.totalTokens();
        }
        double priced =
                Math.rint(candidate.costUsdOrNull().doubleValue() * 1e6 / usdAMillion) - FeatureSet.CREDITED_TOKENS;
        return Math.min((double) candidate.totalTokens(), Math.max(0, priced));
    }

    /** Holds the cost against {@code normalUsd}, carried on with these errors. */
    private static Waste priced(Candidate candidate, long wasted, double normalUsd, Errors errors, int weeks) {
        if (candidate.costUsdOrNull() == null) {
            return new Waste(wasted, null, null, null);
        }
        double cost = candidate.costUsdOrNull().doubleValue();
        double widened = Math.sqrt(2 - Math.min(USUAL_WEEKS, Math.max(1, weeks)) / USUAL_WEEKS);
        double low = above(cost, normalUsd * errors.highest(widened));
        double high = above(cost, normalUsd * errors.lowest(widened));
        double middle = Math.min(high, Math.max(low, above(cost, normalUsd * errors.mean())));
        return new Waste(wasted, money(middle), money(low), money(high));
    }

    private static double normal(boolean ownIsKnown, double own, double peers, double days) {
        return (ownIsKnown ? own : peers) * days;
    }

    /** Returns the days over which the window's amounts were spread. */
    private static double daysPresent(Candidate candidate) {
        double tokensADay = candidate.evidence().value(TOKENS);
        return tokensADay > 0 ? Math.rint((double) candidate.totalTokens() / tokensADay) : candidate.observedDays();
    }

    private static Errors errors(boolean ownIsKnown, Quantity change) {
        return ownIsKnown ? change.own() : change.peers();
    }

    private static Waste ofTinyRequests(Candidate candidate) {
        double requests = candidate.evidence().value("tiny_requests_an_active_day") * candidate.activeDays();
        double most = Math.min((double) candidate.totalTokens(), requests * TINY_TOKENS);
        long wasted = Math.round(most * MIDDLE_OF_TINY);
        if (candidate.costUsdOrNull() == null) {
            return new Waste(wasted, null, null, null);
        }
        double usd = candidate.costUsdOrNull().doubleValue() * most / Math.max(1, candidate.totalTokens());
        return new Waste(wasted, money(usd * MIDDLE_OF_TINY), money(usd * LEAST_OF_TINY), money(usd));
    }

    private static double above(double used, double normal) {
        return Math.max(0, used - normal);
    }

    private static BigDecimal money(double usd) {
        return BigDecimal.valueOf(usd).setScale(MONEY_DIGITS, RoundingMode.DOWN);
    }
}
