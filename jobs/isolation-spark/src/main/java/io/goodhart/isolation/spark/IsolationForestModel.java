package io.goodhart.isolation.spark;

import io.goodhart.isolation.IsolationForest;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Scores rows by a grown forest, and explains the rows that are asked for. Immutable but for its parameters. */
public final class IsolationForestModel extends Model<IsolationForestModel>
        implements IsolationForestParams, MLWritable {
    private static final long serialVersionUID = 1L;
    private static final DataType CONTRIBUTIONS = new ArrayType(DataTypes.DoubleType, false);

    private final String uid;
    private final DeclaredParams declared;
    private final IsolationForest forest;

    IsolationForestModel(String uid, IsolationForest forest) {
        this.uid = uid;
        this.forest = forest;
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

    /** Returns the forest itself, to be used without Spark. */
    public IsolationForest forest() {
        return forest;
    }

    /** Returns the mean path length of the training rows, which contributions are measured from, in edges. */
    public double expectedPathLength() {
        return forest.expectedPathLength();
    }

    public IsolationForestModel setFeaturesCol(String column) {
        set(featuresCol(), column);
        return this;
    }

    public IsolationForestModel setScoreCol(String column) {
        set(scoreCol(), column);
        return this;
    }

    public IsolationForestModel setContributionsCol(String column) {
        set(contributionsCol(), column);
        return this;
    }

    /** Appends the score: a double in (0, 1], higher is stranger. */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Broadcast<IsolationForest> scorer = broadcast(dataset);
        Column features = functions.col(getFeaturesCol());
        Column score = isArray(dataset)
                ? call((Seq<Double> row) -> scorer.value().score(doubles(row)), DataTypes.DoubleType, features)
                : call((Vector row) -> scorer.value().score(row.toArray()), DataTypes.DoubleType, features);
        return dataset.withColumn(getScoreCol(), score);
    }

    /**
     * Appends the contributions of the features to each row's strangeness: an array of doubles in edges, whose sum is {@link
     * #expectedPathLength()} less the row's own mean path length. Dear: give it the rows to be explained, not all.
     */
    public Dataset<Row> explain(Dataset<?> dataset) {
        FeatureColumns.requireFeatures(dataset.schema(), getFeaturesCol());
        FeatureColumns.append(dataset.schema(), getContributionsCol(), CONTRIBUTIONS, false);
        Broadcast<IsolationForest> forestOfTask = broadcast(dataset);
        Column features = functions.col(getFeaturesCol());
        Column contributions = isArray(dataset)
                ? call((Seq<Double> row) -> contributions(forestOfTask.value(), doubles(row)), CONTRIBUTIONS, features)
                : call((Vector row) -> contributions(forestOfTask.value(), row.toArray()), CONTRIBUTIONS, features);
        return dataset.withColumn(getContributionsCol(), contributions);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        FeatureColumns.requireFeatures(schema, getFeaturesCol());
        return withScore(schema, getScoreCol());
    }

    @Override
    public IsolationForestModel copy(ParamMap extra) {
        return copyValues(new IsolationForestModel(uid, forest), extractParamMap(extra))
                .setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new IsolationForestModelWriter(this);
    }

    public static MLReader<IsolationForestModel> read() {
        return new IsolationForestModelReader();
    }

    public static IsolationForestModel load(String path) {
        return read().load(path);
    }

    static StructType withScore(StructType schema, String scoreCol) {
        return FeatureColumns.append(schema, scoreCol, DataTypes.DoubleType, false);
    }

    private Broadcast<IsolationForest> broadcast(Dataset<?> dataset) {
        return JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
                .broadcast(forest);
    }

    private boolean isArray(Dataset<?> dataset) {
        return dataset.schema().apply(getFeaturesCol()).dataType() instanceof ArrayType;
    }

    private static <T> Column call(UDF1<T, ?> function, DataType type, Column features) {
        UDF1<T, ?> checked = row -> {
            if (row == null) {
                throw new IllegalArgumentException(
                        "A row has no features: featuresCol is null. Use NaN for a single missing value.");
            }
            return function.call(row);
        };
        return functions.udf(checked, type).asNonNullable().apply(features);
    }

    private static double[] contributions(IsolationForest forest, double[] row) {
        return forest.explainer().explain(row).values();
    }

    private static double[] doubles(Seq<Double> row) {
        return CollectionConverters.asJava(row).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
