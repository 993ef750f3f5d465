package io.goodhart.jobs;

import io.goodhart.features.PackedWeeks;
import io.goodhart.rows.InnerRows;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWeeks;
import io.goodhart.warehouse.TableFiles;
import io.goodhart.warehouse.Warehouse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Keeps {@code person_weeks} up to date with {@code person_days}. A week is packed once it is over, and again when the files of one of its
 * days are others than those that it was packed from. Weeks of which the history holds only a part, its first and its last, are never kept: what
 * they say depends on the run date.
 */
public final class WeekStep {
    private static final int WEEK = 7;
    private static final long SEED = 42;

    private final Warehouse warehouse;
    private final LocalDate historyFrom;
    private final LocalDate runDate;

    /**
     * @param historyFrom first day of the history
     * @param runDate its last day
     */
    public WeekStep(Warehouse warehouse, LocalDate historyFrom, LocalDate runDate) {
        this.warehouse = warehouse;
        this.historyFrom = historyFrom;
        this.runDate = runDate;
    }

    /** Packs the weeks that are not there, or no longer what the landing says; returns how many. Doing it twice changes nothing. */
    public long bring() {
        NavigableSet<LocalDate> stale = whole();
        if (stale.isEmpty()) {
            return 0;
        }
        Map<LocalDate, Long> landed = madeFrom(stale.first(), stale.last());
        Map<LocalDate, Long> packed =
                warehouse.days(PersonWeeks.CONTRACT).values(PersonWeeks.MADE_FROM, stale.first(), stale.last());
        stale.removeIf(week -> Objects.equals(landed.get(week), packed.get(week)));
        if (!stale.isEmpty()) {
            pack(stale, landed);
        }
        return stale.size();
    }

    private void pack(NavigableSet<LocalDate> weeks, Map<LocalDate, Long> madeFrom) {
        Map<Integer, Long> byEpochDay = madeFrom.entrySet().stream()
                .collect(Collectors.toMap(week -> (int) week.getKey().toEpochDay(), Map.Entry::getValue));
        List<TableFiles.Written> written = InnerRows.of(
                        PackedWeeks.of(warehouse.read(PersonDays.CONTRACT, daysOf(weeks))))
                .mapPartitions(new WeekFiles(warehouse.files(PersonWeeks.CONTRACT), byEpochDay))
                .collect();
        warehouse.replaceDays(PersonWeeks.CONTRACT, written, weeks);
    }

    /** Returns the weeks of the history, as far as {@link #bring} has brought them, with what it holds of its first and its last. */
    public Dataset<Row> weeks() {
        NavigableSet<LocalDate> whole = whole();
        TreeSet<LocalDate> loose =
                historyFrom.datesUntil(runDate.plusDays(1)).collect(Collectors.toCollection(TreeSet::new));
        loose.removeAll(daysOf(whole));
        Dataset<Row> parts = PackedWeeks.of(warehouse.read(PersonDays.CONTRACT, loose));
        return whole.isEmpty()
                ? parts
                : warehouse
                        .read(PersonWeeks.CONTRACT, whole)
                        .drop(PersonWeeks.MADE_FROM.col())
                        .unionAll(parts);
    }

    /** Returns the Mondays of the weeks that lie in the history with all of their days. */
    private NavigableSet<LocalDate> whole() {
        NavigableSet<LocalDate> mondays = new TreeSet<>();
        LocalDate monday = historyFrom.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        while (!monday.plusDays(WEEK - 1L).isAfter(runDate)) {
            mondays.add(monday);
            monday = monday.plusDays(WEEK);
        }
        return mondays;
    }

    /** Returns what weeks would be made from now, by Monday; a week without rows has no entry. */
    private Map<LocalDate, Long> madeFrom(LocalDate firstWeek, LocalDate lastWeek) {
        NavigableMap<LocalDate, NavigableSet<String>> byWeek = new TreeMap<>();
        warehouse
                .days(PersonDays.CONTRACT)
                .files(firstWeek, lastWeek.plusDays(WEEK - 1L))
                .forEach((day, files) -> byWeek.computeIfAbsent(
                                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), absent -> new TreeSet<>())
                        .addAll(files));
        Map<LocalDate, Long> madeFrom = new TreeMap<>();
        byWeek.forEach((week, files) -> madeFrom.put(
                week,
                XXH64.hashUTF8String(
                        UTF8String.fromString(PackedWeeks.FORMAT + "\n" + String.join("\n", files)), SEED)));
        return madeFrom;
    }

    private static List<LocalDate> daysOf(NavigableSet<LocalDate> weeks) {
        return weeks.stream()
                .flatMap(monday -> monday.datesUntil(monday.plusDays(WEEK)))
                .toList();
    }
}
