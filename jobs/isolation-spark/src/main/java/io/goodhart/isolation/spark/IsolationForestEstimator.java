package io.goodhart.isolation.spark;

import io.goodhart.isolation.ForestSample;
import io.goodhart.isolation.IsolationForest;
import java.util.OptionalDouble;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

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

    /** Reads the features from numeric columns of their own, in this order; null is missing. */
    public IsolationForestEstimator setFeaturesCols(String... columns) {
        set(featuresCols(), columns.clone());
        return this;
    }

    public IsolationForestEstimator setWeightCol(String column) {
        set(weightCol(), column);
        return this;
    }

    public IsolationForestEstimator setPredictionCol(String column) {
        set(predictionCol(), column);
        return this;
    }

    public IsolationForestEstimator setSidesCol(String column) {
        set(sidesCol(), column);
        return this;
    }

    /** Sets what an edge adds to a path: {@code density}, or {@code unit} for the standard forest. */
    public IsolationForestEstimator setEdgeLength(String edgeLength) {
        set(edgeLength(), edgeLength);
        return this;
    }

    /** Sets how high a tree may grow, in edges; 0 for the height of a balanced tree. */
    public IsolationForestEstimator setHeightLimit(int edges) {
        set(heightLimit(), edges);
        return this;
    }

    /** Sets the share of the training rows that the threshold lets through; 0: no threshold, and no pass to find it. */
    public IsolationForestEstimator setContamination(double share) {
        set(contamination(), share);
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
        ForestSample sample = ForestDraw.from(dataset, this);
        IsolationForest forest = IsolationForest.grow(sample);
        IsolationForestModel model =
                copyValues(new IsolationForestModel(uid, forest, OptionalDouble.empty()), extractParamMap());
        if (getContamination() == 0) {
            return model.setParent(this);
        }
        double threshold = ContaminationThreshold.of(model, dataset, getContamination(), sample);
        return copyValues(new IsolationForestModel(uid, forest, OptionalDouble.of(threshold)), extractParamMap())
                .setParent(this);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        FeatureColumns.requireFeatures(schema, this);
        if (!getKeyCol().isEmpty()) {
            FeatureColumns.requireKey(schema, getKeyCol());
        }
        if (!getWeightCol().isEmpty()) {
            FeatureColumns.requireWeight(schema, getWeightCol());
        }
        return IsolationForestModel.withOutputs(schema, this, getContamination() > 0);
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
}
