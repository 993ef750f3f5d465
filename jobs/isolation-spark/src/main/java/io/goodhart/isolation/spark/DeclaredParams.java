package io.goodhart.isolation.spark;

import io.goodhart.isolation.IsolationForestSettings;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/** Names, documents, validators and defaults of the parameters, stated once for estimator and model. */
public final class DeclaredParams {
    final Param<String> featuresCol;
    final Param<String> keyCol;
    final Param<String> scoreCol;
    final Param<String> contributionsCol;
    final IntParam numTrees;
    final IntParam sampleSize;
    final LongParam seed;
    final DoubleParam rangeMarginBelow;
    final DoubleParam rangeMarginAbove;

    private DeclaredParams(IsolationForestParams stage) {
        featuresCol = new Param<>(stage, "featuresCol", "column of features: a Vector or an array of doubles");
        keyCol = new Param<>(
                stage,
                "keyCol",
                "column that names a row, string or integer, unique and not null; empty: rows are named by their values");
        scoreCol = new Param<>(stage, "scoreCol", "column of scores that is appended: in (0, 1], higher is stranger");
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
    }

    static DeclaredParams of(IsolationForestParams stage) {
        return new DeclaredParams(stage);
    }

    /** Gives {@code stage}, whose {@code declared()} must be these, the defaults. */
    void setDefaults(IsolationForestParams stage) {
        IsolationForestSettings standard = IsolationForestSettings.standard();
        stage.setDefault(featuresCol, "features");
        stage.setDefault(keyCol, "");
        stage.setDefault(scoreCol, "score");
        stage.setDefault(contributionsCol, "contributions");
        stage.setDefault(numTrees, standard.trees());
        stage.setDefault(sampleSize, standard.sampleSize());
        stage.setDefault(seed, standard.seed());
        stage.setDefault(rangeMarginBelow, standard.margin().below());
        stage.setDefault(rangeMarginAbove, standard.margin().above());
    }
}
