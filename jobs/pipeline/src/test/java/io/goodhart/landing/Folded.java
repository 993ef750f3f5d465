package io.goodhart.landing;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.goodhart.rows.Events;
import io.goodhart.rows.Texts;
import io.goodhart.rows.UsedRows;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import scala.jdk.javaapi.CollectionConverters;

/** One person's day, folded without a task from events in any order. */
final class Folded {
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
        LocalDate day = (LocalDate)
                events.get(0).value(events.get(0).contract().partition().orElseThrow());
        List<Column> columns = new ArrayList<>(List.of(unix_date(lit(day)), lit("p"), lit("s")));
        fold.reads().forEach(column -> columns.add(column.value()));
        Dataset<Row> read = Rows.dataset(events).select(columns.toArray(Column[]::new));

        Texts texts = new Texts();
        Events all = UsedRows.load(
                Arrays.asList(((org.apache.spark.sql.classic.Dataset<Row>) read)
                                .queryExecution()
                                .executedPlan()
                                .executeCollect())
                        .iterator(),
                fold.reads(),
                texts);
        DayRows rows = GroupedRows.of(all, fold, new DayFolder.KeyIds(), texts)
                .of(0, (int) day.toEpochDay(), People.zone(timezone));
        Object[] values = new Object[fold.fills().size()];
        fold.fold(rows, values, IntStream.range(0, values.length).toArray());
        return new Folded(fold, values);
    }

    /** Returns the value of a count. */
    Long count(ColumnSpec column) {
        return (Long) get(column);
    }

    /** Returns the value of a column, arrays as lists. */
    Object get(ColumnSpec column) {
        Object value = CatalystTypeConverters.convertToScala(values[fold.fills().indexOf(column)], column.type());
        return value instanceof scala.collection.Seq<?> list ? CollectionConverters.asJava(list) : value;
    }
}
