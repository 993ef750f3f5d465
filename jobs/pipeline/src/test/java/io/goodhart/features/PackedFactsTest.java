package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.goodhart.rows.InnerRows;
import io.goodhart.tables.Absences;
import io.goodhart.tables.People;
import io.goodhart.testing.Rows;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;

class PackedFactsTest {
    private static final LocalDate LEAP_DAY = LocalDate.parse("2024-02-29");

    @Test
    void factsComeOutOfThePackingAsTheyWentIn() {
        Map<String, Person> people = people();

        assertThat(people.get("p1"))
                .isEqualTo(new Person(
                        "p1",
                        "инженер",
                        "チーム",
                        "o1",
                        ZoneId.of("Australia/Sydney"),
                        LocalDate.parse("1969-12-31"),
                        LEAP_DAY,
                        0.8,
                        List.of(new Absence(LEAP_DAY, LEAP_DAY.plusDays(1), true)),
                        List.of()));
    }

    @Test
    void whoIsOnlyInOneOfTheTablesIsKnownByIt() {
        assertThat(people().get("only absent"))
                .isEqualTo(new Person(
                        "only absent",
                        People.UNKNOWN,
                        People.UNKNOWN,
                        People.UNKNOWN,
                        ZoneOffset.UTC,
                        null,
                        null,
                        1,
                        List.of(new Absence(LEAP_DAY, LEAP_DAY, false)),
                        List.of()));
        assertThat(people().get("p2").absences()).isEmpty();
        assertThat(people().get("p2").startOrNull()).isNull();
        assertThat(people().get("p2").fte()).isEqualTo(1);
        assertThat(people().get("p2").zone()).isEqualTo(ZoneOffset.UTC);
    }

    private static Map<String, Person> people() {
        return InnerRows.of(PackedFacts.of(
                        Rows.dataset(
                                Rows.of(People.CONTRACT)
                                        .by("p1")
                                        .with(People.ROLE, "инженер")
                                        .with(People.TEAM_ID, "チーム")
                                        .with(People.ORG_ID, "o1")
                                        .with(People.TIMEZONE, "Australia/Sydney")
                                        .with(People.START_DATE, "1969-12-31")
                                        .with(People.END_DATE, LEAP_DAY)
                                        .with(People.FTE, 0.8),
                                Rows.of(People.CONTRACT)
                                        .by("p2")
                                        .with(People.TIMEZONE, null)
                                        .with(People.START_DATE, null)
                                        .with(People.FTE, null)),
                        Rows.dataset(
                                Rows.of(Absences.CONTRACT)
                                        .by("p1")
                                        .with(Absences.FROM_DATE, LEAP_DAY)
                                        .with(Absences.TO_DATE, LEAP_DAY.plusDays(1))
                                        .with(Absences.KIND, "on_call"),
                                Rows.of(Absences.CONTRACT)
                                        .by("only absent")
                                        .with(Absences.FROM_DATE, LEAP_DAY)
                                        .with(Absences.TO_DATE, LEAP_DAY)
                                        .with(Absences.KIND, "leave"))))
                .map(InternalRow::copy)
                .collect()
                .stream()
                .map(PackedFactsTest::packedAndRead)
                .collect(Collectors.toMap(Person::id, person -> person));
    }

    private static Person packedAndRead(InternalRow row) {
        Output output = new Output(16, -1);
        PackedFacts.pack(row, PersonRows.PACKED, output);
        return PackedFacts.person(
                row.getUTF8String(PersonRows.PERSON).toString(), new Input(output.toBytes()), List.of());
    }
}
