package io.goodhart.testing;

import io.goodhart.session.ForklessFileSystem;
import io.goodhart.session.SparkSessions;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the test JVM: started by the first test that asks, stopped when the JVM ends. */
public final class TestSession {
    private static final SparkSession SPARK = start();

    private TestSession() {}

    /** Returns the session. Tests leave no temporary view and no setting behind in it. */
    public static SparkSession spark() {
        return SPARK;
    }

    private static SparkSession start() {
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("goodhart-tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.hadoop.fs.file.impl", ForklessFileSystem.class.getName())
                .config("spark.sql.extensions", SparkSessions.ICEBERG_EXTENSIONS)
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.default.parallelism", "2")
                // As the launcher has it for few rows: code would be compiled for a handful of them, again and again.
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                // What collectors write today; Spark's own default is still INT96.
                .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        return spark;
    }
}
