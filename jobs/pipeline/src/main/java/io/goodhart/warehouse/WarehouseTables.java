package io.goodhart.warehouse;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.Runs;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.TableContract.Room;
import io.goodhart.tables.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Where the tables are: their names in Spark and in Iceberg, and their creation from the contracts. */
final class WarehouseTables {
    private static final Map<String, String> PROPERTIES = Map.of(
            "format-version", "2",
            "write.parquet.compression-codec", "zstd",
            "write.metadata.delete-after-commit.enabled", "true",
            "write.metadata.previous-versions-max", "50",
            // Runs of other dates commit to the same tables; each commit is short, so a loser waits its turn.
            "commit.retry.num-retries", "20",
            "commit.retry.min-wait-ms", "50",
            "commit.retry.max-wait-ms", "2000");

    /** Opening a JDBC catalog takes three steps that another process can be ahead in. */
    private static final int MOST_TRIES = 4;

    private final SparkSession spark;
    private final String catalogName;
    private final String namespacePrefix;
    private final Catalog catalog;

    /**
     * @param catalogName the Iceberg catalog's name in {@code spark}
     * @param scratch name of a scratch area; empty: production
     * @throws io.goodhart.failures.Failure.InvalidSettings if the scratch area's name is not lower-case letters, digits and underscores, or
     *     there can be no such catalog
     */
    WarehouseTables(SparkSession spark, String catalogName, Optional<String> scratch) {
        scratch.filter(name -> !name.matches("[a-z][a-z0-9_]*")).ifPresent(name -> {
            throw Messages.invalidSettings(List.of(
                    "--into " + name + ": must begin with a lower-case letter and hold only a-z, 0-9 and underscores"));
        });
        this.spark = spark;
        this.catalogName = catalogName;
        this.namespacePrefix = scratch.map(name -> name + "_").orElse("");
        this.catalog = open(spark, catalogName);
    }

    /** What stops it that is not the storage is a property that Iceberg does not take, or a jar that is not there. */
    private static Catalog open(SparkSession spark, String catalogName) {
        try {
            return StorageGuard.guard("cannot open the catalog", () -> loaded(spark, catalogName));
        } catch (Failure told) {
            throw told;
        } catch (RuntimeException | LinkageError unfit) {
            throw Messages.catalogRefused(unfit);
        }
    }

    /** A JDBC catalog makes tables and columns of its own, one after the other; what another process makes first is found at the next look. */
    private static Catalog loaded(SparkSession spark, String catalogName) {
        for (int tries = 1; ; tries++) {
            try {
                return Spark3Util.loadIcebergCatalog(spark, catalogName);
            } catch (RuntimeException refused) {
                if (tries == MOST_TRIES) {
                    throw refused;
                }
            }
        }
    }

    SparkSession spark() {
        return spark;
    }

    /** Returns the table's name in Spark SQL. */
    String nameOf(TableContract contract) {
        return "`" + catalogName + "`.`" + namespaceOf(contract.room()) + "`.`" + contract.name() + "`";
    }

    /** Returns the table as it stands now. */
    Table load(TableContract contract) {
        return catalog.loadTable(identifier(contract));
    }

    /**
     * Returns all rows of the table.
     *
     * @throws io.goodhart.failures.Failure.StorageFailed if its columns are not those of the contract: another version made it
     */
    Dataset<Row> rows(TableContract contract) {
        Dataset<Row> rows = spark.table(nameOf(contract));
        check(contract, rows.schema());
        return rows;
    }

    /** Returns the table as it stands now, to be read; throws as {@link #rows}. */
    Table checked(TableContract contract) {
        Table table = load(contract);
        check(contract, SparkSchemaUtil.convert(table.schema()));
        return table;
    }

    private void check(TableContract contract, StructType found) {
        Map<String, String> there = Stream.of(found.fields())
                .collect(Collectors.toMap(
                        StructField::name, field -> field.dataType().simpleString()));
        List<String> missing = contract.columns().stream()
                .filter(column -> !column.type().simpleString().equals(there.get(column.name())))
                .map(ColumnSpec::name)
                .toList();
        if (!missing.isEmpty()) {
            throw Messages.otherVersion(namespaceOf(contract.room()) + "." + contract.name(), missing);
        }
    }

    /** Returns whether the tables have been created. */
    boolean exist() {
        return catalog.tableExists(identifier(Runs.CONTRACT));
    }

    /** Creates what is not there. Each table begins with an empty snapshot, so that whatever is staged has one to start from. */
    void create() {
        for (Room room : List.of(Room.RESTRICTED, Room.OPEN)) {
            createNamespace(Namespace.of(namespaceOf(room)));
        }
        for (TableContract contract : Tables.ofWarehouse()) {
            if (!catalog.tableExists(identifier(contract))) {
                spark.sql(
                        contract.createStatement(nameOf(contract)) + "\nTBLPROPERTIES (" + properties(contract) + ")");
            }
            Table table = load(contract);
            if (table.currentSnapshot() == null) {
                table.newFastAppend().commit();
            }
        }
    }

    /** Another process may create it at the same time. */
    private void createNamespace(Namespace namespace) {
        SupportsNamespaces namespaces = (SupportsNamespaces) catalog;
        if (!namespaces.namespaceExists(namespace)) {
            try {
                namespaces.createNamespace(namespace);
            } catch (RuntimeException refused) {
                if (!namespaces.namespaceExists(namespace)) {
                    throw refused;
                }
            }
        }
    }

    private TableIdentifier identifier(TableContract contract) {
        return TableIdentifier.of(Namespace.of(namespaceOf(contract.room())), contract.name());
    }

    private String namespaceOf(Room room) {
        return switch (room) {
            case RESTRICTED -> namespacePrefix + "restricted";
            case OPEN -> namespacePrefix + "open";
            case INPUT -> throw new IllegalArgumentException("an input table is not in the warehouse");
        };
    }

    private static String properties(TableContract contract) {
        Map<String, String> properties = new LinkedHashMap<>(PROPERTIES);
        if (contract.partition().isEmpty()) {
            // Rows are replaced by key: a truncated bound could not prove that a file holds that key alone.
            properties.put("write.metadata.metrics.default", "full");
        }
        return properties.entrySet().stream()
                .map(entry -> "'" + entry.getKey() + "'='" + entry.getValue() + "'")
                .collect(Collectors.joining(", "));
    }
}
