package io.goodhart.features;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads people from rows of days with what is known of their person; a row without a source tells only what a day has in common with others'. */
final class PersonRows {
    private static final List<String> HEAD = List.of(
            PersonDays.PERSON_ID.name(),
            People.ROLE.name(),
            People.TEAM_ID.name(),
            People.ORG_ID.name(),
            People.START_DATE.name(),
            People.END_DATE.name(),
            People.FTE.name(),
            Absence.COLUMN,
            PersonDays.EVENT_DATE.name(),
            SharedPrompts.COUNT,
            ReciprocalMerges.COUNT);
    private static final int SHARED = HEAD.indexOf(SharedPrompts.COUNT);
    private static final int RECIPROCAL = HEAD.indexOf(ReciprocalMerges.COUNT);
    private static final int DATE = HEAD.indexOf(PersonDays.EVENT_DATE.name());
    private static final int START = HEAD.indexOf(People.START_DATE.name());
    private static final int END = HEAD.indexOf(People.END_DATE.name());
    private static final int FTE = HEAD.indexOf(People.FTE.name());
    private static final int ABSENCES = HEAD.indexOf(Absence.COLUMN);

    private PersonRows() {}

    /** Returns the columns of a row, in the order that is read here. */
    static Column[] reads() {
        return Stream.concat(
                        HEAD.stream().map(functions::col),
                        PersonDay.READS.stream().map(ColumnSpec::col))
                .toArray(Column[]::new);
    }

    /**
     * Returns the person of {@code rows}, all of one person, in order of date.
     *
     * @param premiumModels the models of the dearest class
     */
    static Person person(List<Row> rows, Set<String> premiumModels) {
        Row first = rows.get(0);
        List<PersonDay> days = new ArrayList<>();
        PersonDay day = null;
        for (Row row : rows) {
            LocalDate date = row.getDate(DATE).toLocalDate();
            if (day == null || !day.date().equals(date)) {
                day = new PersonDay(date);
                days.add(day);
            }
            day.addSharedPrompts(row.isNullAt(SHARED) ? 0 : row.getLong(SHARED));
            day.addReciprocalMerges(row.isNullAt(RECIPROCAL) ? 0 : row.getLong(RECIPROCAL));
            day.add(row, HEAD.size(), premiumModels);
        }
        Person person = new Person(
                first.getString(0),
                orUnknown(first, 1),
                orUnknown(first, 2),
                orUnknown(first, 3),
                first.isNullAt(START) ? null : first.getDate(START).toLocalDate(),
                first.isNullAt(END) ? null : first.getDate(END).toLocalDate(),
                first.isNullAt(FTE) ? 1 : first.getDouble(FTE),
                first.isNullAt(ABSENCES) ? List.of() : Absence.of(first.getList(ABSENCES)),
                days);
        days.stream().filter(each -> person.isOnCall(each.date())).forEach(PersonDay::onCall);
        return person;
    }

    private static String orUnknown(Row row, int index) {
        return row.isNullAt(index) ? People.UNKNOWN : row.getString(index);
    }
}
