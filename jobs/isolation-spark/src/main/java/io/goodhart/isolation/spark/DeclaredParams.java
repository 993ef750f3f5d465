package io.goodhart.isolation.spark;

import io.goodhart.isolation.IsolationForestSettings;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;

/** Names, documents, validators and defaults of the parameters, stated once for estimator and model. */
public final class DeclaredParams {
    private static final Set<String> EDGE_LENGTHS = Set.of("density", "unit");

    final Param<String> featuresCol;
    final StringArrayParam featuresCols;
    final Param<String> keyCol;
    final Param<String> weightCol;
    final Param<String> scoreCol;
    final Param<String> predictionCol;
    final Param<String> contributionsCol;
    final Param<String> sidesCol;
    final IntParam numTrees;
    final IntParam sampleSize;
    final LongParam seed;
    final DoubleParam rangeMarginBelow;
    final DoubleParam rangeMarginAbove;
    final Param<String> edgeLength;
    final IntParam heightLimit;
    final DoubleParam contamination;
    final IntParam numClusters;
    final Param<String> clusterCol;

    private DeclaredParams(IsolationForestParams stage) {
        featuresCol = new Param<>(stage, "featuresCol", "column of features: a Vector or an array of doubles");
        featuresCols = new StringArrayParam(
                stage,
                "featuresCols",
                "numeric columns, one a feature, read without assembling them; null is missing; used when not empty");
        weightCol = new Param<>(
                stage, "weightCol", "column of row weights at fit, finite and not negative; empty: every row weighs 1");
        keyCol = new Param<>(
                stage,
                "keyCol",
                "column that names a row, string or integer, unique and not null; empty: rows are named by their values");
        scoreCol = new Param<>(stage, "scoreCol", "column of scores that is appended: in (0, 1], higher is stranger");
        predictionCol = new Param<>(
                stage,
                "predictionCol",
                "column of 1.0 where the score reaches the threshold and 0.0 elsewhere; appended when there is a threshold");
        sidesCol = new Param<>(
                stage, "sidesCol", "column that explain appends: too_high or too_low, one string a feature");
        contributionsCol = new Param<>(
                stage, "contributionsCol", "column that explain appends: one double a feature, positive is stranger");
        numTrees = new IntParam(stage, "numTrees", "number of trees, at least 1", ParamValidators.gtEq(1));
        sampleSize = new IntParam(stage, "sampleSize", "rows drawn for a tree, at least 2", ParamValidators.gtEq(2));
        seed = new LongParam(stage, "seed", "seed of draws and splits");
        rangeMarginBelow = new DoubleParam(
                stage,
                "rangeMarginBelow",
                "share of a node's range opened below its smallest value for splits; 0 is the standard forest",
                ParamValidators.gtEq(0));
        rangeMarginAbove = new DoubleParam(
                stage,
                "rangeMarginAbove",
                "share of a node's range opened above its largest value for splits; 0 is the standard forest",
                ParamValidators.gtEq(0));
        edgeLength = new Param<>(
                stage,
                "edgeLength",
                "what an edge adds to a path: density (the better ranking), or unit (the standard forest)",
                (String value) -> EDGE_LENGTHS.contains(value));
        heightLimit = new IntParam(
                stage,
                "heightLimit",
                "edges from the root at which a tree stops growing; 0: the height of a balanced tree (the standard forest)",
                ParamValidators.gtEq(0));
        contamination = new DoubleParam(
                stage,
                "contamination",
                "share of the training rows whose score reaches the threshold, in [0, 0.5]; 0: no threshold",
                ParamValidators.inRange(0, 0.5));
        numClusters = new IntParam(stage, "numClusters", "clusters at most, at least 1", ParamValidators.gtEq(1));
        clusterCol = new Param<>(
                stage, "clusterCol", "column of cluster numbers, 0 the largest at fit; -1: not strange enough for one");
    }

    static DeclaredParams of(IsolationForestParams stage) {
        return new DeclaredParams(stage);
    }

    /** Gives {@code stage}, whose {@code declared()} must be these, the defaults. */
    void setDefaults(IsolationForestParams stage) {
        IsolationForestSettings defaults = IsolationForestSettings.defaults();
        stage.setDefault(featuresCol, "features");
        stage.setDefault(featuresCols, new String[0]);
        stage.setDefault(weightCol, "");
        stage.setDefault(predictionCol, "prediction");
        stage.setDefault(sidesCol, "sides");
        stage.setDefault(edgeLength, defaults.edgeLength().name().toLowerCase(Locale.ROOT));
        stage.setDefault(heightLimit, defaults.heightLimit());
        stage.setDefault(contamination, 0.0);
        stage.setDefault(keyCol, "");
        stage.setDefault(scoreCol, "score");
        stage.setDefault(contributionsCol, "contributions");
        stage.setDefault(numTrees, defaults.trees());
        stage.setDefault(sampleSize, defaults.sampleSize());
        stage.setDefault(seed, defaults.seed());
        stage.setDefault(rangeMarginBelow, defaults.margin().below());
        stage.setDefault(rangeMarginAbove, defaults.margin().above());
    }
}
