package io.goodhart.landing;

import io.goodhart.rows.LongIds;
import io.goodhart.rows.Texts;
import io.goodhart.tables.PersonDays;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** Who merged a person's work in a day, how often, and how often at once. */
final class Mergers {
    private final LongIds people = new LongIds();
    private long[] merges = new long[16];
    private long[] quick = new long[16];

    void clear() {
        people.clear();
    }

    void add(int personCode, boolean isQuick) {
        int known = people.size();
        int person = people.idOf(personCode);
        if (person == known) {
            if (person == merges.length) {
                merges = Arrays.copyOf(merges, 2 * person);
                quick = Arrays.copyOf(quick, 2 * person);
            }
            merges[person] = 0;
            quick[person] = 0;
        }
        merges[person]++;
        quick[person] += isQuick ? 1 : 0;
    }

    /** Returns entries in the shape of {@code PersonDays.MERGER}, sorted by person, or null where nobody is told. */
    GenericArrayData rowsOrNull(Texts texts) {
        if (people.size() == 0) {
            return null;
        }
        Comparator<Integer> byId = Comparator.comparing((Integer person) -> id(person, texts));
        return new GenericArrayData(IntStream.range(0, people.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer person) -> -merges[person])
                        .thenComparing(byId))
                .limit(PersonDays.MOST_MERGERS)
                .sorted(byId)
                .map(person -> new GenericInternalRow(new Object[] {id(person, texts), merges[person], quick[person]}))
                .toArray());
    }

    private UTF8String id(int person, Texts texts) {
        return texts.text((int) people.value(person));
    }
}
