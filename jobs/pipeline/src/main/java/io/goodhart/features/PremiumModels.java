package io.goodhart.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonDays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The dearest class of models.
 *
 * <p>The tier stands in {@code model_prices}; for a model that is not there it is read off what the company paid: premium is whatever
 * costs {@link #PREMIUM_MULTIPLE} times as much a request as the median request.
 */
final class PremiumModels {
    private static final double PREMIUM_MULTIPLE = 2.5;
    private static final String PRICE = "price";

    private PremiumModels() {}

    /** Returns the names of the premium models among those used on {@code days}: as few as there are models, so they are collected. */
    static Set<String> of(Dataset<Row> days, Dataset<Row> modelPrices) {
        Dataset<Row> paid = days.select(explode(PersonDays.MODELS.col()).as("use"))
                .select(col("use.*"))
                .groupBy(col("model"))
                .agg(
                        sum(col("requests")).as("requests"),
                        sum(col("cost_usd")).cast("double").as("paid"))
                .withColumn(PRICE, when(col("requests").gt(0), col("paid").divide(col("requests"))));
        Row median = paid.agg(expr("percentile(" + PRICE + ", 0.5, requests)")).first();
        Dataset<Row> listed = modelPrices
                .groupBy(ModelPrices.MODEL.col().as("listed_model"))
                .agg(max_by(ModelPrices.TIER.col(), ModelPrices.VALID_FROM.col())
                        .as(ModelPrices.TIER.name()));
        double dear = median.isNullAt(0) ? Double.POSITIVE_INFINITY : PREMIUM_MULTIPLE * median.getDouble(0);
        return paid
                .join(listed, col("model").equalTo(col("listed_model")), "left")
                .where(coalesce(
                        ModelPrices.TIER.col().equalTo("premium"), col(PRICE).geq(dear), lit(false)))
                .select(col("model"))
                .as(Encoders.STRING())
                .collectAsList()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
