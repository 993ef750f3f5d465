package io.goodhart.jobs;

import static org.apache.spark.sql.functions.lit;

import io.goodhart.failures.Messages;
import io.goodhart.landing.Landing;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Which days of the landing are not, or no longer, what the input says. A landed day of which the input has lost a table since is none of
 * them: it could not be landed whole again.
 */
final class StaleDays {
    private final Warehouse warehouse;
    private final LocalDate first;
    private final LocalDate runDate;
    private final Map<LocalDate, Map<String, DayFingerprint>> landed;
    private final Map<LocalDate, Map<String, String>> delivered;

    /** Looks at the days from {@code first} to {@code runDate}, as they are landed and delivered now. */
    StaleDays(Warehouse warehouse, Input input, LocalDate first, LocalDate runDate) {
        this.warehouse = warehouse;
        this.first = first;
        this.runDate = runDate;
        this.landed = landed(warehouse, first, runDate);
        this.delivered = delivered(input, first);
    }

    /**
     * Returns the days whose files are new or changed, and why.
     *
     * @param needed first day that the run cannot do without: a day from it on of which a landed table has vanished stops the run
     */
    StaleReasons byFiles(LocalDate needed) {
        StaleReasons stale = new StaleReasons();
        delivered.keySet().stream().filter(this::isWhole).forEach(day -> {
            Set<String> differing = differing(day);
            if (!landed.containsKey(day)) {
                stale.add(day, StaleReasons.NEW);
            } else if (!differing.isEmpty()) {
                stale.add(day, StaleReasons.changed(differing));
            }
        });
        landed.forEach((day, tables) -> tables.keySet().stream()
                .filter(table -> !day.isBefore(needed))
                .filter(table -> !delivered.getOrDefault(day, Map.of()).containsKey(table))
                .findFirst()
                .ifPresent(table -> {
                    throw Messages.vanishedDay(day, runDate, table);
                }));
        return stale;
    }

    /** Returns the days that were landed with other list prices than are in force on them now. */
    NavigableSet<LocalDate> byPrices(Landing landing) {
        return landed.entrySet().stream()
                .filter(day -> isWhole(day.getKey()))
                .filter(day -> {
                    String inForce = landing.pricesOn(day.getKey());
                    return day.getValue().values().stream()
                            .anyMatch(made -> !made.prices().equals(inForce));
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the days on which somebody's hours were counted on another clock than {@code people} says now. */
    NavigableSet<LocalDate> byClock(Timezones timezones) {
        Dataset<Row> personDays = warehouse
                .read(PersonDays.CONTRACT)
                .where(PersonDays.EVENT_DATE.col().between(lit(first), lit(runDate)))
                .select(PersonDays.EVENT_DATE.col(), PersonDays.PERSON_ID.col(), PersonDays.TIMEZONE.col());
        Broadcast<Timezones> now = JavaSparkContext.fromSparkContext(
                        personDays.sparkSession().sparkContext())
                .broadcast(timezones);
        try {
            return InnerRows.of(personDays).mapPartitions(rows -> otherwise(rows, now.value())).collect().stream()
                    .map(LocalDate::ofEpochDay)
                    .filter(this::isWhole)
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

    /** Whether the input holds all tables that the day was landed from. */
    private boolean isWhole(LocalDate day) {
        Map<String, String> files = delivered.get(day);
        return files != null
                && files.keySet().containsAll(landed.getOrDefault(day, Map.of()).keySet());
    }

    /** Returns the tables of a delivered day that were landed from other files, or not at all. */
    private Set<String> differing(LocalDate day) {
        Map<String, DayFingerprint> before = landed.getOrDefault(day, Map.of());
        return delivered.get(day).entrySet().stream()
                .filter(table -> !Optional.ofNullable(before.get(table.getKey()))
                        .map(DayFingerprint::files)
                        .equals(Optional.of(table.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** As many entries as tables times days. */
    private static Map<LocalDate, Map<String, DayFingerprint>> landed(
            Warehouse warehouse, LocalDate first, LocalDate runDate) {
        Map<LocalDate, Map<String, DayFingerprint>> landed = new HashMap<>();
        warehouse
                .fewRows()
                .between(DayCounts.CONTRACT, first, runDate)
                .forEach(row -> landed.computeIfAbsent(
                                row.<java.sql.Date>getAs(DayCounts.EVENT_DATE.name())
                                        .toLocalDate(),
                                absent -> new HashMap<>())
                        .put(
                                row.getAs(DayCounts.TABLE.name()),
                                DayFingerprint.parse(row.getAs(DayCounts.FINGERPRINT.name()))));
        return landed;
    }

    private static Map<LocalDate, Map<String, String>> delivered(Input input, LocalDate first) {
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
