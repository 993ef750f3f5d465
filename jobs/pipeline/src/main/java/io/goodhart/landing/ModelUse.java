package io.goodhart.landing;

import io.goodhart.rows.LongIds;
import io.goodhart.rows.Texts;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;

/** What each model was used for in a day, and what that cost. Bounded: as many entries as models. */
final class ModelUse {
    private final LongIds models = new LongIds();
    private final ExactMoney all = new ExactMoney();
    private long[] requests = new long[8];
    private long[] trivial = new long[8];
    private long[] tokens = new long[8];
    private ExactMoney[] costs = new ExactMoney[8];

    void clear() {
        models.clear();
    }

    /** Adds requests to the model of a text's code; returns the model's number in the day. */
    int add(int modelCode, long moreRequests, long moreTrivial, long moreTokens) {
        int known = models.size();
        int model = models.idOf(modelCode);
        if (model == known) {
            begin(model);
        }
        requests[model] += moreRequests;
        trivial[model] += moreTrivial;
        tokens[model] += moreTokens;
        return model;
    }

    /** Adds entries in the shape of {@code PersonDays.MODEL_USE}. */
    void add(GenericArrayData entries, Texts texts) {
        for (int i = 0; i < entries.numElements(); i++) {
            InternalRow entry = entries.getStruct(i, PersonDays.MODEL_USE.size());
            int model = add(texts.codeOf(entry.getUTF8String(0)), entry.getLong(1), entry.getLong(2), entry.getLong(3));
            if (!entry.isNullAt(4)) {
                costs[model].addMicros(entry.getDecimal(4, ColumnSpec.MONEY.precision(), ColumnSpec.MONEY.scale())
                        .toUnscaledLong());
            }
        }
    }

    /** Returns what a model cost, by its number in the day: to be added to. */
    ExactMoney cost(int model) {
        return costs[model];
    }

    /** Returns the cost of all known entries, rounded once after the sum, or null where none is known. */
    Decimal costOrNull() {
        return costOrNull(null);
    }

    /** As {@link #costOrNull()}, together with a cost that is known beside them; null: none is. */
    Decimal costOrNull(Decimal beside) {
        all.clear();
        if (beside != null) {
            all.addMicros(beside.toUnscaledLong());
        }
        for (int model = 0; model < models.size(); model++) {
            all.add(costs[model]);
        }
        return all.orNull();
    }

    /** Returns entries in the shape of {@code PersonDays.MODEL_USE}, sorted by model. */
    GenericArrayData rows(Texts texts) {
        int size = models.size();
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            int place = i;
            while (place > 0 && name(sorted[place - 1], texts).compareTo(name(i, texts)) > 0) {
                sorted[place] = sorted[place - 1];
                place--;
            }
            sorted[place] = i;
        }
        Object[] rows = new Object[size];
        for (int i = 0; i < size; i++) {
            int model = sorted[i];
            rows[i] = new GenericInternalRow(new Object[] {
                name(model, texts), requests[model], trivial[model], tokens[model], costs[model].orNull()
            });
        }
        return new GenericArrayData(rows);
    }

    private org.apache.spark.unsafe.types.UTF8String name(int model, Texts texts) {
        return texts.text((int) models.value(model));
    }

    private void begin(int model) {
        if (model == requests.length) {
            requests = Arrays.copyOf(requests, 2 * model);
            trivial = Arrays.copyOf(trivial, 2 * model);
            tokens = Arrays.copyOf(tokens, 2 * model);
            costs = Arrays.copyOf(costs, 2 * model);
        }
        requests[model] = 0;
        trivial[model] = 0;
        tokens[model] = 0;
        if (costs[model] == null) {
            costs[model] = new ExactMoney();
        }
        costs[model].clear();
    }
}
