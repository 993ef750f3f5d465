package io.goodhart.jobs;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expm1;
import static org.apache.spark.sql.functions.transform;

import io.goodhart.tables.PersonWindows;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The forest's view of person windows: the directed distances as a vector, and a key that tells windows apart. */
final class Vectors {
    static final String FEATURES = "directed_vector";
    static final String KEY = "window_key";

    private Vectors() {}

    /**
     * Splits are drawn evenly over a node's range. Over squared distances most of them fall on the far side, where gaming is, and few among
     * the small distances that everybody has: one feature far out weighs like several near in.
     */
    private static Column evidence(Column entry) {
        Column distance = expm1(entry.getField("directed"));
        return distance.multiply(distance);
    }

    static Dataset<Row> with(Dataset<Row> windows) {
        return windows.withColumn(FEATURES, array_to_vector(transform(PersonWindows.FEATURES.col(), Vectors::evidence)))
                .withColumn(
                        KEY,
                        concat_ws(
                                "/",
                                PersonWindows.PERSON_ID.col(),
                                PersonWindows.RUN_DATE.col().cast("string")));
    }
}
