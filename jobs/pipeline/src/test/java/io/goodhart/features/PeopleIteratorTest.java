package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.io.Output;
import io.goodhart.tables.Absences;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class PeopleIteratorTest {
    private static final int DAY = (int) LocalDate.parse("2024-02-29").toEpochDay();

    @Test
    void whoHasNoFactsIsUnknownAndWhoHasNoDaysIsThere() {
        List<Person> people = listed(List.of(facts("a"), counts("b", DAY, 2, 1), facts("c"), facts("ж"))
                .iterator());

        assertThat(people).extracting(Person::id).containsExactly("a", "b", "c", "ж");
        assertThat(people).extracting(Person::role).containsExactly("sre", People.UNKNOWN, "sre", "sre");
        assertThat(people).extracting(person -> person.days().size()).containsExactly(0, 1, 0, 0);
    }

    @Test
    void whatADayHasInCommonWithOthersAddsUp() {
        Person person = listed(List.of(row("a", PackedWeek.monday(DAY), output -> {
                            append(output, entry -> PackedWeek.packCommon(DAY, 2, 1, entry));
                            append(output, entry -> PackedWeek.packCommon(DAY, 3, 0, entry));
                            append(output, entry -> PackedWeek.packCommon(DAY + 1, 1, 1, entry));
                        }))
                        .iterator())
                .get(0);

        assertThat(person.days())
                .extracting(PersonDay::date)
                .containsExactly(LocalDate.parse("2024-02-29"), LocalDate.parse("2024-03-01"));
        assertThat(person.days()).extracting(PersonDay::sharedPrompts).containsExactly(5L, 1L);
        assertThat(person.days()).extracting(PersonDay::reciprocalMerges).containsExactly(1L, 1L);
    }

    @Test
    void ofNoRowsThereIsNobody() {
        PeopleIterator nobody = new PeopleIterator(List.<InternalRow>of().iterator(), Set.of());

        assertThat(nobody.hasNext()).isFalse();
        assertThatThrownBy(nobody::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void daysAndFactsOfAPersonMeetWhateverTheTablesTheyComeFrom() {
        List<TestRow> days = List.of(
                day("p2", "2026-05-05", 5),
                day("p1", "2026-05-05", 2),
                day("p1", "2026-05-04", 1),
                day("ж", "2026-05-04", 7));
        Map<String, Person> people = PersonRows.of(
                        PackedWeeks.of(Rows.dataset(days)),
                        Rows.dataset(Rows.of(People.CONTRACT).by("p1").with(People.ROLE, "ml")),
                        Rows.dataset(Rows.of(Absences.CONTRACT)
                                .by("p2")
                                .with(Absences.FROM_DATE, "2026-05-04")
                                .with(Absences.TO_DATE, "2026-05-04")
                                .with(Absences.KIND, "leave")))
                .map(InternalRow::copy)
                .glom()
                .collect()
                .stream()
                .flatMap(part -> listed(part.iterator()).stream())
                .collect(Collectors.toMap(Person::id, person -> person));

        assertThat(people.keySet()).containsExactlyInAnyOrder("p1", "p2", "ж");
        assertThat(people.get("p1").role()).isEqualTo("ml");
        assertThat(people.get("p1").days())
                .extracting(each -> each.sum(WindowTotals.place(PersonDays.REQUESTS)))
                .containsExactly(1L, 2L);
        assertThat(people.get("p2").isAway(LocalDate.parse("2026-05-04"))).isTrue();
        assertThat(people.get("ж").absences()).isEmpty();
    }

    private static TestRow day(String person, String date, long requests) {
        return Days.day(date).by(person).with(PersonDays.REQUESTS, requests);
    }

    private static InternalRow facts(String person) {
        return row(person, null, output -> {
            output.writeString("sre");
            output.writeString("t");
            output.writeString("o");
            output.writeString("UTC");
            output.writeBoolean(true);
            output.writeBoolean(true);
            output.writeDouble(1);
            output.writeVarInt(0, true);
        });
    }

    private static InternalRow counts(String person, int day, long shared, long reciprocal) {
        return row(
                person,
                PackedWeek.monday(day),
                output -> append(output, entry -> PackedWeek.packCommon(day, shared, reciprocal, entry)));
    }

    private static void append(Output week, Consumer<Output> packing) {
        Output entry = new Output(64, -1);
        packing.accept(entry);
        PackedWeek.append(entry.toBytes(), week);
    }

    private static InternalRow row(String person, Integer mondayOrNull, Consumer<Output> packing) {
        Output output = new Output(64, -1);
        packing.accept(output);
        return new GenericInternalRow(new Object[] {UTF8String.fromString(person), mondayOrNull, output.toBytes()});
    }

    private static List<Person> listed(Iterator<InternalRow> rows) {
        List<Person> people = new ArrayList<>();
        new PeopleIterator(rows, Set.of()).forEachRemaining(people::add);
        return people;
    }
}
