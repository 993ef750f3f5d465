package io.goodhart.findings;

import java.time.LocalDate;
import java.util.SortedMap;

/**
 * What a person used a day before their usage turned.
 *
 * @param tokensADay mean over the weeks
 * @param usdADay mean over the weeks; NaN: the cost of no token is known
 * @param weeks how many there are
 */
record OwnLevel(double tokensADay, double usdADay, int weeks) {
    private static final int WEEK = 7;
    private static final int FEWEST_WEEKS = 2;

    /**
     * Reads the level off weeks apart, back from the week before {@code since}: the one between is left out, for usage may have turned
     * some days earlier than it shows. A week without any usage counts as nothing used, back to the first that has some. One with tokens
     * and no cost, as before the first day of a price list, has a cost that nobody knows: its tokens count at the price of the other weeks'.
     *
     * @param days the features of the week that ends on each day with usage in it
     * @param tokens index of the tokens a day
     * @param usd index of the cost a day
     */
    static OwnLevel before(LocalDate since, SortedMap<LocalDate, double[]> days, int tokens, int usd) {
        double tokensSum = 0;
        double unpricedTokens = 0;
        double usdSum = 0;
        int weeks = 0;
        for (LocalDate day = since.minusDays(WEEK + 1L);
                !days.isEmpty() && !day.isBefore(days.firstKey());
                day = day.minusDays(WEEK)) {
            double[] week = days.get(day);
            tokensSum += week == null ? 0 : week[tokens];
            unpricedTokens += week == null || week[usd] > 0 ? 0 : week[tokens];
            usdSum += week == null ? 0 : week[usd];
            weeks++;
        }
        if (weeks == 0) {
            return new OwnLevel(0, 0, 0);
        }
        double scale = unpricedTokens == 0 ? 1 : tokensSum / (tokensSum - unpricedTokens);
        return new OwnLevel(tokensSum / weeks, usdSum * scale / weeks, weeks);
    }

    /** Returns whether there are weeks enough to tell a level by. */
    boolean isKnown() {
        return weeks >= FEWEST_WEEKS;
    }
}
