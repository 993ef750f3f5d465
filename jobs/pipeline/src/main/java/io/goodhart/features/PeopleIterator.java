package io.goodhart.features;

import com.esotericsoftware.kryo.io.Input;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads people from {@link PersonRows}, one at a time: a person's days are at most those of a history. */
final class PeopleIterator implements Iterator<Person> {
    private final Iterator<InternalRow> rows;
    private final Set<String> premiumModels;
    private final Input packed = new Input();
    private final Names names = new Names();
    private final ReplayedPrompts replayed = new ReplayedPrompts();
    private InternalRow pending;

    /** @param premiumModels the models of the dearest class */
    PeopleIterator(Iterator<InternalRow> rows, Set<String> premiumModels) {
        this.rows = rows;
        this.premiumModels = premiumModels;
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
        if (pending.isNullAt(PersonRows.WEEK)) {
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
        while (pending != null && pending.getUTF8String(PersonRows.PERSON).equals(id)) {
            packed.setBuffer(pending.getBinary(PersonRows.PACKED));
            PackedWeek.unpack(
                    LocalDate.ofEpochDay(pending.getInt(PersonRows.WEEK)), packed, premiumModels, names, days);
            advance();
        }
        return days;
    }

    private void advance() {
        pending = rows.hasNext() ? rows.next() : null;
    }
}
