package io.goodhart.jobs;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SourceHealth;
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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
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
     * Reads and checks the days whose files are new or changed, and replaces them in the landing. One run does so at a time: of two dates
     * side by side, the second finds done what the first has landed.
     */
    History bring(Input input) {
        try (LandingLease alone = run.warehouse()
                .landingLease(run.id(), Duration.ofSeconds(run.settings().leaseSeconds()), this::tellOfWaiting)) {
            Dimensions dimensions = land(input);
            LocalDate start = historyStart();
            return new History(run, dimensions, start, health(start));
        }
    }

    private void tellOfWaiting(String owner) {
        run.progress().say("waiting for " + owner + ", which brings the landing up to date");
    }

    private Dimensions land(Input input) {
        StaleDays staleDays = new StaleDays(run.warehouse(), input);
        StaleReasons reasons = staleDays.byFiles(days.historyFrom(), days.baselineStart(), days.runDate());
        if (repriced(input)) {
            reasons.addAll(input.days().tailSet(days.historyFrom(), true), StaleReasons.PRICES);
        }
        NavigableSet<LocalDate> byFiles = reasons.days();
        CheckedInput looked =
                run.progress().telling("check input", () -> input.check(byFiles), found -> byFiles.size() + " days");
        Dimensions dimensions = run.progress().telling("small tables", () -> Dimensions.of(looked), read -> "");
        NavigableSet<LocalDate> otherClock = run.progress()
                .telling(
                        "changed clocks",
                        () -> staleDays.byClock(dimensions.people(), days.historyFrom(), days.runDate()),
                        found -> found.size() + " days");
        otherClock.retainAll(input.days());
        reasons.addAll(otherClock, StaleReasons.CLOCKS);
        NavigableSet<LocalDate> stale = reasons.days();
        CheckedInput checked = stale.equals(byFiles) ? looked : input.check(stale);
        Map<String, Long> counts = dimensions.counts();
        counts.putAll(extraColumns(checked));
        run.learn(record -> record.counting(counts));
        dimensions.losses().forEach(run.progress()::say);
        LandingStep landing = new LandingStep(
                run.spark(),
                run.warehouse(),
                checked,
                dimensions,
                run.settings().maxRejectedShare(),
                run.id());
        run.progress().say("days new or changed: " + stale.size());
        reasons.lines().forEach(run.progress()::say);
        run.progress().step("landing", () -> landing.rebuild(stale), used -> used);
        return dimensions;
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

    /** Whether list prices differ from those that the landing was last brought up to date with. */
    private boolean repriced(Input input) {
        return run.warehouse()
                .runs()
                .latest()
                .map(latest -> !input.fingerprint(ModelPrices.CONTRACT)
                        .equals(latest.known().inputFingerprints().getOrDefault(ModelPrices.CONTRACT.name(), "")))
                .orElse(false);
    }

    private LocalDate historyStart() {
        Row first = run.warehouse()
                .read(PersonDays.CONTRACT)
                .where(days.inHistory(PersonDays.EVENT_DATE.col()))
                .agg(min(PersonDays.EVENT_DATE.col()).cast("string"))
                .first();
        return first.isNullAt(0) ? days.runDate() : LocalDate.parse(first.getString(0));
    }

    private Dataset<Row> health(LocalDate start) {
        return run.progress().telling("source health", () -> compared(start), compared -> "");
    }

    private Dataset<Row> compared(LocalDate start) {
        HealthStep step = new HealthStep(run.spark(), run.warehouse());
        Dataset<Row> health = step.health(start, days.runDate(), run.id());
        // who has landed later days knows more about these than this run
        if (!isOvertaken()) {
            step.write(health, start, days.runDate());
        }
        return health;
    }

    private boolean isOvertaken() {
        return !run.warehouse()
                .read(SourceHealth.CONTRACT)
                .where(SourceHealth.EVENT_DATE.col().gt(lit(days.runDate())))
                .isEmpty();
    }
}
