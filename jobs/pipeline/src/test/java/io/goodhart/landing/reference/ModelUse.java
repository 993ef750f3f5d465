package io.goodhart.landing.reference;

import io.goodhart.tables.ColumnSpec;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What each model was used for in a day, and what that cost. Bounded: as many entries as models. */
final class ModelUse implements Serializable {
    private final SortedMap<String, Use> uses = new TreeMap<>();

    private static final class Use implements Serializable {
        private long requests;
        private long trivial;
        private long tokens;
        private BigDecimal cost;
    }

    void add(String model, long requests, long trivial, long tokens, BigDecimal costOrNull) {
        Use use = uses.computeIfAbsent(model, absent -> new Use());
        use.requests += requests;
        use.trivial += trivial;
        use.tokens += tokens;
        if (costOrNull != null) {
            use.cost = use.cost == null ? costOrNull : use.cost.add(costOrNull);
        }
    }

    /** Returns the cost of all known entries, rounded once after the sum, or null where none is known. */
    BigDecimal costOrNull() {
        BigDecimal sum = null;
        for (Use use : uses.values()) {
            if (use.cost != null) {
                sum = sum == null ? use.cost : sum.add(use.cost);
            }
        }
        return rounded(sum);
    }

    /** Returns entries in the shape of {@code PersonDays.MODEL_USE}, sorted by model. */
    Row[] rows() {
        List<Row> rows = new ArrayList<>(uses.size());
        uses.forEach((model, use) ->
                rows.add(RowFactory.create(model, use.requests, use.trivial, use.tokens, rounded(use.cost))));
        return rows.toArray(Row[]::new);
    }

    private static BigDecimal rounded(BigDecimal cost) {
        return cost == null ? null : cost.setScale(ColumnSpec.MONEY.scale(), RoundingMode.HALF_UP);
    }
}
