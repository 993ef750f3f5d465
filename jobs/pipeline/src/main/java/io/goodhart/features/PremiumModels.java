package io.goodhart.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sum;

import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonDays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The dearest class of models.
 *
 * <p>The tier stands in {@code model_prices}; for a model that is not there it is read off what the company paid: premium is whatever
 * costs {@link #PREMIUM_MULTIPLE} times as much a request as the median request.
 */
final class PremiumModels {
    private static final double PREMIUM_MULTIPLE = 2.5;

    private PremiumModels() {}

    /** Returns the names of the premium models among those used on {@code days}: as few as there are models, so they are collected. */
    static Set<String> of(Dataset<Row> days, Dataset<Row> modelPrices) {
        List<Row> paid = days.select(explode(PersonDays.MODELS.col()).as("use"))
                .select(col("use.*"))
                .groupBy(col("model"))
                .agg(sum(col("requests")), sum(col("cost_usd")).cast("double"))
                .collectAsList();
        Map<String, Double> prices = new HashMap<>();
        ValueCounts requests = new ValueCounts();
        for (Row model : paid) {
            if (!model.isNullAt(1) && !model.isNullAt(2) && model.getLong(1) > 0) {
                double price = model.getDouble(2) / model.getLong(1);
                prices.put(model.getString(0), price);
                requests.add(price, model.getLong(1));
            }
        }
        double dear = prices.isEmpty() ? Double.POSITIVE_INFINITY : PREMIUM_MULTIPLE * requests.quantile(0.5);
        Map<String, String> tiers = modelPrices
                .groupBy(ModelPrices.MODEL.col())
                .agg(max_by(ModelPrices.TIER.col(), ModelPrices.VALID_FROM.col()))
                .collectAsList()
                .stream()
                .filter(row -> !row.isNullAt(1))
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
        return paid.stream()
                .map(row -> row.getString(0))
                .filter(Objects::nonNull)
                .filter(model -> tiers.containsKey(model)
                        ? tiers.get(model).equals("premium")
                        : prices.containsKey(model) && prices.get(model) >= dear)
                .collect(Collectors.toUnmodifiableSet());
    }
}
