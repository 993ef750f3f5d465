package io.goodhart.landing;

import io.goodhart.rows.Events;
import io.goodhart.rows.LongIds;
import io.goodhart.rows.Texts;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Folds the events of a task, key by key, and puts the families of columns of a key side by side, for a tool may report both requests and
 * actions.
 *
 * <p>Whatever the order in which events come, a fold sees those of a key in the same order, so its row is the same to the last bit.
 */
final class DayFolder {
    private static final int COLUMNS = PersonDays.CONTRACT.columns().size();
    private static final int DAY_AT = place(PersonDays.EVENT_DATE);
    private static final int PERSON_AT = place(PersonDays.PERSON_ID);
    private static final int SOURCE_AT = place(PersonDays.SOURCE);
    private static final int TIMEZONE_AT = place(PersonDays.TIMEZONE);

    private final List<DayFold> folds;
    private final Timezones timezones;
    private final Texts texts;
    private final int[][] places;
    private final KeyIds keys = new KeyIds();
    private final Map<UTF8String, ZoneId> zones = new HashMap<>();

    DayFolder(List<DayFold> folds, Timezones timezones, Texts texts) {
        this.folds = folds;
        this.timezones = timezones;
        this.texts = texts;
        this.places = folds.stream()
                .map(fold -> fold.fills().stream().mapToInt(DayFolder::place).toArray())
                .toArray(int[][]::new);
    }

    void fold(List<Events> events, Consumer<InternalRow> rows) {
        GroupedRows[] grouped = new GroupedRows[folds.size()];
        for (int table = 0; table < grouped.length; table++) {
            grouped[table] = GroupedRows.of(events.get(table), folds.get(table), keys, texts);
        }
        Object[] values = new Object[COLUMNS];
        GenericInternalRow row = new GenericInternalRow(values);
        for (int key : sortedKeys()) {
            fold(key, grouped, values);
            rows.accept(row);
        }
    }

    private void fold(int key, GroupedRows[] grouped, Object[] values) {
        Arrays.fill(values, null);
        UTF8String person = texts.text(keys.person(key));
        UTF8String timezone = timezones.of(person);
        ZoneId zone = zones.computeIfAbsent(timezone, name -> People.zone(name.toString()));
        values[DAY_AT] = keys.day(key);
        values[PERSON_AT] = person;
        values[SOURCE_AT] = texts.text(keys.source(key));
        values[TIMEZONE_AT] = timezone;
        for (int table = 0; table < grouped.length; table++) {
            if (grouped[table].holds(key)) {
                folds.get(table).fold(grouped[table].of(key, keys.day(key), zone), values, places[table]);
            }
        }
    }

    private int[] sortedKeys() {
        Comparator<Integer> order = Comparator.comparingInt(keys::day);
        order = order.thenComparing(key -> texts.text(keys.person(key)))
                .thenComparing(key -> texts.text(keys.source(key)));
        return IntStream.range(0, keys.size())
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int place(ColumnSpec column) {
        return PersonDays.CONTRACT.columns().indexOf(column);
    }

    /** The keys of a task, numbered as they come. */
    static final class KeyIds {
        private static final int CODE_BITS = 27;
        private static final int DAY_BITS = 64 - 2 * CODE_BITS;

        private final LongIds days = new LongIds();
        private final LongIds keys = new LongIds();

        int idOf(int day, int personCode, int sourceCode) {
            int dayNumber = days.idOf(day);
            if (dayNumber >= 1 << DAY_BITS || (personCode | sourceCode) >= 1 << CODE_BITS) {
                throw new IllegalStateException("a task of " + days.size() + " days and so many different texts");
            }
            return keys.idOf((long) dayNumber << (2 * CODE_BITS) | (long) personCode << CODE_BITS | sourceCode);
        }

        int size() {
            return keys.size();
        }

        int day(int key) {
            return (int) days.value((int) (keys.value(key) >>> (2 * CODE_BITS)));
        }

        int person(int key) {
            return (int) (keys.value(key) >>> CODE_BITS) & (1 << CODE_BITS) - 1;
        }

        int source(int key) {
            return (int) keys.value(key) & (1 << CODE_BITS) - 1;
        }
    }
}
