package io.goodhart.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.simulation.Injection.Events;
import io.goodhart.simulation.Injection.Subject;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.UsageEvents;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InjectionTest {
    private static final LocalDate FROM = LocalDate.parse("2026-05-18");
    private static final LocalDate UNTIL = LocalDate.parse("2026-05-31");
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final RealCompany COMPANY = new RealCompany(
            List.of("a", "b", "c", "d"),
            "a",
            "d",
            50_000,
            OptionalLong.of(100_000_000),
            OptionalLong.empty(),
            5,
            true,
            true);
    private static final List<Subject> PEOPLE = List.of(subject("p1"), subject("p2"), subject("p3"));

    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void theSameArgumentsLeaveTheSameEvents(Behaviour behaviour) {
        Events played = played(behaviour, 1);

        assertThat(played.usage()).isEqualTo(played(behaviour, 1).usage());
        assertThat(played).isNotEqualTo(new Events(own(), List.of(), List.of()));
    }

    /** These people's source tells neither credentials nor lines, and bills nothing by the request. */
    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void eventsStayWithinTheWindowHaveKeysOfTheirOwnAndTellNoMoreThanThePersonsOwnRows(Behaviour behaviour) {
        List<Row> usage = played(behaviour, 1).usage();

        assertThat(values(usage, UsageEvents.EVENT_ID)).hasSameSizeAs(usage);
        for (Row row : usage) {
            int day = (Integer) value(row, UsageEvents.EVENT_DATE);
            assertThat(day).isBetween((int) FROM.toEpochDay(), (int) UNTIL.toEpochDay());
            assertThat((Long) value(row, UsageEvents.EVENT_TIME) / MICROS_A_DAY).isEqualTo(day);
        }
        assertThat(values(usage, UsageEvents.CREDENTIAL_ID)).containsOnlyNulls();
        assertThat(values(usage, UsageEvents.LINES_SUGGESTED)).containsOnlyNulls();
        assertThat(values(usage, UsageEvents.COST_USD)).containsOnlyNulls();
        assertThat(values(usage, UsageEvents.SOURCE)).containsOnly("gateway");
        assertThat(values(usage, UsageEvents.MODEL)).isSubsetOf(COMPANY.models());
    }

    @Test
    void ownRequestsThatGamingDoesNotTouchLeaveAsTheyWere() {
        assertThat(played(Behaviour.PING_PONG, 1).usage()).containsAll(own());
    }

    @Test
    void aSitterKeepsNothingButTheOddRequest() {
        assertThat(played(Behaviour.THRESHOLD_SITTING, 1).usage())
                .doesNotContainAnyElementsOf(own())
                .hasSizeBetween(1, PEOPLE.size() * 4);
    }

    @Test
    void lessVolumeAddsFewerRequests() {
        assertThat(played(Behaviour.PING_PONG, 0.25).usage().size())
                .isLessThan(played(Behaviour.PING_PONG, 1).usage().size());
    }

    @Test
    void whatTheTablesCannotShowIsNotKnown() {
        RealCompany bare = new RealCompany(
                List.of("a"), "a", "a", 1_000, OptionalLong.empty(), OptionalLong.empty(), 5, false, false);
        assertThat(Behaviour.ALL.stream().filter(behaviour -> !bare.knows(behaviour)))
                .containsExactly(
                        Behaviour.CAP_CALIBRATION,
                        Behaviour.OUTPUT_SPLITTING,
                        Behaviour.MODEL_FANOUT,
                        Behaviour.RISKY_UNSUPERVISED);
    }

    private static Events played(Behaviour behaviour, double volume) {
        return new Injection(behaviour, volume, FROM, UNTIL, 1, COMPANY).into(PEOPLE);
    }

    private static List<Row> own() {
        return PEOPLE.stream()
                .flatMap(person -> person.events().usage().stream())
                .toList();
    }

    /** Three requests at noon of every day. */
    private static Subject subject(String person) {
        List<Row> usage = new ArrayList<>();
        for (LocalDate day = FROM; !day.isAfter(UNTIL); day = day.plusDays(1)) {
            for (int number = 0; number < 3; number++) {
                Object[] values = new Object[UsageEvents.CONTRACT.columns().size()];
                set(values, UsageEvents.EVENT_ID, person + day + number);
                set(values, UsageEvents.EVENT_TIME, day.toEpochDay() * MICROS_A_DAY + MICROS_A_DAY / 2 + number);
                set(values, UsageEvents.EVENT_DATE, (int) day.toEpochDay());
                set(values, UsageEvents.PERSON_ID, person);
                set(values, UsageEvents.SOURCE, "gateway");
                set(values, UsageEvents.MODEL, "b");
                set(values, UsageEvents.SESSION_ID, "s" + day);
                set(values, UsageEvents.INPUT_TOKENS, 2_000L);
                set(values, UsageEvents.CACHE_READ_TOKENS, 40_000L);
                set(values, UsageEvents.OUTPUT_TOKENS, 300L);
                usage.add(RowFactory.create(values));
            }
        }
        return new Subject(person, ZoneId.of("Europe/Berlin"), new Events(usage, List.of(), List.of()));
    }

    private static void set(Object[] values, ColumnSpec column, Object value) {
        values[UsageEvents.CONTRACT.columns().indexOf(column)] = value;
    }

    private static Set<Object> values(List<Row> rows, ColumnSpec column) {
        Set<Object> values = new HashSet<>();
        rows.forEach(row -> values.add(value(row, column)));
        return values;
    }

    private static Object value(Row row, ColumnSpec column) {
        return row.get(UsageEvents.CONTRACT.columns().indexOf(column));
    }
}
