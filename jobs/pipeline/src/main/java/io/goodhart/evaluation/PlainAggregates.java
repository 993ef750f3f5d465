package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import io.goodhart.isolation.spark.IsolationForestEstimator;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a dashboard adds up a person over the window, and over the weeks before: raw totals, compared with nobody. */
final class PlainAggregates {
    static final String TOKENS_A_DAY = "plain_tokens_a_day";
    static final String EARLIER_TOKENS_A_DAY = "plain_earlier_tokens_a_day";
    static final String COST_A_DAY = "plain_cost_a_day";
    static final String EARLIER_COST_A_DAY = "plain_earlier_cost_a_day";
    static final String YIELD_A_DAY = "plain_yield_a_day";
    static final String EARLIER_YIELD_A_DAY = "plain_earlier_yield_a_day";

    private static final List<ColumnSpec> SUMMED = List.of(
            PersonDays.TOTAL_TOKENS,
            PersonDays.INPUT_TOKENS,
            PersonDays.CACHE_READ_TOKENS,
            PersonDays.OUTPUT_TOKENS,
            PersonDays.COST_USD,
            PersonDays.REQUESTS,
            PersonDays.SESSIONS,
            PersonDays.AGENT_REQUESTS,
            PersonDays.WEEKEND_REQUESTS,
            PersonDays.TINY_REQUESTS,
            PersonDays.PROMPTS,
            PersonDays.DISTINCT_PROMPTS,
            PersonDays.LINES_SUGGESTED,
            PersonDays.LINES_ACCEPTED,
            PersonDays.COMMITS,
            PersonDays.MERGED,
            PersonDays.REVIEWS,
            PersonDays.REVERTED);

    private static final List<ColumnSpec> FOREST_SUMS = List.of(
            PersonDays.TOTAL_TOKENS,
            PersonDays.COST_USD,
            PersonDays.REQUESTS,
            PersonDays.SESSIONS,
            PersonDays.COMMITS,
            PersonDays.MERGED,
            PersonDays.REVIEWS);

    /** What the forest sees besides: shares as dashboards show them, 0 where there is nothing to share. */
    private static final Map<String, Column> FOREST_SHARES = shares();

    private static final String ACTIVE_DAYS = "plain_active_days";
    private static final int TREES = 100;
    private static final int SAMPLE_SIZE = 256;

    private final Dataset<Row> ofPeople;

    private PlainAggregates(Dataset<Row> ofPeople) {
        this.ofPeople = ofPeople;
    }

    /**
     * @param personDays the landing
     * @param windowStart first day of the window
     * @param baseStart first day of the weeks before it
     * @param outcomeWeights what an outcome counts as yield, by its kind
     */
    static PlainAggregates of(
            Dataset<Row> personDays,
            LocalDate baseStart,
            LocalDate windowStart,
            LocalDate runDate,
            Map<String, Double> outcomeWeights) {
        Column now = PersonDays.EVENT_DATE.col().geq(lit(windowStart));
        List<Column> sums = new ArrayList<>();
        SUMMED.forEach(column -> sums.add(
                coalesce(sum(when(now, column.col())), lit(0)).cast("double").as(plain(column))));
        sums.add(count_distinct(when(now.and(PersonDays.REQUESTS.col().gt(0)), PersonDays.EVENT_DATE.col()))
                .cast("double")
                .as(ACTIVE_DAYS));
        Column windowDays = datediff(lit(runDate), lit(windowStart)).plus(1);
        Column earlierDays = datediff(lit(windowStart), min(when(now.equalTo(false), PersonDays.EVENT_DATE.col())));
        Column outcomes = weighted(outcomeWeights);
        sums.add(aDay(when(now, PersonDays.TOTAL_TOKENS.col()), windowDays).as(TOKENS_A_DAY));
        sums.add(aDay(when(now.equalTo(false), PersonDays.TOTAL_TOKENS.col()), earlierDays)
                .as(EARLIER_TOKENS_A_DAY));
        sums.add(aDay(when(now, PersonDays.COST_USD.col()), windowDays).as(COST_A_DAY));
        sums.add(aDay(when(now.equalTo(false), PersonDays.COST_USD.col()), earlierDays)
                .as(EARLIER_COST_A_DAY));
        sums.add(aDay(when(now, outcomes), windowDays).as(YIELD_A_DAY));
        sums.add(aDay(when(now.equalTo(false), outcomes), earlierDays).as(EARLIER_YIELD_A_DAY));
        return new PlainAggregates(personDays
                .where(PersonDays.EVENT_DATE.col().between(lit(baseStart), lit(runDate)))
                .groupBy(PersonDays.PERSON_ID.col())
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)));
    }

    private static String plain(ColumnSpec column) {
        return "plain_" + column.name();
    }

    private static Column aDay(Column amount, Column days) {
        return coalesce(sum(amount), lit(0)).cast("double").divide(days);
    }

    private static Map<String, Column> shares() {
        Map<String, Column> shares = new LinkedHashMap<>();
        shares.put("plain_tokens_a_request", share(PersonDays.TOTAL_TOKENS, PersonDays.REQUESTS));
        shares.put("plain_requests_a_session", share(PersonDays.REQUESTS, PersonDays.SESSIONS));
        shares.put("plain_input_share", share(PersonDays.INPUT_TOKENS, PersonDays.TOTAL_TOKENS));
        shares.put("plain_cache_share", share(PersonDays.CACHE_READ_TOKENS, PersonDays.TOTAL_TOKENS));
        shares.put("plain_output_share", share(PersonDays.OUTPUT_TOKENS, PersonDays.TOTAL_TOKENS));
        shares.put("plain_agent_share", share(PersonDays.AGENT_REQUESTS, PersonDays.REQUESTS));
        shares.put("plain_weekend_share", share(PersonDays.WEEKEND_REQUESTS, PersonDays.REQUESTS));
        shares.put("plain_tiny_share", share(PersonDays.TINY_REQUESTS, PersonDays.REQUESTS));
        shares.put("plain_distinct_share", share(PersonDays.DISTINCT_PROMPTS, PersonDays.PROMPTS));
        shares.put("plain_accepted_share", share(PersonDays.LINES_ACCEPTED, PersonDays.LINES_SUGGESTED));
        shares.put("plain_tokens_a_merge", share(PersonDays.TOTAL_TOKENS, PersonDays.MERGED));
        shares.put("plain_reverted_share", share(PersonDays.REVERTED, PersonDays.MERGED));
        return shares;
    }

    private static Column share(ColumnSpec part, ColumnSpec whole) {
        return coalesce(try_divide(col(plain(part)), col(plain(whole))), lit(0.0));
    }

    /** Returns weighted outcomes as a decimal, which sums to the same digits in any order. */
    private static Column weighted(Map<String, Double> outcomeWeights) {
        return outcomeWeights.entrySet().stream()
                .map(weight -> coalesce(PersonDays.ofKind(weight.getKey()).col(), lit(0L))
                        .cast("decimal(12,0)")
                        .multiply(lit(BigDecimal.valueOf(weight.getValue()))))
                .reduce(Column::plus)
                .orElse(lit(BigDecimal.ZERO));
    }

    /** Returns one row a person. */
    Dataset<Row> ofPeople() {
        return ofPeople;
    }

    /**
     * Returns one row a person of the window: the score of an isolation forest in its standard form over twenty totals and shares,
     * taken as they are.
     */
    Dataset<Row> scoredByForest(String scoreColumn) {
        Dataset<Row> active =
                ofPeople.where(col(plain(PersonDays.REQUESTS)).gt(0)).withColumns(FOREST_SHARES);
        List<String> features =
                new ArrayList<>(FOREST_SUMS.stream().map(PlainAggregates::plain).toList());
        features.add(ACTIVE_DAYS);
        features.addAll(FOREST_SHARES.keySet());
        return new IsolationForestEstimator()
                .setFeaturesCols(features.toArray(String[]::new))
                .setKeyCol(PersonDays.PERSON_ID.name())
                .setNumTrees(TREES)
                .setSampleSize(SAMPLE_SIZE)
                .setEdgeLength("unit")
                .setScoreCol(scoreColumn)
                .fit(active)
                .transform(active)
                .select(PersonDays.PERSON_ID.col(), col(scoreColumn));
    }
}
