package io.goodhart.isolation.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** Writes parameters under {@code metadata/}, the forest's model under {@code forest/}, the clusters' centres under {@code data/}. */
final class IsolationClusteringModelWriter extends MLWriter {
    static final StructType SCHEMA =
            new StructType().add("centres", new ArrayType(new ArrayType(DataTypes.DoubleType, false), false), false);

    private final IsolationClusteringModel model;

    IsolationClusteringModelWriter(IsolationClusteringModel model) {
        this.model = model;
    }

    @Override
    public void saveImpl(String path) {
        DefaultParamsWriter$.MODULE$.saveMetadata(
                model, path, sparkSession().sparkContext(), Option.empty(), Option.empty());
        try {
            model.forestModel().write().save(new Path(path, "forest").toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Row row = RowFactory.create((Object) model.clusters().centres().toArray(double[][]::new));
        sparkSession()
                .createDataFrame(List.of(row), SCHEMA)
                .coalesce(1)
                .write()
                .parquet(new Path(path, "data").toString());
    }
}
