package io.goodhart.jobs;

import io.goodhart.tables.Absences;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.Dispositions;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.DimensionRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The input tables that are read whole, by name. */
record Dimensions(Map<String, DimensionRows> tables) {

    static Dimensions of(CheckedInput checked) {
        Map<String, DimensionRows> tables = new LinkedHashMap<>();
        Tables.ofDimensions().forEach(table -> tables.put(table.name(), checked.dimension(table)));
        return new Dimensions(tables);
    }

    Dataset<Row> people() {
        return rows(People.CONTRACT);
    }

    Dataset<Row> absences() {
        return rows(Absences.CONTRACT);
    }

    Dataset<Row> policyEvents() {
        return rows(PolicyEvents.CONTRACT);
    }

    Dataset<Row> declaredWorkloads() {
        return rows(DeclaredWorkloads.CONTRACT);
    }

    Dataset<Row> dispositions() {
        return rows(Dispositions.CONTRACT);
    }

    Dataset<Row> modelPrices() {
        return rows(ModelPrices.CONTRACT);
    }

    /** Returns what became of the rows of each table that holds any, as {@code runs.counts} names it. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        tables.forEach((name, read) -> {
            String table = name + ".";
            if (read.rowsIn() > 0) {
                counts.put(table + DayCounts.ROWS_IN.name(), read.rowsIn());
                counts.put(table + DayCounts.REJECTED.name(), read.rejected());
                counts.put(table + DayCounts.DUPLICATE.name(), read.duplicate());
                counts.put(table + DayCounts.USED.name(), read.rowsIn() - read.rejected() - read.duplicate());
                counts.put(table + DayCounts.UNKNOWN_VALUES.name(), read.unknownValues());
            }
        });
        return counts;
    }

    /** Returns a line for each table of which something was left out. */
    List<String> losses() {
        List<String> lines = new ArrayList<>();
        tables.forEach((table, read) -> {
            if (read.rejected() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: %,d of %,d rows break a rule and are left out: %s",
                        table,
                        read.rejected(),
                        read.rowsIn(),
                        byRule(read)));
            }
            if (read.unknownValues() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: %,d values are not in the contract and are read as null",
                        table,
                        read.unknownValues()));
            }
        });
        return lines;
    }

    private static String byRule(DimensionRows read) {
        return read.rejectedByRule().entrySet().stream()
                .map(rule -> String.format(Locale.ROOT, "%s (%,d)", rule.getKey(), rule.getValue()))
                .collect(Collectors.joining(", "));
    }

    private Dataset<Row> rows(TableContract table) {
        return tables.get(table.name()).rows();
    }
}
