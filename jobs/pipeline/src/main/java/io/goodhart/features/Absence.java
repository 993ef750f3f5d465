package io.goodhart.features;

import io.goodhart.tables.Absences;
import io.goodhart.tables.PersonDays;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A stretch of days on which a person was away, or on call.
 *
 * @param from first day
 * @param to last day
 * @param onCall whether the person was on call; away, otherwise
 */
record Absence(LocalDate from, LocalDate to, boolean onCall) {
    /** The column of {@link #byPerson} that holds a person's stretches. */
    static final String STRETCHES = "person_absences";

    /** The kind of a stretch on call. */
    static final String ON_CALL = "on_call";

    /** Returns one row a person with stretches: as many as somebody's leaves and shifts. */
    static Dataset<Row> byPerson(Dataset<Row> absences) {
        return absences.groupBy(Absences.PERSON_ID.col())
                .agg(functions
                        .collect_list(
                                functions.struct(Absences.FROM_DATE.col(), Absences.TO_DATE.col(), Absences.KIND.col()))
                        .as(STRETCHES));
    }

    /**
     * Returns whether hours of duty fall on {@code date}, a UTC date: from midnight of the first day to the end of the last one's night, on
     * the clock of {@code zone}.
     */
    boolean isDutyOn(LocalDate date, ZoneId zone) {
        return onCall
                && begin(date.plusDays(1), zone).isAfter(from.atStartOfDay())
                && begin(date, zone).isBefore(to.plusDays(1).atTime(PersonDays.NIGHT_ENDS, 0));
    }

    private static LocalDateTime begin(LocalDate date, ZoneId zone) {
        return LocalDateTime.ofInstant(date.atStartOfDay(ZoneOffset.UTC).toInstant(), zone);
    }

    boolean holds(LocalDate date) {
        return !date.isBefore(from) && !date.isAfter(to);
    }
}
