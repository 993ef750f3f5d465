package io.goodhart.features;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/** Sampled prompts of a part of a week, in runs of one person and day each, packed for an exchange. */
final class SentPrompts implements Serializable {
    private static final long serialVersionUID = 1;

    private byte[] people = new byte[256];
    private int[] peopleStarts = new int[17];
    private int[] days = new int[16];
    private int[] starts = new int[17];
    private long[] prompts = new long[64];
    private int runs;

    /** Begins a run; the prompts added from now on are its own. */
    void begin(byte[] person, int day) {
        if (runs == days.length) {
            days = Arrays.copyOf(days, 2 * runs);
            peopleStarts = Arrays.copyOf(peopleStarts, 2 * runs + 1);
            starts = Arrays.copyOf(starts, 2 * runs + 1);
        }
        int from = peopleStarts[runs];
        if (from + person.length > people.length) {
            people = Arrays.copyOf(people, 2 * people.length + person.length);
        }
        System.arraycopy(person, 0, people, from, person.length);
        days[runs] = day;
        runs++;
        peopleStarts[runs] = from + person.length;
        starts[runs] = starts[runs - 1];
    }

    void add(long prompt) {
        int size = size();
        if (size == prompts.length) {
            prompts = Arrays.copyOf(prompts, 2 * size);
        }
        prompts[size] = prompt;
        starts[runs]++;
    }

    int size() {
        return starts[runs];
    }

    int runs() {
        return runs;
    }

    UTF8String person(int run) {
        return UTF8String.fromBytes(people, peopleStarts[run], peopleStarts[run + 1] - peopleStarts[run]);
    }

    /** Returns the day of a run, in days since 1970. */
    int day(int run) {
        return days[run];
    }

    /** Returns where a run's prompts begin, and the one's before it end. */
    int start(int run) {
        return starts[run];
    }

    long prompt(int index) {
        return prompts[index];
    }
}
