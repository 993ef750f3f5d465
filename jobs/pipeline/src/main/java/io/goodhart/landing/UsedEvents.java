package io.goodhart.landing;

import static org.apache.spark.sql.functions.unix_date;

import io.goodhart.rows.EventColumn;
import io.goodhart.rows.Events;
import io.goodhart.rows.InnerRows;
import io.goodhart.rows.Texts;
import io.goodhart.rows.UsedRows;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.TableContract;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;

/** Folds used events that lie anywhere: one exchange a table brings a person's day of all tables into one task. */
final class UsedEvents implements Serializable {
    private static final long serialVersionUID = 1;

    private final Landing landing;

    UsedEvents(Landing landing) {
        this.landing = landing;
    }

    Dataset<Row> personDays(List<Dataset<Row>> tables) {
        SparkSession spark = tables.get(0).sparkSession();
        int partitions = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
        JavaRDD<List<Iterator<InternalRow>>> together = null;
        for (int table = 0; table < tables.size(); table++) {
            JavaRDD<InternalRow> rows = InnerRows.of(columns(table, tables.get(table))
                    .repartition(partitions, PersonDays.EVENT_DATE.col(), PersonDays.PERSON_ID.col()));
            together = together == null
                    ? rows.mapPartitions(first -> one(List.of(first)))
                    : together.zipPartitions(rows, (before, more) -> {
                        List<Iterator<InternalRow>> all = new ArrayList<>(before.next());
                        all.add(more);
                        return one(all);
                    });
        }
        JavaRDD<InternalRow> days = together.flatMap(this::fold);
        return InnerRows.dataset(spark, days.rdd(), PersonDays.CONTRACT.schema());
    }

    private static Iterator<List<Iterator<InternalRow>>> one(List<Iterator<InternalRow>> tables) {
        return List.of(tables).iterator();
    }

    private static Dataset<Row> columns(int table, Dataset<Row> events) {
        List<Column> columns = new ArrayList<>();
        columns.add(unix_date(PersonDays.EVENT_DATE.col()).as(PersonDays.EVENT_DATE.name()));
        columns.add(PersonDays.PERSON_ID.col());
        columns.add(PersonDays.SOURCE.col());
        for (EventColumn column : reads(table)) {
            columns.add(column.value().as("_wanted_" + column.name()));
        }
        return events.select(columns.toArray(Column[]::new));
    }

    private Iterator<InternalRow> fold(List<Iterator<InternalRow>> tables) {
        Texts texts = new Texts();
        List<Events> events = new ArrayList<>();
        for (int table = 0; table < tables.size(); table++) {
            events.add(UsedRows.load(tables.get(table), reads(table), texts));
        }
        UnsafeProjection projection = UnsafeProjection.create(PersonDays.CONTRACT.schema());
        List<InternalRow> days = new ArrayList<>();
        landing.fold(events, texts, day -> days.add(projection.apply(day).copy()));
        return days.iterator();
    }

    private static List<EventColumn> reads(int table) {
        List<TableContract> tables = Landing.tables();
        return Landing.reads(tables.get(table));
    }
}
