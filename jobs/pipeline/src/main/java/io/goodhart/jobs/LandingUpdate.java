package io.goodhart.jobs;

import io.goodhart.landing.Landing;
import io.goodhart.landing.Timezones;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.warehouse.LandingLease;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.Input;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Brings the landing up to date with the input, and says from what a night can cut its windows. */
final class LandingUpdate {
    private final Run run;
    private final NightDays days;

    LandingUpdate(Run run) {
        this.run = run;
        this.days = run.days();
    }

    /**
     * Reads and checks the days that are new or no longer what the input says, and replaces them in the landing. One run does so at a time: of two dates
     * side by side, the second finds done what the first has landed.
     */
    History bring(Input input) {
        try (LandingLease alone = run.warehouse()
                .landingLease(run.id(), Duration.ofSeconds(run.settings().leaseSeconds()), this::tellOfWaiting)) {
            Landed landed = land(input);
            run.progress()
                    .telling(
                            "packed weeks",
                            () -> new WeekStep(run.warehouse(), days.historyFrom(), days.runDate()).bring(),
                            weeks -> weeks + " weeks");
            LocalDate start = historyStart();
            return new History(run, landed.dimensions(), start, health(start, landed.days()));
        }
    }

    private void tellOfWaiting(String owner) {
        run.progress().say("waiting for " + owner + ", which brings the landing up to date");
    }

    /**
     * What was done to the landing.
     *
     * @param dimensions the input tables that are read whole
     * @param days the days that were landed anew
     */
    private record Landed(Dimensions dimensions, Set<LocalDate> days) {}

    private Landed land(Input input) {
        StaleDays staleDays = new StaleDays(run.warehouse(), input, days.historyFrom(), days.runDate());
        StaleReasons reasons = staleDays.byFiles(days.baselineStart());
        NavigableSet<LocalDate> byFiles = reasons.days();
        CheckedInput looked =
                run.progress().telling("check input", () -> input.check(byFiles), found -> byFiles.size() + " days");
        Dimensions dimensions = run.progress().telling("small tables", () -> Dimensions.of(looked), read -> "");
        Timezones timezones = Timezones.of(dimensions.people());
        Landing landing = new Landing(timezones, dimensions.modelPrices());
        reasons.addAll(staleDays.byPrices(landing), StaleReasons.PRICES);
        NavigableSet<LocalDate> otherClock = run.progress()
                .telling("changed clocks", () -> staleDays.byClock(timezones), found -> found.size() + " days");
        reasons.addAll(otherClock, StaleReasons.CLOCKS);
        NavigableSet<LocalDate> stale = reasons.days();
        CheckedInput checked = stale.equals(byFiles) ? looked : input.check(stale);
        Map<String, Long> counts = dimensions.counts();
        counts.putAll(extraColumns(checked));
        run.learn(record -> record.counting(counts));
        dimensions.losses().forEach(run.progress()::say);
        LandingStep step = new LandingStep(
                run.spark(), run.warehouse(), checked, landing, run.settings().maxRejectedShare(), run.id());
        run.progress().say("days new or changed: " + stale.size());
        reasons.lines().forEach(run.progress()::say);
        run.progress().step("landing", () -> step.rebuild(stale), used -> used);
        return new Landed(dimensions, stale);
    }

    /** Counts the columns that nobody reads, as {@code runs.counts} names them; a table without any is left out. */
    private static Map<String, Long> extraColumns(CheckedInput checked) {
        Map<String, Long> counts = new TreeMap<>();
        Stream.of(Tables.ofEvents(), Tables.ofDimensions())
                .flatMap(List<TableContract>::stream)
                .forEach(table -> {
                    long extra = checked.extraColumns(table).size();
                    if (extra > 0) {
                        counts.put(table.name() + ".extra_columns", extra);
                    }
                });
        return counts;
    }

    private LocalDate historyStart() {
        return run.warehouse()
                .days(PersonDays.CONTRACT)
                .first(days.historyFrom(), days.runDate())
                .orElse(days.runDate());
    }

    private List<Row> health(LocalDate start, Set<LocalDate> landed) {
        HealthStep step = new HealthStep(run.warehouse());
        return run.progress()
                .telling("source health", () -> step.bring(start, days.runDate(), landed, run.id()), brought -> "");
    }
}
