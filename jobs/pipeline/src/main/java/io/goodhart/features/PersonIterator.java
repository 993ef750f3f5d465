package io.goodhart.features;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Gathers rows that are sorted by person, date and source into people, and hands each to a function. A row without a source tells only
 * what a day has in common with other people's.
 */
final class PersonIterator<T> implements Iterator<T> {
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

    private final Iterator<Row> rows;
    private final Set<String> premiumModels;
    private final Function<Person, List<T>> windowsOf;
    private Row pending;
    private Iterator<T> ready = List.<T>of().iterator();

    PersonIterator(Iterator<Row> rows, Set<String> premiumModels, Function<Person, List<T>> windowsOf) {
        this.rows = rows;
        this.premiumModels = premiumModels;
        this.windowsOf = windowsOf;
        this.pending = rows.hasNext() ? rows.next() : null;
    }

    /** Returns the columns of a row, in the order that is read here. */
    static Column[] reads() {
        return Stream.concat(
                        HEAD.stream().map(functions::col),
                        PersonDay.READS.stream().map(ColumnSpec::col))
                .toArray(Column[]::new);
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext() && pending != null) {
            ready = windowsOf.apply(gather()).iterator();
        }
        return ready.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.next();
    }

    private Person gather() {
        Row first = pending;
        String id = first.getString(0);
        List<PersonDay> days = new ArrayList<>();
        PersonDay day = null;
        while (pending != null && pending.getString(0).equals(id)) {
            LocalDate date = pending.getDate(DATE).toLocalDate();
            if (day == null || !day.date().equals(date)) {
                day = new PersonDay(date);
                days.add(day);
            }
            day.addSharedPrompts(pending.isNullAt(SHARED) ? 0 : pending.getLong(SHARED));
            day.addReciprocalMerges(pending.isNullAt(RECIPROCAL) ? 0 : pending.getLong(RECIPROCAL));
            day.add(pending, HEAD.size(), premiumModels);
            pending = rows.hasNext() ? rows.next() : null;
        }
        Person person = new Person(
                id,
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
