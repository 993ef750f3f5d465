package io.goodhart.features;

import static org.apache.spark.sql.functions.broadcast;
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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Requests to the dearest class of models.
 *
 * <p>The tier stands in {@code model_prices}; for a model that is not there it is read off what the company paid: premium is whatever
 * costs {@link #PREMIUM_MULTIPLE} times as much a request as the median request.
 */
final class ModelTiers {
    private static final double PREMIUM_MULTIPLE = 2.5;
    private static final String MODEL = "model";
    private static final String PREMIUM = "premium";
    private static final String MEDIAN_PRICE = "median_price";
    private static final String PRICE = "price";

    private ModelTiers() {}

    /** Returns one row a window and person: requests by tier. {@code windowDays}: person_days rows, each with a window's end. */
    static Dataset<Row> totals(Dataset<Row> windowDays, Dataset<Row> modelPrices) {
        Dataset<Row> uses = windowDays
                .select(
                        WindowTotals.WINDOW_END.col(),
                        PersonDays.PERSON_ID.col(),
                        explode(PersonDays.MODELS.col()).as("use"))
                .select(WindowTotals.WINDOW_END.col(), PersonDays.PERSON_ID.col(), col("use.*"));
        Dataset<Row> premium = tiers(uses, modelPrices);
        Column isPremium = col(PREMIUM);
        return uses.join(broadcast(premium), premiumKey(), "left")
                .groupBy(WindowTotals.WINDOW_END.col(), PersonDays.PERSON_ID.col())
                .agg(
                        sum(col("requests")).as(WindowTotals.MODEL_REQUESTS.name()),
                        sum(when(isPremium, col("requests")).otherwise(0L)).as(WindowTotals.PREMIUM_REQUESTS.name()),
                        sum(when(isPremium, col("trivial_requests")).otherwise(0L))
                                .as(WindowTotals.PREMIUM_TRIVIAL_REQUESTS.name()));
    }

    /** Returns one row a window and model: whether it is premium. As many rows as windows times models, so it is broadcast. */
    private static Dataset<Row> tiers(Dataset<Row> uses, Dataset<Row> modelPrices) {
        Dataset<Row> paid = uses.groupBy(WindowTotals.WINDOW_END.col(), col(MODEL))
                .agg(
                        sum(col("requests")).as("requests"),
                        sum(col("cost_usd")).cast("double").as("paid"))
                .withColumn(PRICE, when(col("requests").gt(0), col("paid").divide(col("requests"))));
        Dataset<Row> median = paid.groupBy(WindowTotals.WINDOW_END.col())
                .agg(expr("percentile(" + PRICE + ", 0.5, requests)").as(MEDIAN_PRICE));
        Dataset<Row> listed = modelPrices
                .groupBy(ModelPrices.MODEL.col())
                .agg(max_by(ModelPrices.TIER.col(), ModelPrices.VALID_FROM.col())
                        .as("tier"));
        Column byTier = col("tier").equalTo("premium");
        Column byPrice = col(PRICE).geq(col(MEDIAN_PRICE).multiply(PREMIUM_MULTIPLE));
        return paid.join(median, WindowTotals.WINDOW_END.name())
                .join(listed, paid.col(MODEL).equalTo(listed.col(ModelPrices.MODEL.name())), "left")
                .select(
                        WindowTotals.WINDOW_END.col(),
                        paid.col(MODEL),
                        coalesce(byTier, byPrice, lit(false)).as(PREMIUM));
    }

    private static String[] premiumKey() {
        return new String[] {WindowTotals.WINDOW_END.name(), MODEL};
    }
}
