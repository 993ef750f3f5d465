package io.goodhart.jobs;

import io.goodhart.landing.Landing;
import io.goodhart.rows.Events;
import io.goodhart.rows.Texts;
import io.goodhart.warehouse.TableFiles;
import io.goodhart.warehouse.input.EventLoader;
import io.goodhart.warehouse.input.EventTally;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** What a task of the landing does with whole days: takes their events, folds them, writes the rows, and tells what it counted. */
final class DayTask implements Function<DayTask.Rows, DayTask.Result> {
    private static final long serialVersionUID = 1;

    private final List<EventLoader> loaders;
    private final Landing landing;
    private final TableFiles personDays;
    private final TableFiles rejects;

    DayTask(List<EventLoader> loaders, Landing landing, TableFiles personDays, TableFiles rejects) {
        this.loaders = List.copyOf(loaders);
        this.landing = landing;
        this.personDays = personDays;
        this.rejects = rejects;
    }

    /** The rows of a task, by event table; a table may come in parts. Never leaves its task. */
    static final class Rows implements Serializable {
        private static final long serialVersionUID = 1;
        private final transient List<List<Iterator<InternalRow>>> tables = new ArrayList<>();

        private void add(int table, Iterator<InternalRow> rows) {
            while (tables.size() <= table) {
                tables.add(new ArrayList<>());
            }
            tables.get(table).add(rows);
        }

        /** Brings together the partitions of like number of all tables' parts, each of which has so many. */
        static JavaRDD<Rows> together(SparkSession spark, int partitions, List<List<JavaRDD<InternalRow>>> tables) {
            JavaRDD<Rows> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(IntStream.range(0, partitions).boxed().toList(), partitions)
                    .map(partition -> new Rows());
            for (int table = 0; table < tables.size(); table++) {
                int number = table;
                for (JavaRDD<InternalRow> part : tables.get(table)) {
                    rows = rows.zipPartitions(part, (taken, more) -> {
                        Rows all = taken.next();
                        all.add(number, more);
                        return List.of(all).iterator();
                    });
                }
            }
            return rows;
        }

        Iterator<InternalRow> of(int table) {
            List<Iterator<InternalRow>> parts = table < tables.size() ? tables.get(table) : List.of();
            return new Iterator<>() {
                private int part;

                @Override
                public boolean hasNext() {
                    while (part < parts.size() && !parts.get(part).hasNext()) {
                        part++;
                    }
                    return part < parts.size();
                }

                @Override
                public InternalRow next() {
                    return parts.get(part).next();
                }
            };
        }
    }

    /** What a task counted, by event table (nothing, if counting is another's), and the files it wrote. Of a task that ran twice only one result is taken. */
    record Result(List<EventTally> tallies, TableFiles.Written personDays, TableFiles.Written rejects)
            implements Serializable {

        /** Adds up what tasks counted, by event table. */
        static List<EventTally> tallies(List<Result> results) {
            List<EventTally> sums = new ArrayList<>();
            Landing.tables().forEach(table -> sums.add(new EventTally()));
            for (Result result : results) {
                for (int table = 0; table < result.tallies().size(); table++) {
                    sums.get(table).add(result.tallies().get(table));
                }
            }
            return sums;
        }
    }

    @Override
    public Result call(Rows rows) {
        Texts texts = new Texts();
        List<Events> events = new ArrayList<>();
        List<EventTally> tallies = new ArrayList<>();
        try (TableFiles.Open rejected = rejects.open();
                TableFiles.Open days = personDays.open()) {
            for (int table = 0; table < loaders.size(); table++) {
                EventTally tally = new EventTally();
                events.add(loaders.get(table).load(rows.of(table), texts, tally, rejected::write));
                tallies.add(tally);
            }
            landing.fold(events, texts, days::write);
            return new Result(tallies, days.finish(), rejected.finish());
        }
    }
}
