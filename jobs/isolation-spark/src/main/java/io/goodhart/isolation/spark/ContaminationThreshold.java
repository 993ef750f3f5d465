package io.goodhart.isolation.spark;

import io.goodhart.isolation.ScoreHistogram;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Finds the score that a share of the rows reaches, exactly, in two narrow passes that keep nothing: a histogram, then the one
 * bin that holds the rank.
 */
final class ContaminationThreshold {
    private ContaminationThreshold() {}

    static double of(IsolationForestModel model, Dataset<?> dataset, double share) {
        Dataset<Row> scores = dataset.select(model.score(dataset));
        JavaRDD<InternalRow> rows = ((org.apache.spark.sql.classic.Dataset<Row>) scores)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        ScoreHistogram histogram = rows.mapPartitions(part -> {
                    ScoreHistogram counted = new ScoreHistogram();
                    part.forEachRemaining(row -> counted.add(row.getDouble(0)));
                    return List.of(counted).iterator();
                })
                .reduce((first, second) -> {
                    first.merge(second);
                    return first;
                });
        long rank = Math.max(1, (long) Math.ceil(share * histogram.count()));
        ScoreHistogram.Bin bin = histogram.binOf(rank);
        return rows.mapPartitions(part -> {
                    ScoreHistogram.Bin counted = bin.empty();
                    part.forEachRemaining(row -> counted.add(row.getDouble(0)));
                    return List.of(counted).iterator();
                })
                .reduce((first, second) -> {
                    first.merge(second);
                    return first;
                })
                .score();
    }
}
