package io.goodhart.isolation.spark;

import io.goodhart.isolation.Contributions;
import io.goodhart.isolation.IsolationForest;
import io.goodhart.isolation.ReasonClusters;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Scores rows, predicts which are strange, and says of those why and with which others: score, prediction, contributions, sides
 * and cluster.
 *
 * <p>Nulls: contributions and sides are null, and the cluster is -1, where the prediction is 0.0.
 */
public final class IsolationClusteringModel extends Model<IsolationClusteringModel>
        implements IsolationClusteringParams, MLWritable {
    private static final long serialVersionUID = 1L;
    private static final String REASON_COL = "__isolation_reason";
    private static final StructType REASON =
            IsolationForestModel.EXPLANATION.add("cluster", DataTypes.IntegerType, false);

    private final String uid;
    private final DeclaredParams declared;
    private final IsolationForestModel forest;
    private final transient ReasonClusters clusters;

    IsolationClusteringModel(String uid, IsolationForestModel forest, ReasonClusters clusters) {
        this.uid = uid;
        this.forest = forest;
        this.clusters = clusters;
        this.declared = DeclaredParams.of(this);
        setClusteringDefaults();
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public DeclaredParams declared() {
        return declared;
    }

    /** Returns the model that scores and explains, with the parameters of this one. */
    public IsolationForestModel forestModel() {
        return copyValues(forest.copy(new ParamMap()), extractParamMap());
    }

    public ReasonClusters clusters() {
        return clusters;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        Broadcast<Travelling<IsolationForest>> explained = forest.broadcast(dataset.sparkSession());
        Broadcast<double[][]> centres = JavaSparkContext.fromSparkContext(
                        dataset.sparkSession().sparkContext())
                .broadcast(clusters.centres().toArray(double[][]::new));
        UDF1<Object, Row> reason = features -> reason(
                explained.value().value().explainer().explain(IsolationForestModel.doubles(features)), centres.value());
        Column strange = functions.col(getPredictionCol()).equalTo(1.0);
        Column reasons = functions.udf(reason, REASON).apply(FeatureColumns.together(this));
        return forestModel()
                .transform(dataset)
                .withColumn(REASON_COL, functions.when(strange, reasons))
                .withColumn(getContributionsCol(), functions.col(REASON_COL).getField("contributions"))
                .withColumn(getSidesCol(), functions.col(REASON_COL).getField("sides"))
                .withColumn(
                        getClusterCol(),
                        functions.coalesce(functions.col(REASON_COL).getField("cluster"), functions.lit(-1)))
                .drop(REASON_COL);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return withClusters(forestModel().transformSchema(schema), this);
    }

    @Override
    public IsolationClusteringModel copy(ParamMap extra) {
        return copyValues(new IsolationClusteringModel(uid, forest, clusters), extractParamMap(extra))
                .setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new IsolationClusteringModelWriter(this);
    }

    public static MLReader<IsolationClusteringModel> read() {
        return new IsolationClusteringModelReader();
    }

    public static IsolationClusteringModel load(String path) {
        return read().load(path);
    }

    static StructType withClusters(StructType scored, IsolationClusteringParams stage) {
        StructType explained = FeatureColumns.append(
                FeatureColumns.append(scored, stage.getContributionsCol(), IsolationForestModel.CONTRIBUTIONS, true),
                stage.getSidesCol(),
                IsolationForestModel.SIDES,
                true);
        return FeatureColumns.append(explained, stage.getClusterCol(), DataTypes.IntegerType);
    }

    private static Row reason(Contributions contributions, double[][] centres) {
        Row explanation = IsolationForestModel.row(contributions);
        int cluster = ReasonClusters.of(java.util.List.of(centres)).of(contributions);
        return RowFactory.create(explanation.get(0), explanation.get(1), cluster);
    }
}
