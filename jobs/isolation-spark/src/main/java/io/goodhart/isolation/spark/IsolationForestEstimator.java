package io.goodhart.isolation.spark;

import io.goodhart.isolation.ForestSample;
import io.goodhart.isolation.IsolationForest;
import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.RowKey;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Grows an isolation forest from a column of features.
 *
 * <p>Give a key column where there is one: the same rows then give the same forest, bit for bit, in one narrow pass, however
 * they are partitioned. Without a key rows are named by their values and how often those occur, which costs a pass more.
 */
public final class IsolationForestEstimator extends Estimator<IsolationForestModel>
        implements IsolationForestParams, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final DeclaredParams declared;

    public IsolationForestEstimator() {
        this(Identifiable$.MODULE$.randomUID("isolationForest"));
    }

    public IsolationForestEstimator(String uid) {
        this.uid = uid;
        this.declared = DeclaredParams.of(this);
        declared.setDefaults(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public DeclaredParams declared() {
        return declared;
    }

    public IsolationForestEstimator setFeaturesCol(String column) {
        set(featuresCol(), column);
        return this;
    }

    public IsolationForestEstimator setKeyCol(String column) {
        set(keyCol(), column);
        return this;
    }

    public IsolationForestEstimator setScoreCol(String column) {
        set(scoreCol(), column);
        return this;
    }

    public IsolationForestEstimator setContributionsCol(String column) {
        set(contributionsCol(), column);
        return this;
    }

    public IsolationForestEstimator setNumTrees(int trees) {
        set(numTrees(), trees);
        return this;
    }

    public IsolationForestEstimator setSampleSize(int rows) {
        set(sampleSize(), rows);
        return this;
    }

    public IsolationForestEstimator setSeed(long newSeed) {
        set(seed(), newSeed);
        return this;
    }

    /** Opens the range of splits on both sides. */
    public IsolationForestEstimator setRangeMargin(double share) {
        return setRangeMarginBelow(share).setRangeMarginAbove(share);
    }

    public IsolationForestEstimator setRangeMarginBelow(double share) {
        set(rangeMarginBelow(), share);
        return this;
    }

    public IsolationForestEstimator setRangeMarginAbove(double share) {
        set(rangeMarginAbove(), share);
        return this;
    }

    @Override
    public IsolationForestModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Column[] columns = Stream.of(getFeaturesCol(), getKeyCol())
                .filter(name -> !name.isEmpty())
                .map(functions::col)
                .toArray(Column[]::new);
        Dataset<Row> rows = dataset.select(columns);
        IsolationForest forest = IsolationForest.grow(draw(rows, settings()));
        return copyValues(new IsolationForestModel(uid, forest), extractParamMap())
                .setParent(this);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        FeatureColumns.requireFeatures(schema, getFeaturesCol());
        if (!getKeyCol().isEmpty()) {
            FeatureColumns.requireKey(schema, getKeyCol());
        }
        return IsolationForestModel.withScore(schema, getScoreCol());
    }

    @Override
    public IsolationForestEstimator copy(ParamMap extra) {
        return copyValues(new IsolationForestEstimator(uid), extractParamMap(extra));
    }

    public static MLReader<IsolationForestEstimator> read() {
        return new DefaultParamsReader<>();
    }

    public static IsolationForestEstimator load(String path) {
        return read().load(path);
    }

    private static ForestSample draw(Dataset<Row> dataset, IsolationForestSettings settings) {
        RowReader reader = new RowReader(dataset.schema());
        JavaRDD<InternalRow> rows = ((org.apache.spark.sql.classic.Dataset<Row>) dataset)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        JavaRDD<ForestSample> parts = reader.hasKey()
                ? rows.mapPartitions(part -> drawByKey(part, reader, settings))
                : rows.mapToPair(row -> {
                            double[] values = reader.features(row);
                            return new Tuple2<>(RowKey.of(values), new Tuple2<>(values, 1));
                        })
                        .reduceByKey((first, second) -> new Tuple2<>(first._1(), first._2() + second._2()))
                        .mapPartitions(part -> drawByValues(part, settings));
        if (parts.getNumPartitions() == 0) {
            return new ForestSample(settings);
        }
        return parts.reduce((first, second) -> {
            first.merge(second);
            return first;
        });
    }

    private static Iterator<ForestSample> drawByKey(
            Iterator<InternalRow> rows, RowReader reader, IsolationForestSettings settings) {
        ForestSample sample = new ForestSample(settings);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            long key = reader.key(row);
            if (!sample.refuses(key)) {
                sample.offer(key, reader.features(row));
            }
        }
        return List.of(sample).iterator();
    }

    private static Iterator<ForestSample> drawByValues(
            Iterator<Tuple2<Long, Tuple2<double[], Integer>>> rows, IsolationForestSettings settings) {
        ForestSample sample = new ForestSample(settings);
        rows.forEachRemaining(
                row -> sample.offer(row._1(), 1, row._2()._2(), row._2()._1()));
        return Collections.singleton(sample).iterator();
    }
}
