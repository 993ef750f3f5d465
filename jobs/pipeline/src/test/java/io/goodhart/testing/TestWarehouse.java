package io.goodhart.testing;

import io.goodhart.session.IcebergCatalog;
import io.goodhart.tables.TableContract;
import io.goodhart.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;

/** Warehouses in temporary folders, each under a catalog name of its own in the session. */
public final class TestWarehouse {
    private static final Map<Path, String> CATALOGS = new ConcurrentHashMap<>();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private TestWarehouse() {}

    /** Returns the warehouse in {@code folder}, with its tables created; two of one folder are like two processes. */
    public static Warehouse in(Path folder) {
        return in(folder, Optional.empty());
    }

    /** Returns a scratch area of the warehouse in {@code folder}. */
    public static Warehouse in(Path folder, Optional<String> scratch) {
        return Warehouse.open(TestSession.spark(), catalogIn(folder), scratch);
    }

    /** Returns the table behind a contract as it stands now, for what the warehouse has no word for. */
    public static Table table(Path folder, TableContract contract) {
        String namespace = contract.room().name().toLowerCase(Locale.ROOT);
        return Spark3Util.loadIcebergCatalog(TestSession.spark(), catalogIn(folder))
                .loadTable(TableIdentifier.of(Namespace.of(namespace), contract.name()));
    }

    private static String catalogIn(Path folder) {
        // The JDBC catalog keeps its tables under its own name: another name would see an empty warehouse.
        String catalog = CATALOGS.computeIfAbsent(folder, first -> "test_" + NAMES.incrementAndGet());
        SparkSession spark = TestSession.spark();
        IcebergCatalog.settings(catalog, folder.toString(), Map.of())
                .forEach((key, value) -> spark.conf().set(key, value));
        return catalog;
    }
}
