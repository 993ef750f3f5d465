package io.goodhart.features;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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

    /** Returns 24 or 60 counts: {@code each} at the given places, 0 elsewhere. */
    static List<Long> counts(int size, long each, int... places) {
        Long[] counts = new Long[size];
        Arrays.fill(counts, 0L);
        Arrays.stream(places).forEach(place -> counts[place] = each);
        return List.of(counts);
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
            days.computeIfAbsent(date, PersonDay::new).add(read(row), 1, Set.of(PREMIUM));
        }
        return new ArrayList<>(days.values());
    }

    /** Returns the totals of a fully observed window of these days. */
    static WindowTotals window(TestRow... rows) {
        WindowTotals totals = new WindowTotals();
        laid(rows).forEach(totals::add);
        totals.observedDays = OBSERVED_DAYS;
        totals.presentDays = OBSERVED_DAYS;
        return totals;
    }

    /** Returns the row as it arrives at the fold over people: behind the columns that {@link PersonRows} reads itself. */
    static Row arriving(TestRow row, double fte, List<Row> absences) {
        List<Object> values = new ArrayList<>(Arrays.asList("p1", "engineer", "t1", "o1", null, null, fte));
        values.add(CollectionConverters.asScala(absences).toSeq());
        values.add(Date.valueOf((LocalDate) row.value(PersonDays.EVENT_DATE)));
        values.addAll(Arrays.asList(null, null));
        return withReads(values, row);
    }

    /** The row as {@link PersonDay} reads it, behind one column that is not its business. */
    private static Row read(TestRow row) {
        return withReads(new ArrayList<>(List.of("p1")), row);
    }

    private static Row withReads(List<Object> values, TestRow row) {
        for (ColumnSpec column : PersonDay.READS) {
            Object value = row.value(column);
            values.add(
                    value instanceof List<?> list
                            ? CollectionConverters.asScala(list).toSeq()
                            : value);
        }
        return RowFactory.create(values.toArray());
    }
}
