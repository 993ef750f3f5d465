package io.goodhart.rows;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** The way from a data set to rows as Spark holds them, and back: what {@code Dataset.mapPartitions} offers for objects only. */
public final class InnerRows {
    private InnerRows() {}

    /** Returns the rows of a data set, each of which is gone when the next is asked for. */
    public static JavaRDD<InternalRow> of(Dataset<Row> dataset) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) dataset)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    /** Returns rows that are of {@code schema}, nulls where it allows them, as a data set. */
    public static Dataset<Row> dataset(SparkSession spark, RDD<InternalRow> rows, StructType schema) {
        return ((org.apache.spark.sql.classic.SparkSession) spark).internalCreateDataFrame(rows, schema, false);
    }
}
