package io.goodhart.isolation.spark;

import io.goodhart.isolation.ForestSample;
import io.goodhart.isolation.ScoreHistogram;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Finds the score that a share of the rows reaches, exactly, in one narrow pass that keeps nothing.
 *
 * <p>The rows that the forest was grown on are a random sample: their scores say between which two the threshold lies, and the pass keeps
 * the scores between these. A second pass is taken when the threshold lies elsewhere (once in some 16,000 fits; more often with row weights,
 * which bend the sample) or when there are too many scores between, in tables beyond some 100 million rows.
 */
final class ContaminationThreshold {
    private ContaminationThreshold() {}

    static double of(IsolationForestModel model, Dataset<?> dataset, double share, ForestSample sample) {
        Dataset<Row> scores = dataset.select(model.score(dataset));
        JavaRDD<InternalRow> rows = ((org.apache.spark.sql.classic.Dataset<Row>) scores)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        ScoreHistogram expecting = ScoreHistogram.expecting(sample.scores(model.forest()), share);
        ScoreHistogram histogram = rows.mapPartitions(part -> {
                    ScoreHistogram counted = expecting.empty();
                    part.forEachRemaining(row -> counted.add(row.getDouble(0)));
                    return List.of(counted).iterator();
                })
                .treeReduce((first, second) -> {
                    first.merge(second);
                    return first;
                });
        long rank = rank(share, histogram.count());
        return histogram.scoreOf(rank).orElseGet(() -> refined(rows, histogram.binOf(rank)));
    }

    /** Returns {@code share} of the rows, rounded up, at least one; exactly: 0.07 of 100 are 7, and a little more by doubles. */
    private static long rank(double share, long rows) {
        BigDecimal rank = BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(rows));
        return Math.max(1, rank.setScale(0, RoundingMode.CEILING).longValueExact());
    }

    private static double refined(JavaRDD<InternalRow> rows, ScoreHistogram.Bin bin) {
        return rows.mapPartitions(part -> {
                    ScoreHistogram.Bin counted = bin.empty();
                    part.forEachRemaining(row -> counted.add(row.getDouble(0)));
                    return List.of(counted).iterator();
                })
                .treeReduce((first, second) -> {
                    first.merge(second);
                    return first;
                })
                .score();
    }
}
