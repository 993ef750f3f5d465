package io.goodhart.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PersonTest {
    private static final SimulationSettings SETTINGS = SimulationSettings.of(600, 84, LocalDate.of(2026, 5, 31), 4);
    private static final Casting CASTING = new Casting(SETTINGS);

    private static Stream<Person> everybody() {
        return IntStream.range(0, SETTINGS.people()).mapToObj(position -> Person.of(SETTINGS, CASTING, position));
    }

    private static Person first(LookAlike kind) {
        return everybody()
                .filter(person -> person.lookAlike() == kind)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(LookAlike.class)
    void everyLookAlikeIsThere(LookAlike kind) {
        assertThat(everybody().filter(person -> person.lookAlike() == kind)).isNotEmpty();
    }

    @Test
    void pseudonymsDiffer() {
        assertThat(everybody().map(Person::id).distinct()).hasSize(SETTINGS.people());
    }

    @Test
    void gamersBeginInTheLaterHalfAndThreeWeeksBeforeTheEndAtTheLatest() {
        assertThat(everybody()
                        .map(Person::gaming)
                        .filter(gaming -> gaming != null)
                        .map(Gaming::from))
                .hasSize(27)
                .allMatch(from -> !from.isBefore(SETTINGS.until().minusDays(56)))
                .allMatch(from -> !from.isAfter(SETTINGS.until().minusDays(21)))
                .allMatch(from -> from.isAfter(SETTINGS.from().plusDays(41)));
    }

    @Test
    void partTimersRestOnFixedWeekdays() {
        Person person = first(LookAlike.PART_TIME);

        assertThat(person.fte()).isLessThan(1);
        assertThat(workingDays(person).stream().map(LocalDate::getDayOfWeek).distinct())
                .hasSize((int) Math.round(5 * person.fte()))
                .doesNotContain(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    }

    @Test
    void whoIsAwayOrNotYetThereDoesNotWork() {
        assertThat(workingDays(first(LookAlike.NEW_HIRE)))
                .isNotEmpty()
                .allMatch(day -> !day.isBefore(first(LookAlike.NEW_HIRE).start()));
        Person back = first(LookAlike.LEAVE);
        assertThat(workingDays(back)).isNotEmpty().noneMatch(back.away().get(0)::holds);
    }

    @Test
    void ownersOfHeavyWorkDeclareIt() {
        DimensionRows rows = new DimensionRows(SETTINGS);

        assertThat(everybody().filter(person -> !rows.declaredWorkloads(person).isEmpty()))
                .isNotEmpty()
                .allMatch(person -> person.lookAlike().declared());
    }

    @Test
    void behavioursAreFoundByTheNameInTheCatalogue() {
        assertThat(Behaviour.called("runaway_loop")).contains(Behaviour.RUNAWAY_LOOP);
        assertThat(Behaviour.called("working")).isEqualTo(Optional.empty());
        assertThat(Behaviour.ALL).hasSize(17);
    }

    private static List<LocalDate> workingDays(Person person) {
        return SETTINGS.from()
                .datesUntil(SETTINGS.until().plusDays(1))
                .filter(day -> Calendar.works(person, day))
                .toList();
    }
}
