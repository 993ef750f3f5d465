package io.goodhart.isolation.spark;

import io.goodhart.isolation.ForestSample;
import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.RowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Draws the rows that the trees are grown on.
 *
 * <p>With a key: one narrow pass, each partition keeps its own draw, and these are merged. Without one, how often a row
 * occurs must be known before it can be drawn as often: the hashes of the rows are counted (a shuffle of hashes and counts, no
 * values), the draw is made from the counts, and a second narrow pass fetches the values of what was drawn. What many partitions found is
 * merged in groups first: the driver refuses more than {@code spark.driver.maxResultSize} in all.
 */
final class ForestDraw {
    private static final String WEIGHT = "__isolation_weight";
    private static final double[] NO_VALUES = {};

    private ForestDraw() {}

    static ForestSample from(Dataset<?> dataset, IsolationForestParams stage) {
        return stage.getKeyCol().isEmpty() ? byValues(dataset, stage) : byKey(dataset, stage);
    }

    private static ForestSample byKey(Dataset<?> dataset, IsolationForestParams stage) {
        IsolationForestSettings settings = stage.settings();
        Dataset<Row> selected = dataset.select(RowReader.columns(stage));
        RowReader reader = RowReader.of(stage, selected);
        return merged(settings, internalRows(selected).mapPartitions(part -> {
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
            return List.of(new Travelling<>(sample)).iterator();
        }));
    }

    private static ForestSample byValues(Dataset<?> dataset, IsolationForestParams stage) {
        IsolationForestSettings settings = stage.settings();
        Column hash = RowHash.of(stage);
        Column weight = stage.getWeightCol().isEmpty()
                ? functions.lit(1.0).as(WEIGHT)
                : functions.col(stage.getWeightCol()).cast(DataTypes.DoubleType).as(WEIGHT);
        Dataset<Row> counted = dataset.select(hash, weight)
                .groupBy(RowHash.COLUMN, WEIGHT)
                .count()
                .select(RowHash.COLUMN, WEIGHT, "count");
        ForestSample drawn = merged(settings, internalRows(counted).mapPartitions(part -> {
            ForestSample sample = new ForestSample(settings);
            while (part.hasNext()) {
                InternalRow row = part.next();
                if (row.isNullAt(1)) {
                    throw RowReader.noWeight();
                }
                sample.offer(key(row), row.getDouble(1), row.getLong(2), NO_VALUES);
            }
            return List.of(new Travelling<>(sample)).iterator();
        }));
        Set<Long> keys = drawn.keys();
        Map<Long, double[]> values = valuesOf(keys, dataset, stage, hash, weight);
        if (values.size() < keys.size()) {
            throw new IllegalStateException(
                    "Of %d rows drawn %d are not there any more: the rows changed between the passes. Cache or write them before the fit, or set keyCol, with which one pass is enough."
                            .formatted(keys.size(), keys.size() - values.size()));
        }
        return drawn.withValues(values::get);
    }

    /** Rows equal in values and weight share a key. */
    private static long key(InternalRow row) {
        return RowKey.of(row.getLong(0), row.getDouble(1));
    }

    private static Map<Long, double[]> valuesOf(
            Set<Long> drawn, Dataset<?> dataset, IsolationForestParams stage, Column hash, Column weight) {
        Column[] columns = Stream.concat(Stream.of(hash, weight), Stream.of(FeatureColumns.together(stage)))
                .toArray(Column[]::new);
        Dataset<Row> selected = dataset.select(columns);
        boolean array = selected.schema().apply(2).dataType() instanceof ArrayType;
        JavaRDD<InternalRow> rows = internalRows(selected);
        if (rows.getNumPartitions() == 0) {
            return Map.of();
        }
        return rows.mapPartitions(part -> {
                    Map<Long, double[]> values = new HashMap<>();
                    while (part.hasNext()) {
                        InternalRow row = part.next();
                        long key = key(row);
                        if (drawn.contains(key) && !values.containsKey(key)) {
                            values.put(key, FeatureValues.of(array ? row.getArray(2) : row.getStruct(2, 4)));
                        }
                    }
                    return List.of(values).iterator();
                })
                .treeReduce((first, second) -> {
                    first.putAll(second);
                    return first;
                });
    }

    private static JavaRDD<InternalRow> internalRows(Dataset<Row> dataset) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) dataset)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    private static ForestSample merged(IsolationForestSettings settings, JavaRDD<Travelling<ForestSample>> parts) {
        if (parts.getNumPartitions() == 0) {
            return new ForestSample(settings);
        }
        return parts.treeReduce((first, second) -> {
                    first.value().merge(second.value());
                    return first;
                })
                .value();
    }
}
