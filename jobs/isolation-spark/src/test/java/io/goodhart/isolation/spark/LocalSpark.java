package io.goodhart.isolation.spark;

import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;

/** One session for all tests: two cores, UTC, two shuffle partitions, no UI; Kryo, which reads less than the default serialisation. */
final class LocalSpark {
    private static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("isolation-spark tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.serializer", KryoSerializer.class.getName())
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();

    private LocalSpark() {}

    static SparkSession session() {
        return SESSION;
    }
}
