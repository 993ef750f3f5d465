package io.goodhart.warehouse.input;

import io.goodhart.rows.Events;
import io.goodhart.rows.Texts;
import io.goodhart.rows.Words;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Takes the rows of an event table in a task that holds whole days: counts them by their fate, and keeps those to be used. The rules of
 * fate are those of {@link Fates}.
 */
public final class EventLoader implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int FIELDS_OF_A_REJECT = 6;
    private static final int RULE_OF_A_REJECT = 2;

    private final int kept;
    private final int[] texts;
    private final List<String> pseudonyms;

    EventLoader(int kept, int[] texts, List<String> pseudonyms) {
        this.kept = kept;
        this.texts = texts;
        this.pseudonyms = List.copyOf(pseudonyms);
    }

    /**
     * Takes all rows.
     *
     * @param rows of the shape that this loader was made for, each gone when the next is asked for
     * @param dictionary numbers the texts; shared by the tables of a task
     * @param tally is told every row's fate
     * @param rejects is handed every rejected row in the shape of {@link io.goodhart.tables.Rejects}
     */
    public Events load(Iterator<InternalRow> rows, Texts dictionary, EventTally tally, Consumer<InternalRow> rejects) {
        Words words = new Words(kept);
        int reject = kept + 2;
        while (rows.hasNext()) {
            UnsafeRow row = (UnsafeRow) rows.next();
            long addresses = row.getLong(kept);
            if (addresses != 0) {
                countAddresses(addresses, tally);
            }
            if (!row.isNullAt(reject)) {
                InternalRow rejected = row.getStruct(reject, FIELDS_OF_A_REJECT);
                tally.rejected(
                        row.getInt(Events.DAY),
                        rejected.getUTF8String(RULE_OF_A_REJECT).toString());
                rejects.accept(rejected);
                continue;
            }
            int unknown = row.getInt(kept + 1);
            if (unknown != 0) {
                tally.unknown(row.getInt(Events.DAY), unknown);
            }
            int number = words.add(row);
            for (int column : texts) {
                if (!row.isNullAt(column)) {
                    words.set(number, column, dictionary.codeOf(row.getUTF8String(column)));
                }
            }
        }
        return new Events(words, used(words, dictionary, tally), EventShape.FIRST_WANTED);
    }

    private void countAddresses(long bits, EventTally tally) {
        for (int i = 0; i < pseudonyms.size(); i++) {
            if ((bits >>> i & 1) != 0) {
                tally.address(pseudonyms.get(i));
            }
        }
    }

    private static int[] used(Words words, Texts dictionary, EventTally tally) {
        int size = words.size();
        boolean[] duplicate = duplicates(words);
        int[] used = new int[size];
        int count = 0;
        for (int row = 0; row < size; row++) {
            boolean isUnmapped = words.isNull(row, Events.PERSON);
            tally.kept(
                    (int) words.get(row, Events.DAY), (int) words.get(row, Events.SOURCE), duplicate[row], isUnmapped);
            if (!duplicate[row] && !isUnmapped) {
                used[count++] = row;
            }
        }
        tally.nameSources(dictionary);
        return Arrays.copyOf(used, count);
    }

    /** Marks every row of which there is a better one of the same day and key. */
    private static boolean[] duplicates(Words words) {
        int size = words.size();
        boolean[] duplicate = new boolean[size];
        int[] best = new int[Math.max(2, Integer.highestOneBit(Math.max(1, size)) << 2)];
        Arrays.fill(best, -1);
        int mask = best.length - 1;
        for (int row = 0; row < size; row++) {
            if (words.isNull(row, EventShape.KEY)) {
                continue;
            }
            int slot = (int) words.get(row, EventShape.KEY) & mask;
            while (best[slot] >= 0 && !sameKey(words, best[slot], row)) {
                slot = (slot + 1) & mask;
            }
            if (best[slot] < 0) {
                best[slot] = row;
            } else if (isBetter(words, row, best[slot])) {
                duplicate[best[slot]] = true;
                best[slot] = row;
            } else {
                duplicate[row] = true;
            }
        }
        return duplicate;
    }

    private static boolean sameKey(Words words, int left, int right) {
        return words.get(left, EventShape.KEY) == words.get(right, EventShape.KEY)
                && words.get(left, EventShape.OTHER_KEY) == words.get(right, EventShape.OTHER_KEY)
                && words.get(left, Events.DAY) == words.get(right, Events.DAY);
    }

    private static boolean isBetter(Words words, int row, int than) {
        int order = Long.compare(words.get(than, EventShape.TOKENS), words.get(row, EventShape.TOKENS));
        if (order == 0) {
            order = Boolean.compare(words.isNull(row, Events.PERSON), words.isNull(than, Events.PERSON));
        }
        if (order == 0) {
            order = Long.compare(words.get(row, EventShape.ROW_HASH), words.get(than, EventShape.ROW_HASH));
        }
        if (order == 0) {
            order = Long.compare(words.get(than, EventShape.ABSENT), words.get(row, EventShape.ABSENT));
        }
        return order < 0;
    }
}
