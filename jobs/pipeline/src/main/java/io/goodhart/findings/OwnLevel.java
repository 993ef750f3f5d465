package io.goodhart.findings;

import io.goodhart.features.OwnWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a person used a day before their usage turned.
 *
 * @param tokensADay mean over the days on which the person was there
 * @param usdADay the same; NaN: the cost of no token is known
 * @param weeks how many there are
 */
record OwnLevel(double tokensADay, double usdADay, int weeks) {
    private static final int WEEK = 7;
    private static final int FEWEST_WEEKS = 2;

    /**
     * Reads the level off weeks apart, back from the week before {@code since}: the one between is left out, for usage may have turned
     * some days earlier than it shows. A week without any usage counts as nothing used, back to the first that has some; one of leave is
     * no week. One with tokens and no cost, as before the first day of a price list, has a cost that nobody knows: its tokens count at the
     * price of the other weeks'.
     *
     * @param days the week that ends on each day, but for those in which the person was not there
     * @param tokens index of the tokens a day
     * @param usd index of the cost a day
     */
    static OwnLevel before(LocalDate since, SortedMap<LocalDate, OwnWeek> days, int tokens, int usd) {
        double tokensSum = 0;
        double unpricedTokens = 0;
        double usdSum = 0;
        double present = 0;
        int weeks = 0;
        LocalDate first = firstWithUsage(days, since);
        for (LocalDate day = since.minusDays(WEEK + 1L); !day.isBefore(first); day = day.minusDays(WEEK)) {
            OwnWeek week = days.get(day);
            if (week != null) {
                double part = (double) week.presentDays() / WEEK;
                tokensSum += part * week.amount(tokens);
                unpricedTokens += week.amount(usd) > 0 ? 0 : part * week.amount(tokens);
                usdSum += part * week.amount(usd);
                present += part;
                weeks++;
            }
        }
        if (weeks == 0) {
            return new OwnLevel(0, 0, 0);
        }
        double scale = unpricedTokens == 0 ? 1 : tokensSum / (tokensSum - unpricedTokens);
        return new OwnLevel(tokensSum / present, usdSum * scale / present, weeks);
    }

    private static LocalDate firstWithUsage(SortedMap<LocalDate, OwnWeek> days, LocalDate otherwise) {
        return days.entrySet().stream()
                .filter(week -> week.getValue().valuesOrNull() != null)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(otherwise);
    }

    /** Returns whether there are weeks enough to tell a level by. */
    boolean isKnown() {
        return weeks >= FEWEST_WEEKS;
    }
}
