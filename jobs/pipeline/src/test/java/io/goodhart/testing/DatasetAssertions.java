package io.goodhart.testing;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;

/**
 * Comparisons of data sets, by spark-testing-base over our own session. The only class that knows that library, which is JUnit 4
 * underneath: its life-cycle methods are never called.
 */
public final class DatasetAssertions {
    private static final Suite SUITE = new Suite(TestSession.spark());

    private DatasetAssertions() {}

    /** Asserts same schema, rows and order. */
    public static void assertSame(Dataset<Row> expected, Dataset<Row> actual) {
        SUITE.assertDataFrameEquals(expected, actual);
    }

    /** Asserts same schema and rows, each as often, in any order. */
    public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
        SUITE.assertDataFrameNoOrderEquals(expected, actual);
    }

    /** Asserts same schema, order and values, doubles within {@code tolerance}. */
    public static void assertClose(Dataset<Row> expected, Dataset<Row> actual, double tolerance) {
        SUITE.assertDataFrameApproximateEquals(expected, actual, tolerance);
    }

    private static final class Suite extends JavaDatasetSuiteBase {
        private static final long serialVersionUID = 1;
        private final transient SparkSession session;

        private Suite(SparkSession session) {
            this.session = session;
        }

        @Override
        public SparkSession spark() {
            return session;
        }

        @Override
        public SparkContext sc() {
            return session.sparkContext();
        }

        @Override
        public JavaSparkContext jsc() {
            return JavaSparkContext.fromSparkContext(session.sparkContext());
        }

        @Override
        public SQLContext sqlContext() {
            return session.sqlContext();
        }
    }
}
