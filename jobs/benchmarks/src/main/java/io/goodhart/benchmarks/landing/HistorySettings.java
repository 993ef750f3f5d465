package io.goodhart.benchmarks.landing;

import java.nio.file.Path;

/**
 * A made-up history of requests.
 *
 * @param events rows, over all days
 * @param people different people
 * @param days one file each
 * @param hotShare share of rows that one person makes, 0 to 1
 * @param isDirty whether 2 % of rows come twice, 1 % belong to nobody and 0.5 % break a rule
 * @param seed of everything
 */
public record HistorySettings(long events, int people, int days, double hotShare, boolean isDirty, long seed) {
    /** The history of point 1 of the table: 20 million events of 20,000 people over 90 days. */
    public static HistorySettings twentyMillion() {
        return new HistorySettings(20_000_000, 20_000, 90, 0, true, 1);
    }

    /** Returns where it is written. */
    Path input() {
        return Child.FOLDER.resolve("history-" + hashCode());
    }

    /** Returns where {@code variant} lands it: no other history lands there. */
    Path landed(String variant) {
        return Child.FOLDER.resolve("out-" + variant + "-" + hashCode());
    }
}
