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

    /** Some times as many as a person's prompts of half a year, and no more than what is near a processor. */
    private static final int SIEVE_BITS = 14;

    private final byte[] sieve = new byte[1 << SIEVE_BITS];
    private final LongIds prompts = new LongIds();
    private int[] times = new int[1024];

    /** Numbers, from 0 on, the prompts that came on {@link #DAYS} of a person's days or more, and tells each day its own. */
    void mark(List<PersonDay> days) {
        fillSieve(days);
        prompts.clear();
        for (PersonDay day : days) {
            for (long prompt : day.prompts()) {
                if (sieve[hole(prompt)] < DAYS) {
                    continue;
                }
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
                        .filter(prompt -> sieve[hole(prompt)] >= DAYS)
                        .mapToInt(prompt -> numbers[prompts.idOf(prompt)])
                        .filter(number -> number >= 0)
                        .toArray());
            }
        }
    }

    /** Counts the days of prompts, several together: what does not reach {@link #DAYS} even so, and most do not, needs no closer look. */
    private void fillSieve(List<PersonDay> days) {
        Arrays.fill(sieve, (byte) 0);
        for (PersonDay day : days) {
            for (long prompt : day.prompts()) {
                int hole = hole(prompt);
                sieve[hole] = (byte) Math.min(sieve[hole] + 1, DAYS);
            }
        }
    }

    private static int hole(long prompt) {
        return (int) ((prompt * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - SIEVE_BITS));
    }
}
