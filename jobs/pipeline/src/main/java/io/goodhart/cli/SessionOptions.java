package io.goodhart.cli;

import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command is told that needs Spark but no warehouse. */
final class SessionOptions {
    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master (default: what spark-submit says, else this machine, local[*])")
    private String master;

    /** Does {@code work} with a session of its own. */
    <T> T with(BiFunction<SparkSession, Settings, T> work) {
        Settings settings = config.settings();
        try (SparkSessions.Opened session = SparkSessions.withoutWarehouse(settings, Optional.ofNullable(master))) {
            return work.apply(session.spark(), settings);
        }
    }
}
