package io.goodhart.isolation.spark;

import io.goodhart.isolation.SavedForest;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import scala.Option;

/** Writes a model as Spark ML does: parameters as JSON under {@code metadata/}, the forest as one small Parquet under {@code data/}. */
final class IsolationForestModelWriter extends MLWriter {
    private final IsolationForestModel model;

    IsolationForestModelWriter(IsolationForestModel model) {
        this.model = model;
    }

    @Override
    public void saveImpl(String path) {
        DefaultParamsWriter$.MODULE$.saveMetadata(
                model, path, sparkSession().sparkContext(), Option.empty(), Option.empty());
        Row row = SavedForestRows.toRow(SavedForest.of(model.forest()), model.threshold());
        sparkSession()
                .createDataFrame(List.of(row), SavedForestRows.SCHEMA)
                .coalesce(1)
                .write()
                .parquet(new Path(path, "data").toString());
    }
}
