package io.goodhart.jobs;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.failures.Messages;
import io.goodhart.landing.Timezones;
import io.goodhart.rows.InnerRows;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.Input;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Which days of the landing are not, or no longer, what the input says. */
final class StaleDays {
    private final Warehouse warehouse;
    private final Input input;

    StaleDays(Warehouse warehouse, Input input) {
        this.warehouse = warehouse;
        this.input = input;
    }

    /**
     * Returns the days from {@code first} to {@code runDate} whose files are new or changed, and why.
     *
     * @param needed first day that the run cannot do without: a day from it on that was landed before and has vanished stops the run
     */
    StaleReasons byFiles(LocalDate first, LocalDate needed, LocalDate runDate) {
        Map<LocalDate, Map<String, String>> landed = landed(first, runDate);
        Map<LocalDate, Map<String, String>> delivered = delivered(first);
        StaleReasons stale = new StaleReasons();
        delivered.forEach((day, files) -> {
            Map<String, String> before = landed.get(day);
            if (before == null) {
                stale.add(day, StaleReasons.NEW);
            } else if (!files.equals(before)) {
                stale.add(day, StaleReasons.changed(differing(files, before)));
            }
        });
        landed.forEach((day, files) -> files.keySet().stream()
                .filter(table -> !day.isBefore(needed))
                .filter(table -> !delivered.getOrDefault(day, Map.of()).containsKey(table))
                .findFirst()
                .ifPresent(table -> {
                    throw Messages.vanishedDay(day, runDate, table);
                }));
        return stale;
    }

    /** Returns the days on which somebody's hours were counted on another clock than {@code people} says now. */
    NavigableSet<LocalDate> byClock(Timezones timezones, LocalDate first, LocalDate runDate) {
        Dataset<Row> landed = warehouse
                .read(PersonDays.CONTRACT)
                .where(PersonDays.EVENT_DATE.col().between(lit(first), lit(runDate)))
                .select(PersonDays.EVENT_DATE.col(), PersonDays.PERSON_ID.col(), PersonDays.TIMEZONE.col());
        Broadcast<Timezones> now = JavaSparkContext.fromSparkContext(
                        landed.sparkSession().sparkContext())
                .broadcast(timezones);
        try {
            return InnerRows.of(landed).mapPartitions(rows -> otherwise(rows, now.value())).collect().stream()
                    .map(LocalDate::ofEpochDay)
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            now.destroy();
        }
    }

    /** Returns the days of the rows, in days since 1970, that were not made on the clock of these timezones. */
    private static Iterator<Integer> otherwise(Iterator<InternalRow> rows, Timezones timezones) {
        Set<Integer> days = new TreeSet<>();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (!row.getUTF8String(2).equals(timezones.of(row.getUTF8String(1)))) {
                days.add(row.getInt(0));
            }
        }
        return days.iterator();
    }

    private static Set<String> differing(Map<String, String> files, Map<String, String> before) {
        Set<String> tables = new TreeSet<>(files.keySet());
        tables.addAll(before.keySet());
        tables.removeIf(table -> Objects.equals(files.get(table), before.get(table)));
        return tables;
    }

    /** As many entries as tables times days. */
    private Map<LocalDate, Map<String, String>> landed(LocalDate first, LocalDate runDate) {
        Map<LocalDate, Map<String, String>> landed = new HashMap<>();
        warehouse
                .fewRows()
                .between(DayCounts.CONTRACT, first, runDate)
                .forEach(row -> landed.computeIfAbsent(
                                row.<java.sql.Date>getAs(DayCounts.EVENT_DATE.name())
                                        .toLocalDate(),
                                absent -> new HashMap<>())
                        .put(row.getAs(DayCounts.TABLE.name()), row.getAs(DayCounts.FINGERPRINT.name())));
        return landed;
    }

    private Map<LocalDate, Map<String, String>> delivered(LocalDate first) {
        Map<LocalDate, Map<String, String>> delivered = new HashMap<>();
        for (TableContract table : Tables.ofEvents()) {
            input.fingerprints(table).forEach((day, fingerprint) -> {
                if (!day.isBefore(first)) {
                    delivered.computeIfAbsent(day, absent -> new HashMap<>()).put(table.name(), fingerprint);
                }
            });
        }
        return delivered;
    }
}
