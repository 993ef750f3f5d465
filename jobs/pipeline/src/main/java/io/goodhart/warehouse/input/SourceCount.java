package io.goodhart.warehouse.input;

import io.goodhart.tables.SourceHealth;
import java.time.LocalDate;
import org.apache.spark.sql.Row;

/**
 * What one source delivered for one day.
 *
 * @param day UTC
 * @param source where the rows come from
 * @param seen valid rows, duplicates left out
 * @param duplicate valid rows whose key a better row has
 * @param unmapped those of {@code seen} that belong to nobody known
 */
public record SourceCount(LocalDate day, String source, long seen, long duplicate, long unmapped) {

    /** Returns what a row of {@code source_health} was made from. */
    public static SourceCount of(Row health) {
        long seen = health.getAs(SourceHealth.SEEN.name());
        double duplicateShare = health.getAs(SourceHealth.DUPLICATE_SHARE.name());
        double unmappedShare = health.getAs(SourceHealth.UNMAPPED_SHARE.name());
        return new SourceCount(
                health.<java.sql.Date>getAs(SourceHealth.EVENT_DATE.name()).toLocalDate(),
                health.getAs(SourceHealth.SOURCE.name()),
                seen,
                // one copy of every key is seen, so the share of the others is below 1
                Math.round(seen * duplicateShare / (1 - duplicateShare)),
                Math.round(seen * unmappedShare));
    }

    static SourceCount none(LocalDate day, String source) {
        return new SourceCount(day, source, 0, 0, 0);
    }

    /** Returns the sum of two counts of the same source and day: a source may deliver to two tables. */
    SourceCount plus(SourceCount other) {
        return new SourceCount(day, source, seen + other.seen, duplicate + other.duplicate, unmapped + other.unmapped);
    }

    double duplicateShare() {
        return share(duplicate, seen + duplicate);
    }

    double unmappedShare() {
        return share(unmapped, seen);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
