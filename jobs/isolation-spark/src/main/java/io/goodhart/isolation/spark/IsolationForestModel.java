package io.goodhart.isolation.spark;

import io.goodhart.isolation.Contributions;
import io.goodhart.isolation.IsolationForest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
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
    static final DataType CONTRIBUTIONS = new ArrayType(DataTypes.DoubleType, false);
    static final DataType SIDES = new ArrayType(DataTypes.StringType, false);
    static final StructType EXPLANATION =
            new StructType().add("contributions", CONTRIBUTIONS, false).add("sides", SIDES, false);
    private static final String EXPLANATION_COL = "__isolation_explanation";

    private final String uid;
    private final DeclaredParams declared;
    private final IsolationForest forest;
    private final double threshold; // NaN: none

    IsolationForestModel(String uid, IsolationForest forest, OptionalDouble threshold) {
        this.uid = uid;
        this.forest = forest;
        this.threshold = threshold.orElse(Double.NaN);
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

    /** Reads the features from numeric columns of their own, in the order of fitting; null is missing. */
    public IsolationForestModel setFeaturesCols(String... columns) {
        set(featuresCols(), columns.clone());
        return this;
    }

    public IsolationForestModel setPredictionCol(String column) {
        set(predictionCol(), column);
        return this;
    }

    public IsolationForestModel setSidesCol(String column) {
        set(sidesCol(), column);
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

    /** Returns the score from which a row is predicted to be strange, if the model was fitted with a contamination. */
    public OptionalDouble threshold() {
        return Double.isNaN(threshold) ? OptionalDouble.empty() : OptionalDouble.of(threshold);
    }

    /** Appends the score, a double in (0, 1], higher is stranger; and the prediction, when there is a threshold. */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Dataset<Row> scored = dataset.withColumn(getScoreCol(), score(dataset));
        if (threshold().isEmpty()) {
            return scored;
        }
        Column strange = functions.col(getScoreCol()).geq(threshold);
        return scored.withColumn(
                getPredictionCol(), functions.when(strange, 1.0).otherwise(0.0));
    }

    /**
     * Appends, for each feature, what it contributes to the row's strangeness (doubles in edges, whose sum is {@link
     * #expectedPathLength()} less the row's own mean path length) and the side that its value lies on ({@code too_high} or {@code
     * too_low}). Dear: give it the rows to be explained, not all.
     */
    public Dataset<Row> explain(Dataset<?> dataset) {
        FeatureColumns.requireFeatures(dataset.schema(), this);
        FeatureColumns.append(
                FeatureColumns.append(dataset.schema(), getContributionsCol(), CONTRIBUTIONS), getSidesCol(), SIDES);
        Broadcast<Travelling<IsolationForest>> explained = broadcast(dataset.sparkSession());
        UDF1<Object, Row> explain =
                features -> row(explained.value().value().explainer().explain(doubles(features)));
        Column explanation = functions.udf(explain, EXPLANATION).asNonNullable().apply(FeatureColumns.together(this));
        return dataset.withColumn(EXPLANATION_COL, explanation)
                .withColumn(
                        getContributionsCol(), functions.col(EXPLANATION_COL).getField("contributions"))
                .withColumn(getSidesCol(), functions.col(EXPLANATION_COL).getField("sides"))
                .drop(EXPLANATION_COL);
    }

    /** Makes the score a function of SQL: {@code SELECT name(features)}, of a Vector or an array of doubles. */
    public void register(SparkSession session, String name) {
        Broadcast<Travelling<IsolationForest>> scoring = broadcast(session);
        UDF1<Object, Double> score =
                features -> scoring.value().value().scorer().score(doubles(features));
        session.udf().register(name, score, DataTypes.DoubleType);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        FeatureColumns.requireFeatures(schema, this);
        return withOutputs(schema, this, threshold().isPresent());
    }

    @Override
    public IsolationForestModel copy(ParamMap extra) {
        return copyValues(new IsolationForestModel(uid, forest, threshold()), extractParamMap(extra))
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

    static StructType withOutputs(StructType schema, IsolationForestParams stage, boolean prediction) {
        StructType scored = FeatureColumns.append(schema, stage.getScoreCol(), DataTypes.DoubleType);
        return prediction ? FeatureColumns.append(scored, stage.getPredictionCol(), DataTypes.DoubleType) : scored;
    }

    /** Returns the score as a column of {@code dataset}. */
    Column score(Dataset<?> dataset) {
        boolean together = getFeaturesCols().length == 0;
        return ForestScore.of(FeatureColumns.of(this), together, new ScoreFunction(broadcast(dataset.sparkSession())));
    }

    /** Returns the forest as tasks read it. */
    Broadcast<Travelling<IsolationForest>> broadcast(SparkSession session) {
        return JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(new Travelling<>(forest));
    }

    static Row row(Contributions contributions) {
        List<String> sides = new ArrayList<>();
        for (int feature = 0; feature < contributions.numFeatures(); feature++) {
            sides.add(contributions.side(feature).name().toLowerCase(Locale.ROOT));
        }
        return RowFactory.create(contributions.values(), sides);
    }

    static double[] doubles(Object features) {
        if (features instanceof Vector vector) {
            return vector.toArray();
        }
        if (features instanceof Seq<?> values) {
            return CollectionConverters.asJava(values).stream()
                    .mapToDouble(value -> value == null ? Double.NaN : (double) value)
                    .toArray();
        }
        throw new IllegalArgumentException(
                "A row has no features: the features column is null, or neither a Vector nor an array of doubles. Use NaN for a single missing value.");
    }
}
