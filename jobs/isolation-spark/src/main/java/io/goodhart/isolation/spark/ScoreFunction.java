package io.goodhart.isolation.spark;

import io.goodhart.isolation.ForestScorer;
import io.goodhart.isolation.IsolationForest;
import org.apache.spark.broadcast.Broadcast;

/** Scores the rows of a task with the forest that was broadcast. Public for Spark's generated code, which calls it. */
public final class ScoreFunction implements FeatureFunction {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Travelling<IsolationForest>> forest;
    private transient ForestScorer scorer;

    ScoreFunction(Broadcast<Travelling<IsolationForest>> forest) {
        this.forest = forest;
    }

    @Override
    public Object boxedOf(double[] values) {
        return ofValues(values);
    }

    /** Returns the score of a row given as plain values; NaN is missing. */
    public double ofValues(double[] values) {
        if (scorer == null) {
            scorer = forest.value().value().scorer();
        }
        return scorer.score(values);
    }

    /** Returns the score of a row given as Spark holds a Vector or an array inside. */
    public double ofColumn(Object features) {
        return ofValues(FeatureValues.of(features));
    }
}
