package io.goodhart.isolation.spark;

import io.goodhart.isolation.ReasonClusters;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import scala.Option;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Reads what {@link IsolationClusteringModelWriter} wrote. */
final class IsolationClusteringModelReader extends MLReader<IsolationClusteringModel> {
    @Override
    public IsolationClusteringModel load(String path) {
        DefaultParamsReader.Metadata metadata = DefaultParamsReader$.MODULE$.loadMetadata(
                path, sparkSession().sparkContext(), IsolationClusteringModel.class.getName());
        Row row = sparkSession()
                .read()
                .schema(IsolationClusteringModelWriter.SCHEMA)
                .parquet(new Path(path, "data").toString())
                .head();
        List<Seq<Object>> centres = row.getList(0);
        ReasonClusters clusters = ReasonClusters.of(centres.stream()
                .map(centre -> CollectionConverters.asJava(centre).stream()
                        .mapToDouble(value -> (double) value)
                        .toArray())
                .toList());
        IsolationForestModel forest = IsolationForestModel.load(new Path(path, "forest").toString());
        IsolationClusteringModel model = new IsolationClusteringModel(metadata.uid(), forest, clusters);
        metadata.getAndSetParams(model, Option.empty());
        return model;
    }
}
