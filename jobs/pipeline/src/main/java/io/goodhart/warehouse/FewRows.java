package io.goodhart.warehouse;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.ByteBuffers;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads and replaces rows that are few by nature (runs, models, sources times days, the findings of a night) in this process, with
 * Iceberg's own reader and writer: a Spark plan costs a cold process more than such rows do.
 */
public final class FewRows {
    private final WarehouseTables tables;

    FewRows(WarehouseTables tables) {
        this.tables = tables;
    }

    /** Returns the rows of the days from {@code first} to {@code last} of a partitioned table, as Spark would collect them. */
    public List<Row> between(TableContract contract, LocalDate first, LocalDate last) {
        return between(contract, contract.columns(), first, last);
    }

    /** Returns the same with {@code columns} only, in their order. */
    public List<Row> between(TableContract contract, List<ColumnSpec> columns, LocalDate first, LocalDate last) {
        String date = dateOf(contract);
        return where(
                contract,
                columns,
                Expressions.and(
                        Expressions.greaterThanOrEqual(date, first.toString()),
                        Expressions.lessThanOrEqual(date, last.toString())));
    }

    /** Returns the rows of the days from {@code first} on of a partitioned table, as Spark would collect them. */
    public List<Row> from(TableContract contract, LocalDate first) {
        return where(contract, Expressions.greaterThanOrEqual(dateOf(contract), first.toString()));
    }

    /**
     * Makes {@code rows} the rows of exactly these days, in one commit; no rows clear them. Of two that replace the same days the last
     * one stays.
     *
     * @throws RuntimeException (ours to mend) if a row lies outside these days
     */
    public void replaceDays(TableContract contract, List<Row> rows, Set<LocalDate> days) {
        if (!days.isEmpty()) {
            replace(contract, rows, TableFiles.ofDays(contract, days));
        }
    }

    List<Row> where(TableContract contract, Expression condition) {
        return where(contract, contract.columns(), condition);
    }

    private List<Row> where(TableContract contract, List<ColumnSpec> columns, Expression condition) {
        StructType schema = new StructType(columns.stream()
                .map(column -> contract.schema().apply(column.name()))
                .toArray(StructField[]::new));
        return StorageGuard.guard("cannot read " + contract.name(), () -> {
            Table table = tables.checked(contract);
            List<Row> rows = new ArrayList<>();
            try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                    .where(condition)
                    .select(schema.fieldNames())
                    .build()) {
                records.forEach(record -> rows.add(row(record, schema)));
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
            return rows;
        });
    }

    /** Makes {@code rows} those that satisfy {@code condition}, which must be decided by whole files. */
    void replace(TableContract contract, List<Row> rows, Expression condition) {
        StorageGuard.guard("cannot write " + contract.name(), () -> {
            Table table = tables.load(contract);
            TableFiles.replace(table, List.of(TableFiles.of(table, contract).write(rows)), condition);
        });
    }

    private static String dateOf(TableContract contract) {
        return contract.partition().orElseThrow().name();
    }

    private static Row row(Record record, StructType type) {
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(record.getField(type.fields()[i].name()), type.fields()[i].dataType());
        }
        return new GenericRowWithSchema(values, type);
    }

    private static Object value(Object found, DataType type) {
        if (found instanceof LocalDate date) {
            return Date.valueOf(date);
        }
        if (found instanceof OffsetDateTime time) {
            return Timestamp.from(time.toInstant());
        }
        if (found instanceof ByteBuffer bytes) {
            return ByteBuffers.toByteArray(bytes);
        }
        if (found instanceof Record record) {
            return row(record, (StructType) type);
        }
        if (found instanceof Map<?, ?> map) {
            return CollectionConverters.asScala(map);
        }
        if (found instanceof List<?> list) {
            DataType element = ((ArrayType) type).elementType();
            return CollectionConverters.asScala(
                    list.stream().map(entry -> value(entry, element)).toList());
        }
        return found;
    }
}
