package io.goodhart.isolation.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Made-up rows: key, id, features as a Vector and as an array of doubles. Every tenth row repeats row 0's features. */
final class ForestRows {
    static final StructType SCHEMA = new StructType()
            .add("key", DataTypes.StringType)
            .add("id", DataTypes.LongType)
            .add("features", SQLDataTypes.VectorType())
            .add("values", new ArrayType(DataTypes.DoubleType, false));

    private ForestRows() {}

    static Dataset<Row> of(long seed, int rows, int features) {
        return LocalSpark.session().createDataFrame(list(seed, rows, features), SCHEMA);
    }

    static Dataset<Row> shuffled(long seed, int rows, int features) {
        List<Row> list = list(seed, rows, features);
        Collections.shuffle(list, new Random(seed));
        return LocalSpark.session().createDataFrame(list, SCHEMA);
    }

    private static List<Row> list(long seed, int rows, int features) {
        Random random = new Random(seed);
        List<Row> list = new ArrayList<>();
        double[] repeated = random.doubles(features).toArray();
        for (long id = 0; id < rows; id++) {
            double[] values = id % 10 == 0 ? repeated : random.doubles(features).toArray();
            list.add(RowFactory.create("p" + id, id, Vectors.dense(values), values));
        }
        return list;
    }
}
