package io.goodhart.landing;

import io.goodhart.rows.LongIds;
import java.util.Arrays;

/** What tokens cost that were not billed: the list price of the day, looked up once a model and day of a task. */
final class ListPrices {
    private final Prices prices;
    private final LongIds modelDays = new LongIds();
    private Prices.Price[] found = new Prices.Price[16];

    ListPrices(Prices prices) {
        this.prices = prices;
    }

    /** Adds the list price of tokens to {@code cost}; nothing where there is none. */
    void add(ExactMoney cost, int modelCode, DayRows day, long input, long cacheRead, long cacheWrite, long output) {
        Prices.Price price = inForce(modelCode, day);
        if (price != null) {
            cost.addTokens(input, price.input());
            cost.addTokens(cacheRead, price.cacheRead());
            cost.addTokens(cacheWrite, price.cacheWrite());
            cost.addTokens(output, price.output());
        }
    }

    private Prices.Price inForce(int modelCode, DayRows day) {
        int known = modelDays.size();
        int modelDay = modelDays.idOf((long) day.day() << 32 | modelCode);
        if (modelDay == known) {
            if (modelDay == found.length) {
                found = Arrays.copyOf(found, 2 * modelDay);
            }
            found[modelDay] = prices.inForce(day.texts().text(modelCode).toString(), day.day());
        }
        return found[modelDay];
    }
}
