package io.goodhart.session;

import io.goodhart.failures.Messages;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;

/** Builds the session of a run. The only class that does. */
public final class SparkSessions {
    /** Without them Spark cannot write to a branch of a table, where a night is staged. */
    public static final String ICEBERG_EXTENSIONS = "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOCAL_SHUFFLE_PARTITIONS = "8";

    private static final Map<String, String> DEFAULTS = Map.of(
            "spark.app.name", "goodhart",
            "spark.master", "local[*]",
            "spark.ui.enabled", "false",
            "spark.ui.showConsoleProgress", "false",
            // A flipped bit would otherwise change a sum without an error.
            "spark.hadoop.parquet.page.verify-checksum.enabled", "true",
            // Spark's own pattern hides every setting with "token" in it, which here is half of them.
            "spark.redaction.regex", Secrets.NAME);

    private SparkSessions() {}

    /**
     * A session for one run.
     *
     * @param spark the session
     * @param before the session that the process had before; empty: none, and this one ends with the run
     */
    public record Opened(SparkSession spark, Optional<SparkSession> before) implements AutoCloseable {
        @Override
        public void close() {
            before.ifPresentOrElse(SparkSession::setActiveSession, spark::stop);
        }
    }

    /**
     * Returns a session with the warehouse's catalog in it: the process's first one, or else a new one beside those that it runs, which
     * shares their context and is left running.
     *
     * @param warehouse folder of the tables
     * @param master Spark's master; empty: what {@code spark-submit} or the settings say, else this machine
     * @throws io.goodhart.failures.Failure.InvalidSettings if Spark does not start with what it is told
     */
    public static Opened open(Settings settings, String warehouse, Optional<String> master) {
        return open(settings, IcebergCatalog.settings(IcebergCatalog.NAME, warehouse, settings.catalog()), master);
    }

    /** Returns a session for work that needs no warehouse. */
    public static Opened withoutWarehouse(Settings settings, Optional<String> master) {
        return open(settings, Map.of(), master);
    }

    private static Opened open(Settings settings, Map<String, String> catalog, Optional<String> master) {
        try {
            return started(conf(settings, catalog, master));
        } catch (Exception refused) { // Spark throws checked exceptions without declaring them
            if (refused instanceof IllegalArgumentException
                    || refused instanceof SparkException
                    || refused instanceof ReflectiveOperationException) {
                throw Messages.sparkRefused(telling(refused));
            }
            throw refused;
        }
    }

    /** Returns the outermost that says what it all came from: it may name the setting, and what is around it says less. */
    private static Throwable telling(Throwable thrown) {
        if (thrown.getCause() == null) {
            return thrown;
        }
        Throwable inner = telling(thrown.getCause());
        return String.valueOf(thrown.getMessage()).contains(String.valueOf(inner.getMessage())) ? thrown : inner;
    }

    private static Opened started(SparkConf conf) {
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession running = SparkSession.getDefaultSession().get();
            return new Opened(beside(running, conf), Optional.of(running));
        }
        SparkSession first = SparkSession.builder().config(conf).getOrCreate();
        try {
            // The settings of Spark SQL are looked at on first use.
            var unused = first.sessionState();
            return new Opened(first, Optional.empty());
        } catch (Exception refused) { // Spark throws checked exceptions without declaring them
            first.stop();
            throw refused;
        }
    }

    /** Returns what Spark is told: our own needs over {@code --master} over the settings over what {@code spark-submit} says. */
    static SparkConf conf(Settings settings, Map<String, String> catalog, Optional<String> master) {
        SparkConf conf = new SparkConf();
        catalog.forEach(conf::set);
        settings.spark().forEach(conf::set);
        master.ifPresent(conf::setMaster);
        DEFAULTS.forEach(conf::setIfMissing);
        // Days are UTC days everywhere; a local zone would move events to other partitions.
        conf.set("spark.sql.session.timeZone", "UTC");
        // Records travel with tasks and results, and do not survive Kryo, which many a cluster has by default.
        conf.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
        conf.set("spark.sql.extensions", withIceberg(conf.get("spark.sql.extensions", "")));
        if (conf.get("spark.master").startsWith("local")) {
            conf.setIfMissing("spark.sql.shuffle.partitions", LOCAL_SHUFFLE_PARTITIONS);
            conf.setIfMissing("spark.driver.host", LOOPBACK);
            conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
            conf.setIfMissing("spark.hadoop.fs.file.impl", ForklessFileSystem.class.getName());
        }
        return conf;
    }

    private static String withIceberg(String extensions) {
        if (extensions.contains(ICEBERG_EXTENSIONS)) {
            return extensions;
        }
        return extensions.isEmpty() ? ICEBERG_EXTENSIONS : extensions + "," + ICEBERG_EXTENSIONS;
    }

    private static SparkSession beside(SparkSession running, SparkConf conf) {
        SparkSession session = running.newSession();
        for (scala.Tuple2<String, String> setting : conf.getAllWithPrefix("spark.sql.")) {
            String key = "spark.sql." + setting._1();
            if (!SQLConf.isStaticConfigKey(key)) {
                session.conf().set(key, setting._2());
            }
        }
        // Catalogs are looked up in the settings of the thread's active session.
        SparkSession.setActiveSession(session);
        return session;
    }
}
