package io.goodhart.session;

import io.goodhart.failures.Messages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How Spark is told of an Iceberg catalog: the embedded one, a SQLite file in the warehouse folder, or whatever {@code catalog:} says.
 * Never the Hadoop catalog: it can lose a commit when two meet.
 */
public final class IcebergCatalog {
    /** The catalog's name in Spark. */
    public static final String NAME = "goodhart";

    private static final String FILE = "catalog.db";

    private IcebergCatalog() {}

    /**
     * Returns the Spark settings of the catalog {@code name}.
     *
     * @param warehouse folder of the tables; with the embedded catalog a local one, made when it is not there
     * @param properties of the catalog; empty: embedded
     */
    public static Map<String, String> settings(String name, String warehouse, Map<String, String> properties) {
        String prefix = "spark.sql.catalog." + name;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(prefix, "org.apache.iceberg.spark.SparkCatalog");
        // A cached table would hide what another process has published since.
        settings.put(prefix + ".cache-enabled", "false");
        if (properties.isEmpty()) {
            embedded(warehouse).forEach((key, value) -> settings.put(prefix + "." + key, value));
        } else {
            refuseHadoop(properties);
            settings.put(prefix + ".warehouse", warehouse);
            properties.forEach((key, value) -> settings.put(prefix + "." + key, value));
        }
        return settings;
    }

    /**
     * Makes sure, before anything is created, that a warehouse which is only to be read is there.
     *
     * @throws io.goodhart.failures.Failure.InvalidSettings if the embedded catalog's file is not there
     */
    public static void requireThere(String warehouse, Map<String, String> properties) {
        if (properties.isEmpty() && !Files.exists(localFolder(warehouse).resolve(FILE))) {
            throw Messages.noWarehouse(warehouse);
        }
    }

    private static Map<String, String> embedded(String warehouse) {
        Path folder = existing(localFolder(warehouse));
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("type", "jdbc");
        properties.put("uri", "jdbc:sqlite:" + folder.resolve(FILE) + "?journal_mode=WAL&busy_timeout=30000");
        properties.put("jdbc.schema-version", "V1");
        // Hadoop takes the escapes of an address for letters of the folder's name.
        properties.put("warehouse", new org.apache.hadoop.fs.Path(folder.toUri()).toString());
        return properties;
    }

    /**
     * Returns the folder that the embedded catalog and its tables are in.
     *
     * @throws io.goodhart.failures.Failure.InvalidSettings if {@code warehouse} is not on this machine
     */
    public static Path localFolder(String warehouse) {
        if (!warehouse.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            return Path.of(warehouse).toAbsolutePath().normalize();
        }
        URI address = URI.create(warehouse);
        if (!"file".equals(address.getScheme())) {
            throw Messages.invalidSettings(List.of("--warehouse " + warehouse
                    + ": the embedded catalog needs a local folder. Name an Iceberg catalog (REST, Glue, Hive, JDBC) under"
                    + " `catalog:` in the --config file"));
        }
        return Path.of(address.getPath()).toAbsolutePath().normalize();
    }

    private static Path existing(Path folder) {
        try {
            Files.createDirectories(folder);
            // Asks the file system itself: permission bits lie to root and on network mounts.
            Files.delete(Files.createTempFile(folder, ".writable", null));
            return folder;
        } catch (IOException refused) {
            throw Messages.storage("cannot write to the warehouse " + folder, refused);
        }
    }

    /** Iceberg takes the names of properties, and the type, in upper and lower case. */
    private static void refuseHadoop(Map<String, String> properties) {
        Map<String, String> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        inAnyCase.putAll(properties);
        if ("hadoop".equalsIgnoreCase(inAnyCase.get("type"))
                || inAnyCase.getOrDefault("catalog-impl", "").endsWith("HadoopCatalog")) {
            throw Messages.invalidSettings(List.of(
                    "catalog: the Hadoop catalog can lose a commit; use REST, Glue, Hive or JDBC, or leave it out"));
        }
    }
}
