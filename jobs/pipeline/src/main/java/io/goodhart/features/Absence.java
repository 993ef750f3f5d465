package io.goodhart.features;

import io.goodhart.tables.Absences;
import java.time.LocalDate;
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

    boolean holds(LocalDate date) {
        return !date.isBefore(from) && !date.isAfter(to);
    }
}
