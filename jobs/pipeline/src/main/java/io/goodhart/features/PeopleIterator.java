package io.goodhart.features;

import com.esotericsoftware.kryo.io.Input;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads people from {@link PersonRows}, one at a time: a person's days are at most those of a history. */
final class PeopleIterator implements Iterator<Person> {
    private final Iterator<InternalRow> rows;
    private final Map<UTF8String, String> sources = new HashMap<>();
    private final Input packed = new Input();
    private final ReplayedPrompts replayed = new ReplayedPrompts();
    private InternalRow pending;

    PeopleIterator(Iterator<InternalRow> rows) {
        this.rows = rows;
        advance();
    }

    @Override
    public boolean hasNext() {
        return pending != null;
    }

    @Override
    public Person next() {
        if (pending == null) {
            throw new NoSuchElementException();
        }
        UTF8String id = pending.getUTF8String(PersonRows.PERSON).clone();
        byte[] factsOrNull = null;
        if (pending.isNullAt(PersonRows.DATE)) {
            factsOrNull = pending.getBinary(PersonRows.PACKED);
            advance();
        }
        List<PersonDay> days = days(id);
        replayed.mark(days);
        if (factsOrNull == null) {
            return PackedFacts.unknown(id.toString(), days);
        }
        packed.setBuffer(factsOrNull);
        Person person = PackedFacts.person(id.toString(), packed, days);
        days.stream().filter(day -> person.isOnCall(day.date())).forEach(PersonDay::onCall);
        return person;
    }

    private List<PersonDay> days(UTF8String id) {
        List<PersonDay> days = new ArrayList<>();
        PersonDay day = null;
        while (pending != null && pending.getUTF8String(PersonRows.PERSON).equals(id)) {
            int date = pending.getInt(PersonRows.DATE);
            if (day == null || day.date().toEpochDay() != date) {
                day = new PersonDay(LocalDate.ofEpochDay(date));
                days.add(day);
            }
            packed.setBuffer(pending.getBinary(PersonRows.PACKED));
            if (pending.isNullAt(PersonRows.SOURCE)) {
                day.addSharedPrompts(packed.readVarLong(true));
                day.addReciprocalMerges(packed.readVarLong(true));
            } else {
                PackedDay.layOver(day, source(pending.getUTF8String(PersonRows.SOURCE)), packed);
            }
            advance();
        }
        return days;
    }

    private String source(UTF8String name) {
        String known = sources.get(name);
        if (known == null) {
            known = name.toString();
            sources.put(name.clone(), known);
        }
        return known;
    }

    private void advance() {
        pending = rows.hasNext() ? rows.next() : null;
    }
}
