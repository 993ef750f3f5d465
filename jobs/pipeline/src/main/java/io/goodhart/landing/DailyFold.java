package io.goodhart.landing;

import io.goodhart.rows.EventColumn;
import io.goodhart.rows.Words;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.UsageDaily;
import java.util.List;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;

/**
 * Folds a person's day with a tool that exports no requests, one row a model and surface, into usage columns of {@code person_days}. What a
 * source that breaks the contract has told by the request too is added up with it: a day has one row a person and source.
 */
final class DailyFold implements DayFold {
    private static final List<EventColumn> READS = List.of(
            EventColumn.number("requests", UsageDaily.REQUESTS.col()),
            EventColumn.number("sessions", UsageDaily.SESSIONS.col()),
            EventColumn.number("input", UsageDaily.INPUT_TOKENS.col()),
            EventColumn.number("cache_read", UsageDaily.CACHE_READ_TOKENS.col()),
            EventColumn.number("cache_write", UsageDaily.CACHE_WRITE_TOKENS.col()),
            EventColumn.number("output", UsageDaily.OUTPUT_TOKENS.col()),
            EventColumn.number("suggested", UsageDaily.LINES_SUGGESTED.col()),
            EventColumn.number("accepted", UsageDaily.LINES_ACCEPTED.col()),
            EventColumn.text("model", UsageDaily.MODEL.col()),
            EventColumn.money("cost", UsageDaily.COST_USD.col()));
    private static final List<ColumnSpec> FILLS = List.of(
            PersonDays.REQUESTS,
            PersonDays.SESSIONS,
            PersonDays.INPUT_TOKENS,
            PersonDays.CACHE_READ_TOKENS,
            PersonDays.CACHE_WRITE_TOKENS,
            PersonDays.OUTPUT_TOKENS,
            PersonDays.LINES_SUGGESTED,
            PersonDays.LINES_ACCEPTED,
            PersonDays.TOTAL_TOKENS,
            PersonDays.COST_USD,
            PersonDays.MODELS);
    private static final int REQUESTS = 0;
    private static final int FIRST_TOKENS = 2;
    private static final int SUMS = 8;
    private static final int MODEL = 8;
    private static final int COST = 9;

    private final ListPrices prices;
    private final Total[] sums = new Total[SUMS];
    private final Total total = new Total();
    private final ModelUse models = new ModelUse();
    private final long[] tokens = new long[4];

    DailyFold(Prices prices) {
        this.prices = new ListPrices(prices);
        java.util.Arrays.setAll(sums, column -> new Total());
    }

    @Override
    public List<EventColumn> reads() {
        return READS;
    }

    @Override
    public int time() {
        return -1;
    }

    @Override
    public int tie() {
        return -1;
    }

    @Override
    public List<ColumnSpec> fills() {
        return FILLS;
    }

    @Override
    public void fold(DayRows day, Object[] values, int[] places) {
        for (int column = 0; column < SUMS; column++) {
            sums[column].begin((Long) values[places[column]]);
        }
        total.begin((Long) values[places[SUMS]]);
        models.clear();
        for (int i = 0; i < day.size(); i++) {
            add(day, day.row(i));
        }
        for (int column = 0; column < SUMS; column++) {
            values[places[column]] = sums[column].orNull();
        }
        values[places[SUMS]] = total.orNull();
        values[places[SUMS + 1]] = models.costOrNull((Decimal) values[places[SUMS + 1]]);
        if (values[places[SUMS + 2]] != null) {
            models.add((GenericArrayData) values[places[SUMS + 2]], day.texts());
        }
        values[places[SUMS + 2]] = models.rows(day.texts());
    }

    private void add(DayRows day, int row) {
        Words words = day.words();
        int first = day.firstWanted();
        long nulls = words.nulls(row) >>> first;
        for (int column = 0; column < SUMS; column++) {
            if (isKnown(nulls, column)) {
                sums[column].add(words.get(row, first + column));
            }
        }
        boolean knowsTokens = false;
        long all = 0;
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = words.get(row, first + FIRST_TOKENS + i);
            all += tokens[i];
            knowsTokens |= isKnown(nulls, FIRST_TOKENS + i);
        }
        if (knowsTokens) {
            total.add(all);
        }
        int modelCode = (int) words.get(row, first + MODEL);
        int model = models.add(modelCode, words.get(row, first + REQUESTS), 0, all);
        if (isKnown(nulls, COST)) {
            models.cost(model).addMicros(words.get(row, first + COST));
        } else if (knowsTokens) {
            prices.add(models.cost(model), modelCode, day, tokens[0], tokens[1], tokens[2], tokens[3]);
        }
    }

    private static boolean isKnown(long nulls, int column) {
        return (nulls >>> column & 1) == 0;
    }
}
