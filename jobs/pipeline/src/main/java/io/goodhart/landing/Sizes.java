package io.goodhart.landing;

import io.goodhart.tables.PersonDays;
import java.util.Arrays;

/** How large the prompts of a day are, or the answers: those of a person at work differ, those of a script are of one size. */
final class Sizes {
    private long[] sizes = new long[64];
    private int count;

    void clear() {
        count = 0;
    }

    /** Adds a size in tokens; none tells nothing. */
    void add(long tokens) {
        if (tokens <= 0) {
            return;
        }
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        sizes[count++] = tokens;
    }

    /** Returns how many are of the commonest size beyond the first: within a tenth above the smallest of them. Null: there is none at all. */
    Long sameOrNull() {
        if (count == 0) {
            return null;
        }
        Arrays.sort(sizes, 0, count);
        int most = 0;
        int smallest = 0;
        for (int largest = 0; largest < count; largest++) {
            while (sizes[largest] - sizes[smallest] > sizes[smallest] / PersonDays.SAME_SIZE_PART) {
                smallest++;
            }
            most = Math.max(most, largest - smallest);
        }
        return (long) most;
    }
}
