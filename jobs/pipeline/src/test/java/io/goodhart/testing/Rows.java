package io.goodhart.testing;

import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of the contracts' tables. Columns that the contract wants filled hold a valid value; optional ones hold null. The facades give
 * each row a key of its own, on Monday {@link #DAY}.
 */
public final class Rows {
    /** The day of every row that names no other: a Monday. */
    public static final LocalDate DAY = LocalDate.parse("2026-05-04");

    private static final String ONE_OF = "one of ";
    private static final AtomicLong KEYS = new AtomicLong();

    private Rows() {}

    /** Returns a valid row of any table. Two such rows have the same key. */
    public static TestRow of(TableContract contract) {
        Map<String, Object> values = new LinkedHashMap<>();
        contract.columns().forEach(column -> values.put(column.name(), column.mayBeMissing() ? null : valid(column)));
        return new TestRow(contract, values);
    }

    /** Returns one request of person p1. */
    public static TestRow usageEvent() {
        return of(UsageEvents.CONTRACT)
                .with(UsageEvents.EVENT_ID, nextKey())
                .with(UsageEvents.INPUT_TOKENS, 100L)
                .with(UsageEvents.OUTPUT_TOKENS, 10L)
                .from("claude_code")
                .by("p1");
    }

    /** Returns one day of person p1 with a tool that exports no requests. */
    public static TestRow usageDay() {
        return of(UsageDaily.CONTRACT)
                .with(UsageDaily.INPUT_TOKENS, 100L)
                .with(UsageDaily.OUTPUT_TOKENS, 10L)
                .from("copilot")
                .by("p1");
    }

    /** Returns one commit of person p1. */
    public static TestRow outcome() {
        return of(ProductivityEvents.CONTRACT)
                .with(ProductivityEvents.EVENT_ID, nextKey())
                .from("github")
                .by("p1");
    }

    /** Returns one deployment by an agent of person p1. */
    public static TestRow agentAction() {
        return of(AgentActions.CONTRACT)
                .with(AgentActions.EVENT_ID, nextKey())
                .from("claude_code")
                .by("p1");
    }

    /** Returns one engineer. */
    public static TestRow person(String personId) {
        return of(People.CONTRACT)
                .with(People.ROLE, "engineer")
                .with(People.TEAM_ID, "team-1")
                .with(People.ORG_ID, "org-1")
                .by(personId);
    }

    /** Returns the rows, all of one table, as a data set; a column is nullable where the contract or a row says so. */
    public static Dataset<Row> dataset(TestRow... rows) {
        return dataset(Arrays.asList(rows));
    }

    /** Returns the rows, all of one table and at least one, as a data set. */
    public static Dataset<Row> dataset(List<TestRow> rows) {
        TableContract contract = rows.get(0).contract();
        if (rows.stream().anyMatch(row -> row.contract() != contract)) {
            throw new IllegalArgumentException("rows of more than one table");
        }
        List<Row> values = rows.stream().map(TestRow::row).toList();
        StructField[] fields = contract.schema().fields();
        StructType schema = new StructType(IntStream.range(0, fields.length)
                .mapToObj(index -> new StructField(
                        fields[index].name(),
                        fields[index].dataType(),
                        fields[index].nullable() || values.stream().anyMatch(row -> row.isNullAt(index)),
                        fields[index].metadata()))
                .toArray(StructField[]::new));
        return TestSession.spark().createDataFrame(values, schema);
    }

    /** Returns no rows, in the table's shape. */
    public static Dataset<Row> none(TableContract contract) {
        return TestSession.spark().createDataFrame(List.of(), contract.schema());
    }

    private static String nextKey() {
        return "e" + KEYS.incrementAndGet();
    }

    private static Object valid(ColumnSpec column) {
        return column.rules().stream()
                .map(rule -> rule.meaning())
                .filter(meaning -> meaning.startsWith(ONE_OF))
                .map(meaning -> (Object) meaning.substring(ONE_OF.length()).split(", ")[0])
                .findFirst()
                .orElseGet(() -> valid(column.name(), column.type()));
    }

    private static Object valid(String name, DataType type) {
        if (type instanceof DecimalType money) {
            return BigDecimal.ZERO.setScale(money.scale());
        } else if (type instanceof ArrayType) {
            return List.of();
        } else if (type instanceof MapType) {
            return Map.of();
        } else if (type instanceof StructType struct) {
            return RowFactory.create(Arrays.stream(struct.fields())
                    .map(field -> valid(field.name(), field.dataType()))
                    .toArray());
        }
        return switch (type.typeName()) {
            case "string" -> name;
            case "integer" -> 0;
            case "long" -> 0L;
            case "double" -> 0.0;
            case "boolean" -> false;
            case "binary" -> new byte[0];
            case "date" -> DAY;
            case "timestamp" -> Instant.parse(DAY + "T12:00:00Z");
            default -> throw new IllegalArgumentException("no test value for " + type.typeName());
        };
    }
}
