package io.goodhart.isolation.spark;

import io.goodhart.isolation.ForestSample;
import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.RowKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Draws the rows that the trees are grown on.
 *
 * <p>With a key: one narrow pass, each partition keeps its own draw, and the driver merges them. Without one, how often a row
 * occurs must be known before it can be drawn as often: the hashes of the rows are counted (a shuffle of hashes and counts, no
 * values), the draw is made from the counts, and a second narrow pass fetches the values of what was drawn.
 */
final class ForestDraw {
    private ForestDraw() {}

    static ForestSample from(Dataset<?> dataset, IsolationForestParams stage) {
        Dataset<Row> selected = dataset.select(RowReader.columns(stage));
        RowReader reader = RowReader.of(stage, selected);
        JavaRDD<InternalRow> rows = ((org.apache.spark.sql.classic.Dataset<Row>) selected)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        IsolationForestSettings settings = stage.settings();
        if (rows.getNumPartitions() == 0) {
            return new ForestSample(settings);
        }
        return reader.hasKey() ? byKey(rows, reader, settings) : byValues(rows, reader, settings);
    }

    private static ForestSample byKey(JavaRDD<InternalRow> rows, RowReader reader, IsolationForestSettings settings) {
        return merged(rows.mapPartitions(part -> {
            ForestSample sample = new ForestSample(settings);
            while (part.hasNext()) {
                InternalRow row = part.next();
                long key = reader.key(row);
                if (reader.hasWeight()) {
                    sample.offer(key, reader.weight(row), 1, reader.features(row));
                } else if (!sample.refuses(key)) {
                    sample.offer(key, reader.features(row));
                }
            }
            return List.of(sample).iterator();
        }));
    }

    private static ForestSample byValues(
            JavaRDD<InternalRow> rows, RowReader reader, IsolationForestSettings settings) {
        JavaRDD<Tuple2<Long, Copies>> counted = rows.mapPartitions(part -> countedIn(part, reader))
                .mapToPair(row -> row)
                .reduceByKey(Copies::plus)
                .map(row -> row);
        ForestSample keys = merged(counted.mapPartitions(part -> {
            ForestSample sample = new ForestSample(settings);
            part.forEachRemaining(
                    row -> sample.offer(row._1(), row._2().weight(), row._2().count(), new double[0]));
            return List.of(sample).iterator();
        }));
        Set<Long> drawn = keys.keys();
        Map<Long, double[]> values = rows.mapPartitions(
                        part -> List.of(valuesOf(drawn, part, reader)).iterator())
                .reduce((first, second) -> {
                    first.putAll(second);
                    return first;
                });
        return keys.withValues(values::get);
    }

    /** Equal rows of equal weight. */
    private record Copies(double weight, int count) implements java.io.Serializable {
        Copies plus(Copies other) {
            return new Copies(weight, Math.addExact(count, other.count));
        }
    }

    private static Iterator<Tuple2<Long, Copies>> countedIn(Iterator<InternalRow> rows, RowReader reader) {
        Map<Long, Copies> counts = new HashMap<>();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            double weight = reader.weight(row);
            counts.merge(keyOf(row, reader), new Copies(weight, 1), Copies::plus);
        }
        return counts.entrySet().stream()
                .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                .iterator();
    }

    private static Map<Long, double[]> valuesOf(Set<Long> drawn, Iterator<InternalRow> rows, RowReader reader) {
        Map<Long, double[]> values = new HashMap<>();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            long key = keyOf(row, reader);
            if (drawn.contains(key)) {
                values.putIfAbsent(key, reader.features(row));
            }
        }
        return values;
    }

    private static long keyOf(InternalRow row, RowReader reader) {
        double[] values = reader.features(row);
        if (!reader.hasWeight()) {
            return RowKey.of(values);
        }
        double[] weighted = Arrays.copyOf(values, values.length + 1);
        weighted[values.length] = reader.weight(row);
        return RowKey.of(weighted);
    }

    private static ForestSample merged(JavaRDD<ForestSample> parts) {
        return parts.reduce((first, second) -> {
            first.merge(second);
            return first;
        });
    }
}
