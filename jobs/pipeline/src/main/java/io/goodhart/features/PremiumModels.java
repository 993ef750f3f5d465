package io.goodhart.features;

import static org.apache.spark.sql.functions.lit;

import com.esotericsoftware.kryo.io.Input;
import io.goodhart.rows.InnerRows;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonWeeks;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The dearest class of models.
 *
 * <p>The tier stands in {@code model_prices}; for a model that is not there it is read off what the company paid: premium is whatever
 * costs {@link #PREMIUM_MULTIPLE} times as much a request as the median request. A model of the list counts whether it is in use now or
 * not, for earlier weeks are held beside these.
 */
final class PremiumModels {
    private static final double PREMIUM_MULTIPLE = 2.5;
    private static final int MICRO = 6;
    private static final Comparator<Row> BY_DATE =
            Comparator.comparing((Row price) -> price.<java.sql.Date>getAs(ModelPrices.VALID_FROM.name()));

    private PremiumModels() {}

    /** What was paid for the use of a model. */
    private static final class Paid implements Serializable {
        private static final long serialVersionUID = 1L;
        private long requests;
        private long microDollars;
        private boolean costKnown;

        void add(long moreRequests, long moreMicroDollars, boolean isKnown) {
            requests += moreRequests;
            microDollars += moreMicroDollars;
            costKnown |= isKnown;
        }

        Double priceOrNull() {
            return costKnown && requests > 0
                    ? (Double) (BigDecimal.valueOf(microDollars, MICRO).doubleValue() / requests)
                    : null;
        }
    }

    /**
     * Returns the names of the premium models of the list, and of those among all others that were used from {@code first} to {@code last}:
     * as few as there are models, so they are collected.
     *
     * @param personWeeks rows of {@code person_weeks} or of {@link PackedWeeks#of}
     * @param modelPrices rows of {@code model_prices} that are in force or have been
     */
    static Set<String> of(Dataset<Row> personWeeks, LocalDate first, LocalDate last, Dataset<Row> modelPrices) {
        Map<String, Paid> used = used(personWeeks, first, last);
        Map<String, Double> prices = new HashMap<>();
        ValueCounts requests = new ValueCounts();
        used.forEach((model, paid) -> {
            Double price = paid.priceOrNull();
            if (price != null) {
                prices.put(model, price);
                requests.add(price, paid.requests);
            }
        });
        double dear = prices.isEmpty() ? Double.POSITIVE_INFINITY : PREMIUM_MULTIPLE * requests.quantile(0.5);
        Map<String, String> tiers = tiers(modelPrices);
        Stream<String> listed =
                tiers.keySet().stream().filter(model -> tiers.get(model).equals("premium"));
        Stream<String> paid =
                prices.keySet().stream().filter(model -> !tiers.containsKey(model) && prices.get(model) >= dear);
        return Stream.concat(listed, paid).collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Paid> used(Dataset<Row> personWeeks, LocalDate first, LocalDate last) {
        int firstDay = (int) first.toEpochDay();
        int lastDay = (int) last.toEpochDay();
        Dataset<Row> weeks = personWeeks
                .where(PersonWeeks.WEEK.col().between(lit(Calendar.monday(first)), lit(last)))
                .select(PersonWeeks.WEEK.col(), PersonWeeks.PACKED.col());
        Map<String, Paid> used = new HashMap<>();
        InnerRows.of(weeks)
                .mapPartitions(rows -> List.of(used(rows, firstDay, lastDay)).iterator())
                .collect()
                .forEach(part -> part.forEach((model, paid) -> used.computeIfAbsent(model, absent -> new Paid())
                        .add(paid.requests, paid.microDollars, paid.costKnown)));
        return used;
    }

    private static Map<String, Paid> used(Iterator<InternalRow> weeks, int firstDay, int lastDay) {
        Map<String, Paid> used = new HashMap<>();
        Input packed = new Input();
        Names names = new Names();
        weeks.forEachRemaining(week -> {
            packed.setBuffer(week.getBinary(1));
            PackedWeek.readModels(
                    week.getInt(0),
                    packed,
                    firstDay,
                    lastDay,
                    names,
                    (model, requests, trivialRequests, microDollars, costKnown) ->
                            used.computeIfAbsent(model, absent -> new Paid()).add(requests, microDollars, costKnown));
        });
        return used;
    }

    /** Returns the newest tier of each model that has one; the table holds as few rows as there are models and prices. */
    private static Map<String, String> tiers(Dataset<Row> modelPrices) {
        Map<String, Row> newest = new HashMap<>();
        for (Row price : modelPrices.collectAsList()) {
            newest.merge(
                    price.getAs(ModelPrices.MODEL.name()),
                    price,
                    (one, other) -> BY_DATE.compare(one, other) >= 0 ? one : other);
        }
        Map<String, String> tiers = new HashMap<>();
        newest.forEach((model, price) -> {
            String tier = price.getAs(ModelPrices.TIER.name());
            if (tier != null) {
                tiers.put(model, tier);
            }
        });
        return tiers;
    }
}
