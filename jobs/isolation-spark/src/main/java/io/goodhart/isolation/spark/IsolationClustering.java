package io.goodhart.isolation.spark;

import io.goodhart.isolation.Contributions;
import io.goodhart.isolation.ForestExplainer;
import io.goodhart.isolation.ReasonClusters;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Finds strange rows and groups them by why they are strange.
 *
 * <p>Grows a forest, takes the share of rows that {@code contamination} names (the strangest {@value #MOST_ROWS} of them at
 * most), and clusters their contributions. Parameters shared with {@link IsolationForestEstimator} are set here by the same names.
 */
public final class IsolationClustering extends Estimator<IsolationClusteringModel>
        implements IsolationClusteringParams, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_ROWS = 5000;

    private final String uid;
    private final DeclaredParams declared;

    public IsolationClustering() {
        this(Identifiable$.MODULE$.randomUID("isolationClustering"));
    }

    public IsolationClustering(String uid) {
        this.uid = uid;
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

    public IsolationClustering setFeaturesCol(String column) {
        set(featuresCol(), column);
        return this;
    }

    public IsolationClustering setFeaturesCols(String... columns) {
        set(featuresCols(), columns.clone());
        return this;
    }

    public IsolationClustering setKeyCol(String column) {
        set(keyCol(), column);
        return this;
    }

    public IsolationClustering setWeightCol(String column) {
        set(weightCol(), column);
        return this;
    }

    public IsolationClustering setScoreCol(String column) {
        set(scoreCol(), column);
        return this;
    }

    public IsolationClustering setPredictionCol(String column) {
        set(predictionCol(), column);
        return this;
    }

    public IsolationClustering setContributionsCol(String column) {
        set(contributionsCol(), column);
        return this;
    }

    public IsolationClustering setSidesCol(String column) {
        set(sidesCol(), column);
        return this;
    }

    public IsolationClustering setClusterCol(String column) {
        set(clusterCol(), column);
        return this;
    }

    public IsolationClustering setNumTrees(int trees) {
        set(numTrees(), trees);
        return this;
    }

    public IsolationClustering setSampleSize(int rows) {
        set(sampleSize(), rows);
        return this;
    }

    public IsolationClustering setSeed(long newSeed) {
        set(seed(), newSeed);
        return this;
    }

    public IsolationClustering setRangeMargin(double share) {
        return setRangeMarginBelow(share).setRangeMarginAbove(share);
    }

    public IsolationClustering setRangeMarginBelow(double share) {
        set(rangeMarginBelow(), share);
        return this;
    }

    public IsolationClustering setRangeMarginAbove(double share) {
        set(rangeMarginAbove(), share);
        return this;
    }

    public IsolationClustering setEdgeLength(String length) {
        set(edgeLength(), length);
        return this;
    }

    public IsolationClustering setHeightLimit(int edges) {
        set(heightLimit(), edges);
        return this;
    }

    public IsolationClustering setContamination(double share) {
        set(contamination(), share);
        return this;
    }

    public IsolationClustering setNumClusters(int most) {
        set(numClusters(), most);
        return this;
    }

    @Override
    public IsolationClusteringModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        IsolationForestModel forest =
                copyValues(new IsolationForestEstimator(), extractParamMap()).fit(dataset);
        List<Row> strangest = forest.transform(dataset)
                .where(functions.col(getPredictionCol()).equalTo(1.0))
                .select(
                        functions.col(getScoreCol()),
                        FeatureColumns.together(this).as("features"),
                        RowHash.of(this))
                // of rows that score alike the hash chooses, not their partition
                .orderBy(functions.col(getScoreCol()).desc(), functions.col(RowHash.COLUMN))
                .limit(MOST_ROWS)
                .collectAsList();
        ForestExplainer explainer = forest.forest().explainer();
        List<Contributions> reasons = strangest.stream()
                .map(row -> explainer.explain(IsolationForestModel.doubles(row.get(1))))
                .toList();
        ReasonClusters clusters = ReasonClusters.among(reasons, getNumClusters());
        return copyValues(new IsolationClusteringModel(uid, forest, clusters), extractParamMap())
                .setParent(this);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (getContamination() == 0) {
            throw new IllegalArgumentException(
                    "contamination is 0: no row is strange, and there is nothing to cluster. Set it to the share of strange rows.");
        }
        return IsolationClusteringModel.withClusters(
                copyValues(new IsolationForestEstimator(), extractParamMap()).transformSchema(schema), this);
    }

    @Override
    public IsolationClustering copy(ParamMap extra) {
        return copyValues(new IsolationClustering(uid), extractParamMap(extra));
    }

    public static MLReader<IsolationClustering> read() {
        return new DefaultParamsReader<>();
    }

    public static IsolationClustering load(String path) {
        return read().load(path);
    }
}
