package io.goodhart.features;

import io.goodhart.rows.LongIds;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts that come back on several days. Most never do, so only those that could count in a window are looked at there. Serves one person
 * after the other.
 */
final class ReplayedPrompts {
    /** On how many days a prompt must come to count as replayed. */
    static final int DAYS = 3;

    private final LongIds prompts = new LongIds();
    private int[] times = new int[1024];

    /** Numbers, from 0 on, the prompts that came on {@link #DAYS} of a person's days or more, and tells each day its own. */
    void mark(List<PersonDay> days) {
        prompts.clear();
        for (PersonDay day : days) {
            for (long prompt : day.prompts()) {
                int known = prompts.size();
                int id = prompts.idOf(prompt);
                if (id == times.length) {
                    times = Arrays.copyOf(times, 2 * id);
                }
                times[id] = id == known ? 1 : times[id] + 1;
            }
        }
        int[] numbers = new int[prompts.size()];
        int repeated = 0;
        for (int id = 0; id < numbers.length; id++) {
            numbers[id] = times[id] >= DAYS ? repeated++ : -1;
        }
        if (repeated > 0) {
            for (PersonDay day : days) {
                day.repeating(Arrays.stream(day.prompts())
                        .mapToInt(prompt -> numbers[prompts.idOf(prompt)])
                        .filter(number -> number >= 0)
                        .toArray());
            }
        }
    }
}
