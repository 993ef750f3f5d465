package io.goodhart.isolation.spark;

import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import scala.Option;

/** Reads what {@link IsolationForestModelWriter} wrote, in any form ever released. */
final class IsolationForestModelReader extends MLReader<IsolationForestModel> {
    @Override
    public IsolationForestModel load(String path) {
        DefaultParamsReader.Metadata metadata = DefaultParamsReader$.MODULE$.loadMetadata(
                path, sparkSession().sparkContext(), IsolationForestModel.class.getName());
        Row row = sparkSession()
                .read()
                .schema(SavedForestRows.SCHEMA)
                .parquet(new Path(path, "data").toString())
                .head();
        IsolationForestModel model = new IsolationForestModel(
                metadata.uid(), SavedForestRows.fromRow(row).restore(), SavedForestRows.threshold(row));
        metadata.getAndSetParams(model, Option.empty());
        return model;
    }
}
