package io.goodhart.warehouse.input;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import java.util.List;
import java.util.stream.Stream;

/** The tables that come in, and which of their columns play a part in checking them. */
final class InputTables {
    /** All of them. */
    static final List<TableContract> ALL = Stream.concat(Tables.ofEvents().stream(), Tables.ofDimensions().stream())
            .toList();

    /** Those of which one must hold the run date. */
    static final List<TableContract> USAGE = List.of(UsageEvents.CONTRACT, UsageDaily.CONTRACT);

    private static final List<ColumnSpec> TOKENS = List.of(
            UsageEvents.INPUT_TOKENS,
            UsageEvents.CACHE_READ_TOKENS,
            UsageEvents.CACHE_WRITE_TOKENS,
            UsageEvents.OUTPUT_TOKENS);

    private static final List<ColumnSpec> PEOPLE =
            List.of(People.PERSON_ID, People.MANAGER_ID, ProductivityEvents.COUNTERPART_ID);

    private InputTables() {}

    /** Returns the input table called {@code name}. */
    static TableContract named(String name) {
        return ALL.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no input table is called " + name));
    }

    /** Returns the table's columns that count tokens. */
    static List<ColumnSpec> tokens(TableContract table) {
        return ofAny(TOKENS, table);
    }

    /** Returns the table's columns that hold pseudonyms of people. */
    static List<ColumnSpec> pseudonyms(TableContract table) {
        return ofAny(PEOPLE, table);
    }

    private static List<ColumnSpec> ofAny(List<ColumnSpec> wanted, TableContract table) {
        return wanted.stream()
                .flatMap(column -> table.column(column.name()).stream())
                .toList();
    }
}
