package io.goodhart.jobs;

import io.goodhart.landing.Landing;
import io.goodhart.rows.EventColumn;
import io.goodhart.rows.Events;
import io.goodhart.rows.InnerRows;
import io.goodhart.rows.Texts;
import io.goodhart.rows.UsedRows;
import io.goodhart.warehouse.TableFiles;
import io.goodhart.warehouse.input.EventLoader;
import io.goodhart.warehouse.input.EventScan;
import io.goodhart.warehouse.input.EventTally;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * What becomes of a day that no task could hold: its rows are brought together by the event's key, where duplicates meet, and those to be
 * used by person, where they are folded. The same rows as {@link DayTask} writes, for two exchanges more.
 */
final class SpreadDay {
    private final SparkSession spark;
    private final List<EventScan> scans;
    private final Landing landing;
    private final TableFiles personDays;
    private final TableFiles rejects;
    private final int tasks;

    /** @param scans the day's tables, each spread over so many tasks */
    SpreadDay(
            SparkSession spark,
            List<EventScan> scans,
            Landing landing,
            TableFiles personDays,
            TableFiles rejects,
            int tasks) {
        this.spark = spark;
        this.scans = List.copyOf(scans);
        this.landing = landing;
        this.personDays = personDays;
        this.rejects = rejects;
        this.tasks = tasks;
    }

    /**
     * Returns what the tasks counted and wrote. Counting and using are two jobs over the rows of one exchange: what a task counts must come
     * with its result, and only tasks behind the second exchange have one of the other kind.
     */
    List<DayTask.Result> run() {
        List<DayTask.Result> results = new ArrayList<>(counted());
        results.addAll(folded());
        return results;
    }

    private List<DayTask.Result> counted() {
        List<EventLoader> loaders = scans.stream().map(EventScan::loader).toList();
        TableFiles files = rejects;
        return DayTask.Rows.together(
                        spark, tasks, scans.stream().map(EventScan::parts).toList())
                .map(rows -> count(rows, loaders, files))
                .collect();
    }

    private static DayTask.Result count(DayTask.Rows rows, List<EventLoader> loaders, TableFiles files) {
        List<EventTally> tallies = new ArrayList<>();
        try (TableFiles.Open rejected = files.open()) {
            for (int table = 0; table < loaders.size(); table++) {
                EventTally tally = new EventTally();
                loaders.get(table).load(rows.of(table), new Texts(), tally, rejected::write);
                tallies.add(tally);
            }
            return new DayTask.Result(tallies, TableFiles.Written.nothing(), rejected.finish());
        }
    }

    private List<DayTask.Result> folded() {
        List<List<JavaRDD<InternalRow>>> used = new ArrayList<>();
        for (int table = 0; table < scans.size(); table++) {
            int number = table;
            used.add(scans.get(table).parts().stream()
                    .map(part -> byPerson(part, scans.get(number).loader(), number))
                    .toList());
        }
        Landing folding = landing;
        TableFiles files = personDays;
        return DayTask.Rows.together(spark, tasks, used)
                .map(rows -> fold(rows, folding, files))
                .collect();
    }

    private JavaRDD<InternalRow> byPerson(JavaRDD<InternalRow> byKey, EventLoader loader, int table) {
        JavaRDD<InternalRow> used = byKey.mapPartitions(rows -> used(rows, loader, wanted(table)));
        return InnerRows.of(InnerRows.dataset(spark, used.rdd(), UsedRows.schema(wanted(table)))
                .repartition(tasks, functions.col(UsedRows.DAY), functions.col(UsedRows.PERSON)));
    }

    private static Iterator<InternalRow> used(
            Iterator<InternalRow> rows, EventLoader loader, List<EventColumn> wanted) {
        Texts texts = new Texts();
        Events events = loader.load(rows, texts, new EventTally(), reject -> {});
        return UsedRows.of(events, texts, wanted);
    }

    private static DayTask.Result fold(DayTask.Rows rows, Landing landing, TableFiles files) {
        Texts texts = new Texts();
        List<Events> events = new ArrayList<>();
        for (int table = 0; table < Landing.tables().size(); table++) {
            events.add(UsedRows.load(rows.of(table), wanted(table), texts));
        }
        try (TableFiles.Open days = files.open()) {
            landing.fold(events, texts, days::write);
            return new DayTask.Result(List.of(), days.finish(), TableFiles.Written.nothing());
        }
    }

    private static List<EventColumn> wanted(int table) {
        return Landing.reads(Landing.tables().get(table));
    }
}
