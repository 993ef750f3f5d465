package io.goodhart.landing;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.TestRow;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** One person's day, folded without Spark from events in any order. */
final class Folded {
    private static final Comparator<TestRow> ORDER = Comparator.comparing((TestRow event) -> time(event))
            .thenComparing(event -> (String) value(event, "event_id"));

    private final DayFold fold;
    private final Object[] values;

    private Folded(DayFold fold, Object[] values) {
        this.fold = fold;
        this.values = values;
    }

    /** Folds events of a person whose clock is UTC. */
    static Folded of(DayFold fold, List<TestRow> events) {
        return of(fold, "UTC", events);
    }

    /** Folds events of a person whose clock is {@code timezone}. */
    static Folded of(DayFold fold, String timezone, List<TestRow> events) {
        fold.begin();
        events.stream().sorted(ORDER).forEach(event -> fold.add(read(fold, timezone, event)));
        return new Folded(fold, fold.finish());
    }

    /** Returns the value of a count. */
    Long count(ColumnSpec column) {
        return (Long) get(column);
    }

    /** Returns the value of a column, arrays as lists. */
    Object get(ColumnSpec column) {
        Object value = values[fold.fills().indexOf(column)];
        return value instanceof Object[] array ? Arrays.asList(array) : value;
    }

    private static Row read(DayFold fold, String timezone, TestRow event) {
        List<Object> values = new ArrayList<>();
        for (ColumnSpec column : DayFolding.KEY) {
            values.add(column == PersonDays.TIMEZONE ? timezone : value(event, column.name()));
        }
        for (ColumnSpec column : fold.reads()) {
            Object value = event.value(column);
            values.add(value instanceof Instant time ? Timestamp.from(time) : value);
        }
        return RowFactory.create(values.toArray());
    }

    private static Instant time(TestRow event) {
        return (Instant) value(event, "event_time");
    }

    private static Object value(TestRow event, String column) {
        return event.value(event.contract().column(column).orElseThrow());
    }
}
