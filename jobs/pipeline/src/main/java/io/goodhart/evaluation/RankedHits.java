package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.goodhart.evaluation.EvaluationReport.RankingLine;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Where the gamers stand in an order of people. People of equal value share their places: a hit among them counts as often as a draw
 * would hit on average. What reaches the driver is one row a value that a gamer has, without people.
 *
 * <p>Average precision is the sum over values, downwards, of the share of gamers who have the value times the precision among all who
 * have it or more.
 */
final class RankedHits {
    private static final String RANKING = "ranking";
    private static final String VALUE = "ranked_value";
    private static final String HITS = "hits";
    private static final String PLACES = "places";
    private static final String HITS_SO_FAR = "hits_so_far";
    private static final String PLACES_SO_FAR = "places_so_far";

    private RankedHits() {}

    /** Returns a line for each ranking, in their order. {@code isGamer} is a column of {@code people}. */
    static List<RankingLine> lines(Dataset<Row> people, List<Ranking> rankings, Column isGamer, long gamers) {
        Column[] entries = new Column[rankings.size()];
        for (int i = 0; i < entries.length; i++) {
            Column value = col(rankings.get(i).column());
            entries[i] = struct(lit(i).as(RANKING), value.cast("double").as(VALUE));
        }
        WindowSpec downwards = Window.partitionBy(RANKING)
                .orderBy(col(VALUE).desc_nulls_last())
                .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
        List<Row> steps = people.select(
                        isGamer.cast("long").as(HITS), explode(array(entries)).as("entry"))
                .select(col(HITS), col("entry.*"))
                .groupBy(col(RANKING), col(VALUE))
                .agg(sum(HITS).as(HITS), count(lit(1)).as(PLACES))
                .withColumn(HITS_SO_FAR, sum(HITS).over(downwards))
                .withColumn(PLACES_SO_FAR, sum(PLACES).over(downwards))
                .where(col(HITS).gt(0))
                .orderBy(RANKING, PLACES_SO_FAR)
                .select(RANKING, HITS, PLACES, HITS_SO_FAR, PLACES_SO_FAR)
                .collectAsList();
        List<RankingLine> lines = new ArrayList<>();
        for (int i = 0; i < rankings.size(); i++) {
            int ranking = i;
            lines.add(line(
                    rankings.get(i).name(),
                    steps.stream().filter(step -> step.getInt(0) == ranking).toList(),
                    gamers));
        }
        return lines;
    }

    private static RankingLine line(String name, List<Row> steps, long gamers) {
        double averagePrecision = 0;
        double hitsAmongFirst = 0;
        for (Row step : steps) {
            long hits = step.getLong(1);
            long places = step.getLong(2);
            long placesSoFar = step.getLong(4);
            averagePrecision += (double) hits / gamers * step.getLong(3) / placesSoFar;
            long placesWithin = Math.max(0, Math.min(places, gamers - (placesSoFar - places)));
            hitsAmongFirst += (double) hits * placesWithin / places;
        }
        return new RankingLine(name, averagePrecision, hitsAmongFirst / gamers);
    }
}
