package io.goodhart.warehouse.input;

import io.goodhart.tables.SourceHealth;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;

/**
 * Compares each source's days with its own past: the rows of {@code source_health}, as many as sources times days, and so made on the
 * driver.
 *
 * <p>Expected is the median of the same weekday in the four weeks before, as far as the source was known then; a day without rows counts
 * as 0. Verdicts, the first that applies: {@code missing} (nothing, though something was expected), {@code shift} (see
 * {@link SourceShifts}), {@code low} (under half of what was expected), {@code high} (over twice), {@code ok}. A day with nothing to
 * compare with is ok.
 */
public final class SourceComparison {
    /** How far back a day's expectation looks: counts must begin that much before the first day judged. */
    public static final int WEEKS_BEFORE = 4;

    /** The verdict of a day on which a source changed for most people at once. */
    public static final String SHIFT = "shift";

    private SourceComparison() {}

    /**
     * Returns the rows of {@code source_health} for the days from {@code first} to {@code last}, by source and day. A source has a row on
     * every day from the first on that the counts hold.
     *
     * @param counts from four weeks before {@code first} to {@code last}
     * @param shifts by source, as {@link SourceShifts} finds them
     */
    public static List<Row> health(
            Collection<SourceCount> counts,
            Map<String, Set<LocalDate>> shifts,
            LocalDate first,
            LocalDate last,
            String runId) {
        List<Row> rows = new ArrayList<>();
        bySource(counts).forEach((source, days) -> {
            Set<LocalDate> shifted = shifts.getOrDefault(source, Set.of());
            LocalDate known = days.firstKey();
            (known.isAfter(first) ? known : first)
                    .datesUntil(last.plusDays(1))
                    .forEach(day -> rows.add(row(
                            days.getOrDefault(day, SourceCount.none(day, source)),
                            expected(days, day),
                            shifted.contains(day),
                            runId)));
        });
        return rows;
    }

    /** Returns the rows of days that nobody has compared with their past yet: nothing is expected of them. */
    public static List<Row> uncompared(Collection<SourceCount> counts, String runId) {
        return bySource(counts).values().stream()
                .flatMap(days -> days.values().stream())
                .map(count -> row(count, OptionalDouble.empty(), false, runId))
                .toList();
    }

    private static Map<String, NavigableMap<LocalDate, SourceCount>> bySource(Collection<SourceCount> counts) {
        Map<String, NavigableMap<LocalDate, SourceCount>> bySource = new TreeMap<>();
        counts.forEach(count -> bySource.computeIfAbsent(count.source(), absent -> new TreeMap<>())
                .merge(count.day(), count, SourceCount::plus));
        return bySource;
    }

    private static Row row(SourceCount count, OptionalDouble expected, boolean isShift, String runId) {
        Object[] values = {
            Date.valueOf(count.day()),
            count.source(),
            count.seen(),
            expected.isPresent() ? Double.valueOf(expected.getAsDouble()) : null,
            count.duplicateShare(),
            count.unmappedShare(),
            verdict(count.seen(), expected.orElse(Double.NaN), isShift),
            runId
        };
        return new GenericRowWithSchema(values, SourceHealth.CONTRACT.schema());
    }

    private static OptionalDouble expected(NavigableMap<LocalDate, SourceCount> days, LocalDate day) {
        long[] earlier = IntStream.rangeClosed(1, WEEKS_BEFORE)
                .mapToObj(day::minusWeeks)
                .filter(before -> !before.isBefore(days.firstKey()))
                .mapToLong(before -> days.containsKey(before) ? days.get(before).seen() : 0)
                .sorted()
                .toArray();
        return earlier.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((earlier[(earlier.length - 1) / 2] + earlier[earlier.length / 2]) / 2.0);
    }

    /** @param expected not a number: nothing to compare with */
    private static String verdict(long seen, double expected, boolean isShift) {
        if (seen == 0 && expected > 0) {
            return "missing";
        }
        if (isShift) {
            return SHIFT;
        }
        if (seen < expected / 2) {
            return "low";
        }
        return seen > 2 * expected ? "high" : "ok";
    }
}
