package io.goodhart.warehouse.input;

import io.goodhart.rows.Texts;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows of an event table met which fate, by day and source. Tallies of tasks add up in any order; each comes with its task's
 * result, so that a task that ran twice counts once.
 */
public final class EventTally implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int USED = 0;
    private static final int UNMAPPED = 1;
    private static final int DUPLICATE = 2;

    record SourceDay(int day, String source) implements Serializable {}

    private final Map<Integer, Map<String, Long>> rejectedByRule = new TreeMap<>();
    private final Map<Integer, Long> unknown = new TreeMap<>();
    private final Map<String, Long> addresses = new TreeMap<>();
    private final Map<SourceDay, long[]> sources = new HashMap<>();
    private transient Map<Long, long[]> bySourceCode = new HashMap<>();
    private transient long lastKey = -1;
    private transient long[] last = new long[3];

    void rejected(int day, String rule) {
        rejectedByRule.computeIfAbsent(day, absent -> new TreeMap<>()).merge(rule, 1L, Long::sum);
    }

    void unknown(int day, int values) {
        unknown.merge(day, (long) values, Long::sum);
    }

    void address(String column) {
        addresses.merge(column, 1L, Long::sum);
    }

    void kept(int day, int sourceCode, boolean isDuplicate, boolean isUnmapped) {
        long key = (long) day << 32 | sourceCode;
        if (key != lastKey) {
            last = bySourceCode.computeIfAbsent(key, absent -> new long[3]);
            lastKey = key;
        }
        last[isDuplicate ? DUPLICATE : isUnmapped ? UNMAPPED : USED]++;
    }

    /** Puts names for the codes, which mean nothing outside the task. */
    void nameSources(Texts dictionary) {
        bySourceCode.forEach((key, counts) -> sources.put(
                new SourceDay(
                        (int) (key >> 32), dictionary.text((int) (long) key).toString()),
                counts));
        bySourceCode.clear();
        lastKey = -1;
    }

    /** Adds what another task counted. */
    public void add(EventTally other) {
        other.rejectedByRule.forEach((day, rules) -> rules.forEach((rule, rows) ->
                rejectedByRule.computeIfAbsent(day, absent -> new TreeMap<>()).merge(rule, rows, Long::sum)));
        other.unknown.forEach((day, values) -> unknown.merge(day, values, Long::sum));
        other.addresses.forEach((column, rows) -> addresses.merge(column, rows, Long::sum));
        other.sources.forEach((key, counts) -> {
            long[] sum = sources.computeIfAbsent(key, absent -> new long[3]);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += counts[i];
            }
        });
    }

    /** Returns the totals; {@code rowsIn} holds the rows in the footers, by day. */
    DayTotals totals(Map<LocalDate, Long> rowsIn) {
        Map<LocalDate, long[]> fates = new TreeMap<>();
        rowsIn.keySet().forEach(day -> fates.put(day, new long[3]));
        sources.forEach((key, counts) -> {
            long[] sum = fates.computeIfAbsent(LocalDate.ofEpochDay(key.day()), absent -> new long[3]);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += counts[i];
            }
        });
        rejectedByRule.keySet().forEach(day -> fates.putIfAbsent(LocalDate.ofEpochDay(day), new long[3]));
        List<DayCount> days = new ArrayList<>();
        fates.forEach((day, counts) -> {
            int epochDay = (int) day.toEpochDay();
            days.add(new DayCount(
                    day,
                    rowsIn.getOrDefault(day, 0L),
                    rejectedByRule.getOrDefault(epochDay, Map.of()).values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    counts[DUPLICATE],
                    counts[UNMAPPED],
                    counts[USED],
                    unknown.getOrDefault(epochDay, 0L)));
        });
        return new DayTotals(days, addresses);
    }

    /** Returns the rule that most rows of a day break, the first by name of those that tie, with its rows. */
    Map.Entry<String, Long> mostBroken(LocalDate day) {
        return rejectedByRule.get((int) day.toEpochDay()).entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .orElseThrow();
    }

    /** Returns what each source delivered, in the order of day and source. */
    public List<SourceCount> sourceCounts() {
        return sources.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        java.util.Comparator.comparingInt(SourceDay::day).thenComparing(SourceDay::source)))
                .map(entry -> new SourceCount(
                        LocalDate.ofEpochDay(entry.getKey().day()),
                        entry.getKey().source(),
                        entry.getValue()[USED] + entry.getValue()[UNMAPPED],
                        entry.getValue()[DUPLICATE],
                        entry.getValue()[UNMAPPED]))
                .toList();
    }

    @Override
    public String toString() {
        return "EventTally"
                + Arrays.toString(sources.values().stream()
                        .mapToLong(counts -> counts[USED] + counts[UNMAPPED] + counts[DUPLICATE])
                        .toArray());
    }
}
