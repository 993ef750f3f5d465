package io.goodhart.features;

import io.goodhart.tables.Absences;
import java.time.LocalDate;
import java.util.List;
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
    static final String COLUMN = "person_absences";

    private static final String ON_CALL = "on_call";

    /** Returns one row a person with stretches: as many as somebody's leaves and shifts. */
    static Dataset<Row> byPerson(Dataset<Row> absences) {
        return absences.groupBy(Absences.PERSON_ID.col())
                .agg(functions
                        .collect_list(
                                functions.struct(Absences.FROM_DATE.col(), Absences.TO_DATE.col(), Absences.KIND.col()))
                        .as(COLUMN));
    }

    /** Returns the stretches of a row's list. */
    static List<Absence> of(List<Row> stretches) {
        return stretches.stream()
                .map(row -> new Absence(
                        row.getDate(0).toLocalDate(),
                        row.getDate(1).toLocalDate(),
                        row.getString(2).equals(ON_CALL)))
                .toList();
    }

    boolean holds(LocalDate date) {
        return !date.isBefore(from) && !date.isAfter(to);
    }
}
