package io.goodhart.findings;

import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import io.goodhart.features.FeatureSet;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.UsageScores;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far a window's usage lies from what was to be expected, among the people of the company who are not findings: the measure of what
 * is normal, and of how sure one can be of it.
 *
 * <p>Amounts a day, as logarithms of a ratio to the person's own earlier weeks, or, for who has none, to role peers. Quantiles are exact
 * percentiles over two decimals, so their state is bounded and no partitioning changes a digit.
 *
 * <p>Source: the interval is a conformal one (Vovk, Gammerman, Shafer, "Algorithmic Learning in a Random World", 2005): the errors that
 * the same prediction made for others are the errors to be borne here.
 *
 * @param tokens of the tokens a day
 * @param usd of the cost a day
 * @param price of the cost a token
 */
record HonestChange(Quantity tokens, Quantity usd, Quantity price) {
    private static final int DECIMALS = 2;
    private static final double LEAST_TOKENS = 1_000;
    private static final double LEAST_USD = 0.01;
    private static final double LEAST_PRICE = 0.001;
    private static final String PRICE = "cost_a_million_tokens";

    /**
     * Errors of both predictions.
     *
     * @param own from own earlier weeks
     * @param peers from the role peers' median
     */
    record Quantity(Errors own, Errors peers) {}

    /**
     * The error of a prediction: logarithms of actual over predicted.
     *
     * @param low the 5 % quantile
     * @param middle the median
     * @param high the 95 % quantile
     */
    record Errors(double low, double middle, double high) {
        /** How many standard deviations of normal data lie between the 5 % and the 95 % quantile. */
        private static final double DEVIATIONS_APART = 3.29;

        /** What is borne where nobody is there to learn from: a third to three times. */
        static final Errors UNKNOWN = new Errors(-1.1, 0, 1.1);

        /** Returns actual over predicted, in the mean. */
        double mean() {
            double deviation = (high - low) / DEVIATIONS_APART;
            return Math.exp(middle + deviation * deviation / 2);
        }

        double lowest(double widened) {
            return Math.exp(middle + (low - middle) * widened);
        }

        double highest(double widened) {
            return Math.exp(middle + (high - middle) * widened);
        }
    }

    /**
     * Learns the errors.
     *
     * @param judged windows with a p-value
     * @param strange the largest p-value of a finding: windows up to it are left out
     */
    static HonestChange of(Dataset<Row> judged, double strange) {
        Dataset<Row> others = judged.where(UsageScores.P_VALUE.col().gt(lit(strange)));
        Column tokens = entry("tokens_a_day").getField("value");
        Column usd = when(
                PersonWindows.COST_USD.col().isNotNull(), entry("cost_a_day").getField("value"));
        Column tokensOwn = error(tokens, "tokens_a_day", "own_baseline", LEAST_TOKENS);
        Column usdOwn = when(isOwnCostKnown(), error(usd, "cost_a_day", "own_baseline", LEAST_USD));
        Dataset<Row> errors = others.select(
                rounded(tokensOwn).as("tokens_own"),
                rounded(error(tokens, "tokens_a_day", "peer_median", LEAST_TOKENS))
                        .as("tokens_peers"),
                rounded(usdOwn).as("usd_own"),
                rounded(error(usd, "cost_a_day", "peer_median", LEAST_USD)).as("usd_peers"),
                rounded(usdOwn.minus(tokensOwn)).as("price_own"),
                rounded(error(entry(PRICE).getField("value"), PRICE, "peer_median", LEAST_PRICE))
                        .as("price_peers"));
        Row quantiles = errors.agg(
                        quantiles("tokens_own"),
                        quantiles("tokens_peers"),
                        quantiles("usd_own"),
                        quantiles("usd_peers"),
                        quantiles("price_own"),
                        quantiles("price_peers"))
                .first();
        return new HonestChange(
                new Quantity(errors(quantiles, 0), errors(quantiles, 1)),
                new Quantity(errors(quantiles, 2), errors(quantiles, 3)),
                new Quantity(errors(quantiles, 4), errors(quantiles, 5)));
    }

    /** Returns the logarithm of actual over predicted; null, and so no error, where one of them is not known: {@code greatest} skips nulls. */
    private static Column error(Column actual, String feature, String from, double least) {
        Column predicted = entry(feature).getField(from);
        return when(
                actual.isNotNull().and(predicted.isNotNull()),
                log(greatest(actual, lit(least)).divide(greatest(predicted, lit(least)))));
    }

    /** Tokens without any cost, as before the first day of a price list, have a cost that nobody knows. */
    private static Column isOwnCostKnown() {
        Column tokens = entry("tokens_a_day").getField("own_baseline");
        return entry("cost_a_day").getField("own_baseline").gt(lit(0)).or(tokens.equalTo(lit(0)));
    }

    private static Column entry(String feature) {
        return element_at(PersonWindows.FEATURES.col(), FeatureSet.names().indexOf(feature) + 1);
    }

    private static Column rounded(Column error) {
        return round(error, DECIMALS);
    }

    private static Column quantiles(String error) {
        return expr("percentile(" + error + ", array(0.05, 0.5, 0.95))").as(error);
    }

    private static Errors errors(Row quantiles, int column) {
        if (quantiles.isNullAt(column)) {
            return Errors.UNKNOWN;
        }
        List<Double> values = quantiles.getList(column);
        return new Errors(values.get(0), values.get(1), values.get(2));
    }
}
