package io.goodhart.isolation.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/** The parameters that {@link IsolationClustering} and {@link IsolationClusteringModel} have beyond the forest's. */
public interface IsolationClusteringParams extends IsolationForestParams {
    default IntParam numClusters() {
        return declared().numClusters;
    }

    default Param<String> clusterCol() {
        return declared().clusterCol;
    }

    default int getNumClusters() {
        return (int) getOrDefault(numClusters());
    }

    default String getClusterCol() {
        return getOrDefault(clusterCol());
    }

    /** Gives this stage the defaults: those of the forest, a contamination of 0.05, at most 8 clusters. */
    default void setClusteringDefaults() {
        declared().setDefaults(this);
        setDefault(contamination(), 0.05);
        setDefault(numClusters(), 8);
        setDefault(clusterCol(), "cluster");
    }
}
