package io.goodhart.features;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/** Days of a person without Spark: rows of {@code person_days}, laid together as the fold does. */
final class Days {
    /** The one model of the dearest class. */
    static final String PREMIUM = "opus";

    static final int OBSERVED_DAYS = 28;

    private Days() {}

    /** Returns a day of p1 with usage, of which nothing more is told. */
    static TestRow day(String date) {
        return Rows.of(PersonDays.CONTRACT)
                .with(PersonDays.TIMEZONE, "UTC")
                .from("claude_code")
                .by("p1")
                .on(date)
                .with(PersonDays.MODELS, List.of());
    }

    /** Returns the Monday {@link Rows#DAY} with one total. */
    static TestRow with(ColumnSpec column, Object value) {
        return day(Rows.DAY.toString()).with(column, value);
    }

    /** Returns {@code count} days from {@code first} on, each like {@code row}. */
    static TestRow[] daily(String first, int count, TestRow row) {
        return IntStream.range(0, count)
                .mapToObj(i -> row.on(LocalDate.parse(first).plusDays(i).toString()))
                .toArray(TestRow[]::new);
    }

    /** Returns hours as {@code active_hours} holds them. */
    static long hours(int... hours) {
        return Arrays.stream(hours).mapToLong(hour -> 1L << hour).sum();
    }

    /** Returns entries of {@code minute_requests}: {@code each} in the given minutes. */
    static List<Row> minutes(long each, int... minutes) {
        return Arrays.stream(minutes)
                .mapToObj(minute -> RowFactory.create(minute, each))
                .toList();
    }

    /** Returns an entry of {@code models}. */
    static Row use(String model, long requests, long trivial) {
        return RowFactory.create(model, requests, trivial, 0L, null);
    }

    /** Returns the rows as days in order of date. */
    static List<PersonDay> laid(TestRow... rows) {
        Map<LocalDate, PersonDay> days = new TreeMap<>();
        for (TestRow row : rows) {
            LocalDate date = (LocalDate) row.value(PersonDays.EVENT_DATE);
            Output packed = new Output(64, -1);
            PackedDay.pack(inner(row, PackedDay.READS), 0, packed);
            PackedDay.layOver(
                    days.computeIfAbsent(date, PersonDay::new),
                    (String) row.value(PersonDays.SOURCE),
                    Set.of(PREMIUM),
                    new Names(),
                    new Input(packed.toBytes()));
        }
        List<PersonDay> laid = new ArrayList<>(days.values());
        new ReplayedPrompts().mark(laid);
        return laid;
    }

    /** Returns the totals of a fully observed window of these days. */
    static WindowTotals window(TestRow... rows) {
        WindowTotals totals = new WindowTotals();
        laid(rows).forEach(totals::add);
        totals.observedDays = OBSERVED_DAYS;
        totals.presentDays = OBSERVED_DAYS;
        return totals;
    }

    /** Returns days of p1, an engineer, as they arrive at the fold over people. */
    static Iterator<InternalRow> arriving(String timezone, double fte, List<Row> absences, TestRow... days) {
        StructType stretch = new StructType()
                .add("from", DataTypes.DateType)
                .add("to", DataTypes.DateType)
                .add("kind", DataTypes.StringType);
        InternalRow facts = inner(
                Arrays.asList("engineer", "t1", "o1", timezone, null, null, fte, absences),
                new StructType()
                        .add("role", DataTypes.StringType)
                        .add("team", DataTypes.StringType)
                        .add("org", DataTypes.StringType)
                        .add("timezone", DataTypes.StringType)
                        .add("start", DataTypes.DateType)
                        .add("end", DataTypes.DateType)
                        .add("fte", DataTypes.DoubleType)
                        .add("absences", DataTypes.createArrayType(stretch)));
        Output packedFacts = output();
        PackedFacts.pack(facts, 0, packedFacts);
        Map<Integer, Output> weeks = new TreeMap<>();
        for (TestRow row : days) {
            int day = (int) ((LocalDate) row.value(PersonDays.EVENT_DATE)).toEpochDay();
            Output entry = output();
            PackedWeek.packSource(
                    day,
                    ((String) row.value(PersonDays.SOURCE)).getBytes(StandardCharsets.UTF_8),
                    inner(row, PackedDay.READS),
                    0,
                    entry);
            PackedWeek.append(entry.toBytes(), weeks.computeIfAbsent(PackedWeek.monday(day), absent -> output()));
        }
        return Stream.concat(
                        Stream.of(arriving(null, packedFacts)),
                        weeks.entrySet().stream().map(week -> arriving(week.getKey(), week.getValue())))
                .iterator();
    }

    private static InternalRow arriving(Integer mondayOrNull, Output packed) {
        return new GenericInternalRow(new Object[] {UTF8String.fromString("p1"), mondayOrNull, packed.toBytes()});
    }

    private static Output output() {
        return new Output(64, -1);
    }

    private static InternalRow inner(TestRow row, List<ColumnSpec> columns) {
        return inner(
                Arrays.asList(columns.stream().map(row::value).toArray()),
                new StructType(columns.stream()
                        .map(column -> DataTypes.createStructField(column.name(), column.type(), true))
                        .toArray(StructField[]::new)));
    }

    private static InternalRow inner(List<Object> values, StructType schema) {
        Object[] held = values.stream()
                .map(value -> value instanceof List<?> list
                        ? CollectionConverters.asScala(list).toSeq()
                        : value)
                .toArray();
        return (InternalRow)
                CatalystTypeConverters.createToCatalystConverter(schema).apply(RowFactory.create(held));
    }
}
