package io.goodhart.jobs;

import io.goodhart.landing.Landing;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.SourceHealth;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.EventRows;
import io.goodhart.warehouse.input.ReadFailures;
import io.goodhart.warehouse.input.SourceComparison;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings days of {@code person_days} and what is counted beside them up to date. Doing it twice changes nothing. */
final class LandingStep {
    /** Rows of so many days are kept at once on memory and disk, so that a first load of a long history does not fill either. */
    private static final int DAYS_AT_ONCE = 120;

    private final Warehouse warehouse;
    private final CheckedInput checked;
    private final Landing landing;
    private final double maxRejectedShare;
    private final String runId;

    LandingStep(
            Warehouse warehouse, CheckedInput checked, Dimensions dimensions, double maxRejectedShare, String runId) {
        this.warehouse = warehouse;
        this.checked = checked;
        this.landing = new Landing(dimensions.people(), dimensions.modelPrices());
        this.maxRejectedShare = maxRejectedShare;
        this.runId = runId;
    }

    /** Rebuilds these days; returns how many rows of events they used. */
    long rebuild(NavigableSet<LocalDate> days) {
        long used = 0;
        NavigableSet<LocalDate> left = new TreeSet<>(days);
        while (!left.isEmpty()) {
            NavigableSet<LocalDate> some = new TreeSet<>();
            while (some.size() < DAYS_AT_ONCE && !left.isEmpty()) {
                some.add(left.pollFirst());
            }
            used += rebuildAtOnce(some);
        }
        return used;
    }

    private long rebuildAtOnce(Set<LocalDate> days) {
        try (EventRows usage = checked.events(UsageEvents.CONTRACT, days, maxRejectedShare);
                EventRows daily = checked.events(UsageDaily.CONTRACT, days, maxRejectedShare);
                EventRows output = checked.events(ProductivityEvents.CONTRACT, days, maxRejectedShare);
                EventRows actions = checked.events(AgentActions.CONTRACT, days, maxRejectedShare)) {
            List<EventRows> all = List.of(usage, daily, output, actions);
            Dataset<Row> personDays = landing.personDays(usage.used(), daily.used(), output.used(), actions.used());
            ReadFailures.translate(() -> warehouse.replaceDays(PersonDays.CONTRACT, personDays, days));
            warehouse.replaceDays(Rejects.CONTRACT, united(all, rows -> rows.rejects(runId)), days);
            Dataset<Row> counts = united(List.of(usage, daily), EventRows::sourceCounts);
            warehouse.replaceDays(SourceHealth.CONTRACT, firstHealth(counts, days), days);
            // last: a day whose counts are there is complete
            warehouse.replaceDays(DayCounts.CONTRACT, united(all, rows -> rows.counts(runId)), days);
            return all.stream()
                    .flatMap(rows -> rows.dayCounts().stream())
                    .mapToLong(count -> count.used())
                    .sum();
        }
    }

    /** The counts of new days; {@link HealthStep} compares them with their past once all days are there. */
    private Dataset<Row> firstHealth(Dataset<Row> counts, Set<LocalDate> days) {
        NavigableSet<LocalDate> sorted = new TreeSet<>(days);
        return SourceComparison.health(
                        counts, warehouse.read(PersonDays.CONTRACT).limit(0), sorted.first(), sorted.last(), runId)
                .where(SourceHealth.EVENT_DATE.col().isin(days.toArray()));
    }

    private static Dataset<Row> united(List<EventRows> tables, Function<EventRows, Dataset<Row>> part) {
        List<Dataset<Row>> parts = new ArrayList<>();
        tables.forEach(rows -> parts.add(part.apply(rows)));
        return parts.stream().reduce(Dataset::union).orElseThrow();
    }
}
