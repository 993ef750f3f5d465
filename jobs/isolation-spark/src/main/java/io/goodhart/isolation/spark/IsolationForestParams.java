package io.goodhart.isolation.spark;

import io.goodhart.isolation.EdgeLength;
import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.RangeMargin;
import java.util.Locale;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The parameters that {@link IsolationForestEstimator} and {@link IsolationForestModel} have in common. */
public interface IsolationForestParams extends Params {
    /** Returns where the parameters of this stage are kept. */
    DeclaredParams declared();

    default Param<String> featuresCol() {
        return declared().featuresCol;
    }

    default StringArrayParam featuresCols() {
        return declared().featuresCols;
    }

    default Param<String> weightCol() {
        return declared().weightCol;
    }

    default Param<String> predictionCol() {
        return declared().predictionCol;
    }

    default Param<String> sidesCol() {
        return declared().sidesCol;
    }

    default Param<String> edgeLength() {
        return declared().edgeLength;
    }

    default DoubleParam contamination() {
        return declared().contamination;
    }

    default Param<String> keyCol() {
        return declared().keyCol;
    }

    default Param<String> scoreCol() {
        return declared().scoreCol;
    }

    default Param<String> contributionsCol() {
        return declared().contributionsCol;
    }

    default IntParam numTrees() {
        return declared().numTrees;
    }

    default IntParam sampleSize() {
        return declared().sampleSize;
    }

    default LongParam seed() {
        return declared().seed;
    }

    default DoubleParam rangeMarginBelow() {
        return declared().rangeMarginBelow;
    }

    default DoubleParam rangeMarginAbove() {
        return declared().rangeMarginAbove;
    }

    default IntParam heightLimit() {
        return declared().heightLimit;
    }

    default String getFeaturesCol() {
        return getOrDefault(featuresCol());
    }

    default String[] getFeaturesCols() {
        return getOrDefault(featuresCols());
    }

    default String getWeightCol() {
        return getOrDefault(weightCol());
    }

    default String getPredictionCol() {
        return getOrDefault(predictionCol());
    }

    default String getSidesCol() {
        return getOrDefault(sidesCol());
    }

    default String getEdgeLength() {
        return getOrDefault(edgeLength());
    }

    default double getContamination() {
        return (double) getOrDefault(contamination());
    }

    default String getKeyCol() {
        return getOrDefault(keyCol());
    }

    default String getScoreCol() {
        return getOrDefault(scoreCol());
    }

    default String getContributionsCol() {
        return getOrDefault(contributionsCol());
    }

    default int getNumTrees() {
        return (int) getOrDefault(numTrees());
    }

    default int getSampleSize() {
        return (int) getOrDefault(sampleSize());
    }

    default long getSeed() {
        return (long) getOrDefault(seed());
    }

    default double getRangeMarginBelow() {
        return (double) getOrDefault(rangeMarginBelow());
    }

    default double getRangeMarginAbove() {
        return (double) getOrDefault(rangeMarginAbove());
    }

    default int getHeightLimit() {
        return (int) getOrDefault(heightLimit());
    }

    /** Returns the settings that these parameters spell. */
    default IsolationForestSettings settings() {
        return new IsolationForestSettings(
                getNumTrees(),
                getSampleSize(),
                getSeed(),
                new RangeMargin(getRangeMarginBelow(), getRangeMarginAbove()),
                EdgeLength.valueOf(getEdgeLength().toUpperCase(Locale.ROOT)),
                getHeightLimit());
    }
}
