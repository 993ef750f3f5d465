package io.goodhart.jobs;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SourceHealth;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.SourceComparison;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compares every source's days with their past, by what was known on the run date. */
final class HealthStep {
    private final SparkSession spark;
    private final Warehouse warehouse;

    HealthStep(SparkSession spark, Warehouse warehouse) {
        this.spark = spark;
        this.warehouse = warehouse;
    }

    /** Returns the health of the days from {@code first} to {@code runDate}; days after the run date are not looked at. */
    Dataset<Row> health(LocalDate first, LocalDate runDate, String runId) {
        LocalDate countsFrom = first.minusWeeks(SourceComparison.WEEKS_BEFORE);
        Dataset<Row> counts = SourceComparison.countsOf(warehouse
                .read(SourceHealth.CONTRACT)
                .where(SourceHealth.EVENT_DATE.col().between(lit(countsFrom), lit(runDate))));
        Dataset<Row> personDays = warehouse
                .read(PersonDays.CONTRACT)
                .where(PersonDays.EVENT_DATE.col().between(lit(first.minusWeeks(1)), lit(runDate)));
        Dataset<Row> health = SourceComparison.health(counts, personDays, first, runDate, runId)
                .select(SourceHealth.CONTRACT.cols());
        // as many rows as sources times days; read before the table that they come from is replaced
        return spark.createDataFrame(health.collectAsList(), SourceHealth.CONTRACT.schema());
    }

    /** Writes the health of these days. */
    void write(Dataset<Row> health, LocalDate first, LocalDate runDate) {
        Set<LocalDate> days = first.datesUntil(runDate.plusDays(1)).collect(Collectors.toSet());
        warehouse.replaceDays(SourceHealth.CONTRACT, health, days);
    }
}
