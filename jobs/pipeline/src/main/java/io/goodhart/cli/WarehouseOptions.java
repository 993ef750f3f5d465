package io.goodhart.cli;

import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.warehouse.Warehouse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that needs the warehouse is told: settings, the folder, Spark's master, the scratch area. */
final class WarehouseOptions {
    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--warehouse",
            paramLabel = "DIR",
            defaultValue = "warehouse",
            description = "folder of the tables (default: ${DEFAULT-VALUE})")
    private String warehouse;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master (default: what spark-submit says, else this machine, local[*])")
    private String master;

    @Option(
            names = "--into",
            paramLabel = "NAME",
            description = "a scratch area of its own beside production: tables in NAME_restricted and NAME_open")
    private String scratch;

    Settings settings() {
        return config.settings();
    }

    /** Returns the folder of the tables. */
    String folder() {
        return warehouse;
    }

    /** Returns the name of the scratch area; empty: production. */
    Optional<String> scratch() {
        return Optional.ofNullable(scratch);
    }

    /** Returns where models are saved: beside the tables, apart for each scratch area. */
    String modelFolder(Settings settings) {
        String root = settings.catalog().isEmpty()
                ? new org.apache.hadoop.fs.Path(
                                IcebergCatalog.localFolder(warehouse).toUri())
                        .toString()
                : settings.catalog().getOrDefault("warehouse", warehouse);
        return root + "/" + (scratch == null ? "" : scratch + "_") + "models";
    }

    /** Returns where the tables are, for people. */
    String whereTablesAre(Settings settings) {
        String area = scratch == null ? "" : scratch + "_";
        String catalog = settings.catalog().isEmpty() ? warehouse + "/catalog.db (Iceberg on SQLite)" : "your catalog";
        return "namespaces " + area + "restricted and " + area + "open of " + catalog;
    }

    /** Does {@code work} with a warehouse whose tables are created when they are not there. */
    <T> T writing(Function<Opened, T> work) {
        Settings settings = settings();
        return in(settings, spark -> Warehouse.open(spark, IcebergCatalog.NAME, scratch()), work);
    }

    /** Does {@code work} with a warehouse that must be there. */
    <T> T reading(Function<Opened, T> work) {
        Settings settings = settings();
        IcebergCatalog.requireThere(warehouse, settings.catalog());
        return in(settings, spark -> Warehouse.existing(spark, IcebergCatalog.NAME, scratch()), work);
    }

    /** An open warehouse, and what it was opened with. */
    record Opened(Settings settings, SparkSession spark, Warehouse warehouse) {}

    /** Runs that died while publishing are completed first: nobody works on half a night. */
    private <T> T in(Settings settings, Function<SparkSession, Warehouse> open, Function<Opened, T> work) {
        try (SparkSessions.Opened session = SparkSessions.open(settings, warehouse, Optional.ofNullable(master))) {
            Warehouse opened = open.apply(session.spark());
            opened.recover(Duration.ofSeconds(settings.leaseSeconds()));
            return Warehouse.guarding(
                    "cannot read or write the warehouse",
                    () -> work.apply(new Opened(settings, session.spark(), opened)));
        }
    }
}
