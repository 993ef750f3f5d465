package io.goodhart.testing;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** One row of a table, of which a test names only what it is about. Immutable: each {@code with} returns another row. */
public final class TestRow {
    private final TableContract contract;
    private final Map<String, Object> values;

    TestRow(TableContract contract, Map<String, Object> values) {
        this.contract = contract;
        this.values = values;
    }

    /** Returns this row with another value; null where the row shall hold none. Dates and times may be ISO text. */
    public TestRow with(ColumnSpec column, Object value) {
        if (!contract.columns().contains(column)) {
            throw new IllegalArgumentException(contract.name() + " has no column " + column.name());
        }
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(column.name(), parsed(column, value));
        return new TestRow(contract, changed);
    }

    /** Returns this row as one of {@code person}; null: an account that nobody has mapped. */
    public TestRow by(String person) {
        return with(named("person_id"), person);
    }

    /** Returns this row as reported by {@code source}. */
    public TestRow from(String source) {
        return with(named("source"), source);
    }

    /** Returns this row at an instant such as {@code 2026-05-04T23:10:00Z}, in that instant's partition. */
    public TestRow at(String instant) {
        Instant time = Instant.parse(instant);
        return with(named("event_time"), time)
                .with(named("event_date"), time.atOffset(ZoneOffset.UTC).toLocalDate());
    }

    /** Returns this row on a day such as {@code 2026-05-04}: at noon where the table has a time. */
    public TestRow on(String day) {
        return contract.column("event_time").isPresent()
                ? at(day + "T12:00:00Z")
                : with(named("event_date"), LocalDate.parse(day));
    }

    /** Returns the value of a column, null included. */
    public Object value(ColumnSpec column) {
        return values.get(column.name());
    }

    /** Returns the row in the order of the contract's columns. */
    public Row row() {
        return RowFactory.create(contract.columns().stream().map(this::value).toArray());
    }

    /** Returns the table that it is a row of. */
    public TableContract contract() {
        return contract;
    }

    private ColumnSpec named(String name) {
        return contract.column(name)
                .orElseThrow(() -> new IllegalArgumentException(contract.name() + " has no column " + name));
    }

    private static Object parsed(ColumnSpec column, Object value) {
        if (value instanceof String text) {
            return switch (column.type().typeName()) {
                case "date" -> LocalDate.parse(text);
                case "timestamp" -> Instant.parse(text);
                default -> value;
            };
        }
        return value;
    }

    @Override
    public String toString() {
        return contract.name() + values;
    }
}
