package io.goodhart.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/**
 * A table, stated once: reader schema, checks, Iceberg DDL, {@code docs/tables.md} and the rows of tests derive from it.
 *
 * @param name the table's name
 * @param version raised when a meaning changes, with a decision in {@code docs/decisions}
 * @param room where it lives and who may read it
 * @param meaning what one row is
 * @param grain the key: no two rows agree in all of these
 * @param partition the partition column; empty: not partitioned
 * @param columns all columns, in order
 */
public record TableContract(
        String name,
        int version,
        Room room,
        String meaning,
        List<ColumnSpec> grain,
        Optional<ColumnSpec> partition,
        List<ColumnSpec> columns) {

    /** Where a table lives. */
    public enum Room {
        /** Delivered by others, under the input root. */
        INPUT,
        /** In the warehouse, for those entitled to see people. */
        RESTRICTED,
        /** In the warehouse, for everybody. */
        OPEN
    }

    public TableContract {
        grain = List.copyOf(grain);
        columns = List.copyOf(columns);
        if (!columns.containsAll(grain) || !partition.map(columns::contains).orElse(true)) {
            throw new IllegalArgumentException("table " + name + ": grain and partition must be among the columns");
        }
        if (columns.stream().map(ColumnSpec::name).distinct().count() != columns.size()) {
            throw new IllegalArgumentException("table " + name + ": two columns share a name");
        }
    }

    static Builder named(String name, int version, Room room, String meaning) {
        return new Builder(name, version, room, meaning);
    }

    /** Returns the schema of the rows, in the columns' order. */
    public StructType schema() {
        return new StructType(
                columns.stream().map(ColumnSpec::field).toArray(org.apache.spark.sql.types.StructField[]::new));
    }

    /** Returns all columns as expressions, in order: {@code select} with them gives the table's shape. */
    public Column[] cols() {
        return columns.stream().map(ColumnSpec::col).toArray(Column[]::new);
    }

    /** Returns the columns that stand in the files: all but an input table's partition column, which is in the path. */
    public List<ColumnSpec> fileColumns() {
        return room == Room.INPUT
                ? columns.stream()
                        .filter(column -> !partition.map(column::equals).orElse(false))
                        .toList()
                : columns;
    }

    /** Returns the column called {@code columnName}, if there is one. */
    public Optional<ColumnSpec> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    /** Returns the statement that creates the table in Iceberg as {@code qualifiedName}, if it is not there. */
    public String createStatement(String qualifiedName) {
        String body = columns.stream()
                .map(column ->
                        "`" + column.name() + "` " + column.type().sql() + (column.holdsNull() ? "" : " NOT NULL")
                                + " COMMENT '" + column.meaning().replace("'", "\\'") + "'")
                .collect(Collectors.joining(",\n  ", "(\n  ", ")"));
        return "CREATE TABLE IF NOT EXISTS " + qualifiedName + " " + body + "\nUSING iceberg"
                + partition
                        .map(column -> "\nPARTITIONED BY (`" + column.name() + "`)")
                        .orElse("")
                + "\nCOMMENT '" + meaning.replace("'", "\\'") + "'";
    }

    /** Collects the parts of a contract; {@link #columns} ends it. */
    static final class Builder {
        private final String name;
        private final int version;
        private final Room room;
        private final String meaning;
        private List<ColumnSpec> grain = List.of();
        private Optional<ColumnSpec> partition = Optional.empty();

        private Builder(String name, int version, Room room, String meaning) {
            this.name = name;
            this.version = version;
            this.room = room;
            this.meaning = meaning;
        }

        Builder grain(ColumnSpec... keys) {
            grain = List.of(keys);
            return this;
        }

        Builder partitionedBy(ColumnSpec column) {
            partition = Optional.of(column);
            return this;
        }

        TableContract columns(ColumnSpec... all) {
            return new TableContract(name, version, room, meaning, grain, partition, Arrays.asList(all));
        }

        TableContract columns(List<ColumnSpec> first, ColumnSpec... more) {
            return new TableContract(
                    name,
                    version,
                    room,
                    meaning,
                    grain,
                    partition,
                    Stream.concat(first.stream(), Arrays.stream(more)).toList());
        }
    }
}
