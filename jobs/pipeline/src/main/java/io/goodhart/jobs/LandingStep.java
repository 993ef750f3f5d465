package io.goodhart.jobs;

import io.goodhart.failures.Failure;
import io.goodhart.landing.Landing;
import io.goodhart.landing.Timezones;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.SourceHealth;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import io.goodhart.warehouse.TableFiles;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.DayCount;
import io.goodhart.warehouse.input.EventScan;
import io.goodhart.warehouse.input.EventTally;
import io.goodhart.warehouse.input.ReadFailures;
import io.goodhart.warehouse.input.SourceComparison;
import io.goodhart.warehouse.input.SourceCount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Brings days of {@code person_days} and what is counted beside them up to date. Doing it twice changes nothing. */
public final class LandingStep {
    /** So many days are committed at once: a first load that is cut off keeps what it has done. */
    private static final int DAYS_AT_ONCE = 120;

    /** What a task may hold: 440 MB for each of the tasks that an executor runs at once. */
    private static final long MOST_ROWS_OF_A_TASK = 2_000_000;

    /** Many cores that share a small heap hold less each, and no less than this: an exchange has its cost too. */
    private static final long FEWEST_ROWS_OF_A_TASK = 100_000;

    private static final int BYTES_A_ROW = 220;

    /** Of a day that is spread, tasks get this part of what they may hold: people are not equally busy. */
    private static final int SPARE = 4;

    private final SparkSession spark;
    private final Warehouse warehouse;
    private final CheckedInput checked;
    private final Landing landing;
    private final double maxRejectedShare;
    private final String runId;
    private final long mostRowsOfATask;

    /** Returns the landing of a checked input into a warehouse, by itself. */
    public static LandingStep of(
            SparkSession spark, Warehouse warehouse, CheckedInput checked, double maxRejectedShare, String runId) {
        Dimensions dimensions = Dimensions.of(checked);
        Landing landing = new Landing(Timezones.of(dimensions.people()), dimensions.modelPrices());
        return new LandingStep(spark, warehouse, checked, landing, maxRejectedShare, runId);
    }

    LandingStep(
            SparkSession spark,
            Warehouse warehouse,
            CheckedInput checked,
            Landing landing,
            double maxRejectedShare,
            String runId) {
        this(spark, warehouse, checked, landing, maxRejectedShare, runId, mostRowsOfATask(spark.sparkContext()));
    }

    /** @param mostRowsOfATask a day of more rows is spread over several tasks */
    LandingStep(
            SparkSession spark,
            Warehouse warehouse,
            CheckedInput checked,
            Landing landing,
            double maxRejectedShare,
            String runId,
            long mostRowsOfATask) {
        this.spark = spark;
        this.warehouse = warehouse;
        this.checked = checked;
        this.landing = landing;
        this.maxRejectedShare = maxRejectedShare;
        this.runId = runId;
        this.mostRowsOfATask = mostRowsOfATask;
    }

    /** All tasks of a local session share this heap. What executors have is not known here. */
    private static long mostRowsOfATask(SparkContext context) {
        return context.isLocal()
                ? mostRowsOfATask(Runtime.getRuntime().maxMemory(), context.defaultParallelism())
                : MOST_ROWS_OF_A_TASK;
    }

    /** Returns the rows that each of some tasks may hold in half of a heap. */
    static long mostRowsOfATask(long heapBytes, int tasks) {
        long share = heapBytes / 2 / tasks / BYTES_A_ROW;
        return Math.max(FEWEST_ROWS_OF_A_TASK, Math.min(MOST_ROWS_OF_A_TASK, share));
    }

    /** Rebuilds these days; returns how many rows of events they used. */
    public long rebuild(NavigableSet<LocalDate> days) {
        long used = 0;
        Map<LocalDate, Long> rows = checked.rows(days);
        NavigableSet<LocalDate> some = new TreeSet<>();
        for (LocalDate day : days) {
            long ofDay = rows.getOrDefault(day, 0L);
            if (ofDay > mostRowsOfATask) {
                used += rebuildSpread(day, ofDay);
            } else {
                some.add(day);
                if (some.size() == DAYS_AT_ONCE) {
                    used += rebuildWhole(some);
                    some.clear();
                }
            }
        }
        return some.isEmpty() ? used : used + rebuildWhole(some);
    }

    private long rebuildWhole(NavigableSet<LocalDate> days) {
        List<EventScan> scans = Landing.tables().stream()
                .map(table -> checked.scan(table, List.copyOf(days), Landing.reads(table), runId))
                .toList();
        DayTask task = new DayTask(
                scans.stream().map(EventScan::loader).toList(),
                landing,
                warehouse.files(PersonDays.CONTRACT),
                warehouse.files(Rejects.CONTRACT));
        return replace(
                days,
                scans,
                ReadFailures.translate(() -> DayTask.Rows.together(
                                spark,
                                days.size(),
                                scans.stream().map(EventScan::parts).toList())
                        .map(task)
                        .collect()));
    }

    private long rebuildSpread(LocalDate day, long rows) {
        int tasks = Math.toIntExact(SPARE * rows / mostRowsOfATask);
        List<EventScan> scans = Landing.tables().stream()
                .map(table -> checked.scanSpread(table, day, Landing.reads(table), runId, tasks))
                .toList();
        SpreadDay spread = new SpreadDay(
                spark, scans, landing, warehouse.files(PersonDays.CONTRACT), warehouse.files(Rejects.CONTRACT), tasks);
        return replace(new TreeSet<>(List.of(day)), scans, ReadFailures.translate(spread::run));
    }

    private long replace(NavigableSet<LocalDate> days, List<EventScan> scans, List<DayTask.Result> results) {
        List<EventTally> tallies = DayTask.Result.tallies(results);
        List<TableFiles.Written> personDays =
                results.stream().map(DayTask.Result::personDays).toList();
        List<TableFiles.Written> rejects =
                results.stream().map(DayTask.Result::rejects).toList();
        try {
            for (int table = 0; table < scans.size(); table++) {
                scans.get(table).failures(tallies.get(table), maxRejectedShare).stream()
                        .findFirst()
                        .ifPresent(failure -> {
                            throw failure;
                        });
            }
        } catch (Failure failure) {
            warehouse.discard(PersonDays.CONTRACT, personDays);
            warehouse.discard(Rejects.CONTRACT, rejects);
            throw failure;
        }
        warehouse.replaceDays(PersonDays.CONTRACT, personDays, days);
        warehouse.replaceDays(Rejects.CONTRACT, rejects, days);
        warehouse.fewRows().replaceDays(SourceHealth.CONTRACT, firstHealth(tallies), days);
        // last: a day whose counts are there is complete
        List<Row> counts = new ArrayList<>();
        long used = 0;
        for (int table = 0; table < scans.size(); table++) {
            counts.addAll(scans.get(table).counts(tallies.get(table), this::fingerprint, runId));
            used += scans.get(table).dayCounts(tallies.get(table)).stream()
                    .mapToLong(DayCount::used)
                    .sum();
        }
        warehouse.fewRows().replaceDays(DayCounts.CONTRACT, counts, days);
        return used;
    }

    private String fingerprint(LocalDate day, String files) {
        return new DayFingerprint(files, landing.pricesOn(day)).text();
    }

    /** The counts of new days; {@link HealthStep} compares them with their past once all days are there. */
    private List<Row> firstHealth(List<EventTally> tallies) {
        List<SourceCount> counts = Stream.of(UsageEvents.CONTRACT, UsageDaily.CONTRACT)
                .flatMap(usage -> tallies.get(Landing.tables().indexOf(usage)).sourceCounts().stream())
                .toList();
        return SourceComparison.uncompared(counts, runId);
    }
}
