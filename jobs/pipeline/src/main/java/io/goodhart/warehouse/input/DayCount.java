package io.goodhart.warehouse.input;

import java.time.LocalDate;

/**
 * Where the rows of an event table's day went.
 *
 * @param day the UTC day
 * @param rowsIn rows in the footers of the day's files
 * @param rejected rows that break a rule
 * @param duplicate rows whose key a better row of the day has
 * @param unmapped rows of accounts that are mapped to nobody
 * @param used rows that are left
 * @param unknownValues values of optional enumerations that were made null
 */
public record DayCount(
        LocalDate day, long rowsIn, long rejected, long duplicate, long unmapped, long used, long unknownValues) {

    /** Returns whether every row in the footers met its fate. */
    boolean reconciles() {
        return rowsIn == rejected + duplicate + unmapped + used;
    }

    /** Returns the share of rows that break a rule, 0 to 1. */
    public double rejectedShare() {
        return rowsIn == 0 ? 0 : (double) rejected / rowsIn;
    }
}
