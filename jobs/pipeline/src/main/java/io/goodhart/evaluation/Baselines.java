package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.UsageScores;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What users can rank people by today, without this program: higher comes first; null: the rule has no word about the person, who comes
 * last.
 */
final class Baselines {
    /** Spend must have risen by so much for the rule of spend and yield to speak. */
    private static final double SPEND_RISE = 1.25;

    private static final Ranking TOKENS = new Ranking("raw tokens", "by_tokens");
    private static final Ranking PER_OUTPUT = new Ranking("tokens per output", "by_tokens_per_output");
    private static final Ranking TEAM = new Ranking("z-score against the team's mean", "by_team");
    private static final Ranking OWN = new Ranking("tokens over own mean (rule: 3 times)", "by_own_mean");
    private static final Ranking SPEND = new Ranking("spend up 25 %, yield not rising", "by_spend");
    private static final Ranking FOREST = new Ranking("isolation forest, plain aggregates", "by_plain_forest");

    /** All of them, in the order of the table. */
    static final List<Ranking> ALL = List.of(TOKENS, PER_OUTPUT, TEAM, OWN, SPEND, FOREST);

    private Baselines() {}

    /**
     * Appends a column for each of {@link #ALL}.
     *
     * @param people rows of {@code usage_scores}, whatever stands beside them
     * @param windows the rows of {@code person_windows} of the same night
     * @param aggregates {@link PlainAggregates} of the same people
     */
    static Dataset<Row> beside(Dataset<Row> people, Dataset<Row> windows, PlainAggregates aggregates) {
        String[] person = {UsageScores.PERSON_ID.name()};
        Column tokens = UsageScores.TOTAL_TOKENS.col();
        Dataset<Row> outcomes = windows.select(PersonWindows.PERSON_ID.col(), PersonWindows.OUTCOMES.col());
        // money and tokens are added as whole numbers, so that no order of rows changes a ranking
        Dataset<Row> teams = people.groupBy(UsageScores.TEAM_ID.col())
                .agg(
                        count(lit(1)).as("members"),
                        sum(tokens).cast("double").as("team_tokens"),
                        sum(tokens.cast("decimal(19,0)").multiply(tokens.cast("decimal(19,0)")))
                                .cast("double")
                                .as("team_squares"));
        Column mean = col("team_tokens").divide(col("members"));
        Column deviation = sqrt(col("team_squares").divide(col("members")).minus(mean.multiply(mean)));
        return people.join(outcomes, person, "left")
                .join(aggregates.ofPeople(), person, "left")
                .join(aggregates.scoredByForest(FOREST.column()), person, "left")
                .join(teams, new String[] {UsageScores.TEAM_ID.name()}, "left")
                .withColumn(TOKENS.column(), tokens.cast("double"))
                .withColumn(
                        PER_OUTPUT.column(),
                        tokens.divide(
                                coalesce(PersonWindows.OUTCOMES.col(), lit(0.0)).plus(1)))
                .withColumn(
                        TEAM.column(), when(deviation.gt(0), tokens.minus(mean).divide(deviation)))
                .withColumn(OWN.column(), ratio(PlainAggregates.TOKENS_A_DAY, PlainAggregates.EARLIER_TOKENS_A_DAY))
                .withColumn(SPEND.column(), spendWithoutYield());
    }

    private static Column spendWithoutYield() {
        Column rise = ratio(PlainAggregates.COST_A_DAY, PlainAggregates.EARLIER_COST_A_DAY);
        Column yieldRises = col(PlainAggregates.YIELD_A_DAY).gt(col(PlainAggregates.EARLIER_YIELD_A_DAY));
        return when(rise.geq(SPEND_RISE).and(yieldRises.equalTo(false)), rise);
    }

    private static Column ratio(String now, String before) {
        return when(col(before).gt(0), col(now).divide(col(before)));
    }
}
