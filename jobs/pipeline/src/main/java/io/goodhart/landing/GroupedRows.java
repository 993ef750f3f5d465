package io.goodhart.landing;

import io.goodhart.rows.Events;
import io.goodhart.rows.Texts;
import io.goodhart.rows.Words;
import java.time.ZoneId;
import java.util.Arrays;

/** The used rows of one event table of a task, those of a key side by side and in order of time where the fold asks for it. */
final class GroupedRows {
    /** A time of day in microseconds takes 37 bits, and the sign is spared. */
    private static final int ROW_BITS = 26;

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Words words;
    private final int firstWanted;
    private final Texts texts;
    private final int[] rows;
    private final int[] starts;

    private GroupedRows(Events events, Texts texts, int[] rows, int[] starts) {
        this.words = events.words();
        this.firstWanted = events.firstWanted();
        this.texts = texts;
        this.rows = rows;
        this.starts = starts;
    }

    /** Groups the rows, by counting them; {@code keys} learns the keys that it does not know. */
    static GroupedRows of(Events events, DayFold fold, DayFolder.KeyIds keys, Texts texts) {
        Words words = events.words();
        int[] keyOf = new int[events.size()];
        for (int i = 0; i < keyOf.length; i++) {
            int row = events.row(i);
            keyOf[i] = keys.idOf((int) words.get(row, Events.DAY), (int) words.get(row, Events.PERSON), (int)
                    words.get(row, Events.SOURCE));
        }
        int[] starts = new int[keys.size() + 1];
        for (int key : keyOf) {
            starts[key + 1]++;
        }
        for (int key = 0; key < keys.size(); key++) {
            starts[key + 1] += starts[key];
        }
        int[] ends = Arrays.copyOf(starts, keys.size());
        int[] rows = new int[keyOf.length];
        for (int i = 0; i < keyOf.length; i++) {
            rows[ends[keyOf[i]]++] = events.row(i);
        }
        GroupedRows grouped = new GroupedRows(events, texts, rows, starts);
        if (fold.time() >= 0) {
            grouped.sort(events.firstWanted() + fold.time(), fold.tie() < 0 ? -1 : events.firstWanted() + fold.tie());
        }
        return grouped;
    }

    boolean holds(int key) {
        return key + 1 < starts.length && starts[key] < starts[key + 1];
    }

    DayRows of(int key, int day, ZoneId zone) {
        return new DayRows(words, firstWanted, texts, rows, starts[key], starts[key + 1], day, zone);
    }

    private void sort(int time, int tie) {
        long[] sorted = new long[64];
        int[] before = new int[64];
        for (int key = 0; key + 1 < starts.length; key++) {
            int from = starts[key];
            int size = starts[key + 1] - from;
            if (size > 1 && !isSorted(from, from + size, time)) {
                if (size > 1 << ROW_BITS) {
                    throw new IllegalStateException("more rows of one person's day than can be sorted: " + size);
                }
                if (size > sorted.length) {
                    sorted = new long[2 * size];
                    before = new int[2 * size];
                }
                for (int i = 0; i < size; i++) {
                    long ofDay = Math.floorMod(words.get(rows[from + i], time), MICROS_PER_DAY);
                    sorted[i] = ofDay << ROW_BITS | i;
                    before[i] = rows[from + i];
                }
                Arrays.sort(sorted, 0, size);
                for (int i = 0; i < size; i++) {
                    rows[from + i] = before[(int) sorted[i] & (1 << ROW_BITS) - 1];
                }
            }
            if (tie >= 0) {
                sortTies(from, from + size, time, tie);
            }
        }
    }

    private boolean isSorted(int from, int to, int time) {
        long previous = words.get(rows[from], time);
        for (int i = from + 1; i < to; i++) {
            long next = words.get(rows[i], time);
            if (next < previous) {
                return false;
            }
            previous = next;
        }
        return true;
    }

    private void sortTies(int from, int to, int time, int tie) {
        int start = from;
        while (start < to) {
            int end = start + 1;
            while (end < to && words.get(rows[end], time) == words.get(rows[start], time)) {
                end++;
            }
            if (end - start > 1) {
                Integer[] tied = Arrays.stream(rows, start, end).boxed().toArray(Integer[]::new);
                Arrays.sort(
                        tied,
                        (left, right) -> texts.text((int) words.get(left, tie))
                                .compareTo(texts.text((int) words.get(right, tie))));
                for (int i = 0; i < tied.length; i++) {
                    rows[start + i] = tied[i];
                }
            }
            start = end;
        }
    }
}
