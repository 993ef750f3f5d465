package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.FeatureSet;
import io.goodhart.features.OwnWeek;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person who sends half of the requests again, where peers send none, and has long paid ten times as much for a token. */
class SinceTest {
    private static final String HABIT = "cost_a_million_tokens";
    private static final String NEW = "repeated_prompt_share";
    private static final LocalDate FIRST = LocalDate.parse("2024-02-19");
    private static final LocalDate NIGHT = LocalDate.parse("2024-05-12");
    private static final Map<String, Double> PEERS = Map.of(HABIT, 1.0, NEW, 0.0);
    private static final Map<String, Double> NOW = Map.of(HABIT, 10.0, NEW, 0.5);

    @ParameterizedTest
    @ValueSource(strings = {"2024-03-11", "2024-04-28", "2024-05-12"})
    void aFindingBeginsWhereItsFeaturesTurnFromThePeers(LocalDate turned) {
        assertThat(began(Map.of(NEW, 1.0), Map.of(NEW, 0.0), day -> false, day -> !day.isBefore(turned)))
                .contains(turned);
    }

    @Test
    void aHabitAsOldAsIsKnownTellsNothingOfTheTurn() {
        LocalDate turned = LocalDate.parse("2024-04-15");

        assertThat(began(
                        Map.of(HABIT, 2.0, NEW, 1.0),
                        Map.of(HABIT, 9.0, NEW, 0.05),
                        day -> true,
                        day -> !day.isBefore(turned)))
                .contains(turned);
    }

    @Test
    void whereAllIsHabitTheFindingIsAsOldAsIsKnown() {
        assertThat(began(Map.of(HABIT, 2.0, NEW, 1.0), Map.of(HABIT, 9.0, NEW, 0.5), day -> true, day -> true))
                .contains(FIRST);
    }

    @Test
    void whoHasNoEarlierWeeksIsHeldAgainstThePeers() {
        assertThat(began(Map.of(HABIT, 2.0, NEW, 1.0), Map.of(), day -> true, day -> true))
                .contains(FIRST);
    }

    @Test
    void aPauseOfAWeekIsBorneAndALongerOneIsNot() {
        LocalDate back = LocalDate.parse("2024-05-01");
        for (int pause : new int[] {7, 8}) {
            Optional<LocalDate> began = began(
                    Map.of(NEW, 1.0),
                    Map.of(NEW, 0.0),
                    day -> false,
                    day -> !day.isBefore(back) || day.equals(back.minusDays(pause)));

            assertThat(began).contains(pause == 7 ? back.minusDays(7) : back);
        }
    }

    @Test
    void whatOnlySundaysTellBeginsOnTheFirstOfThem() {
        LocalDate firstSunday = LocalDate.parse("2024-04-14");

        assertThat(began(
                        Map.of(NEW, 1.0),
                        Map.of(NEW, 0.0),
                        day -> false,
                        day -> day.getDayOfWeek() == DayOfWeek.SUNDAY && !day.isBefore(firstSunday)))
                .contains(firstSunday);
    }

    @Test
    void whereNoWeekIsStrangeByItselfNothingBegan() {
        assertThat(began(Map.of(NEW, 1.0), Map.of(NEW, 0.0), day -> false, day -> false))
                .isEmpty();
    }

    @Test
    void aFindingThatGoesOnKeepsTheLevelThatItWasFoundWith() {
        LocalDate since = FIRST.plusDays(40);
        SortedMap<LocalDate, OwnWeek> weeks = new TreeMap<>();
        for (LocalDate day = FIRST.minusDays(30); !day.isAfter(NIGHT); day = day.plusDays(1)) {
            double[] week = new double[FeatureSet.names().size()];
            week[FeatureSet.names().indexOf("tokens_a_day")] = day.isBefore(FIRST) ? 9_000 : 10;
            week[FeatureSet.names().indexOf("cost_a_day")] = 1;
            weeks.put(day, new OwnWeek(7, week));
        }
        LocalDate found = since.plusDays(5);
        long daysBack = ChronoUnit.DAYS.between(FIRST, found);
        OwnLevel first = new Since.Past(Map.of("p1", weeks), found, daysBack).levelBefore("p1", since, found);
        Since.Past later = new Since.Past(Map.of("p1", weeks), found.plusDays(daysBack), daysBack);

        assertThat(first).isEqualTo(new OwnLevel(10, 1, 5));
        assertThat(later.levelBefore("p1", since, found)).isEqualTo(first);
        assertThat(later.levelBefore("p1", since, found.plusDays(daysBack)).isKnown())
                .as("what a first night so late would see of it")
                .isFalse();
    }

    private static Optional<LocalDate> began(
            Map<String, Double> contributions,
            Map<String, Double> ownBaselines,
            Predicate<LocalDate> dear,
            Predicate<LocalDate> repeating) {
        SortedMap<LocalDate, OwnWeek> weeks = new TreeMap<>();
        for (LocalDate day = FIRST; !day.isAfter(NIGHT); day = day.plusDays(1)) {
            double[] week = new double[FeatureSet.names().size()];
            week[FeatureSet.names().indexOf(HABIT)] = dear.test(day) ? 10 : 1;
            week[FeatureSet.names().indexOf(NEW)] = repeating.test(day) ? 0.5 : 0;
            weeks.put(day, new OwnWeek(7, week));
        }
        Candidate candidate = Evidences.candidate("p1", Evidences.of(contributions, PEERS, ownBaselines, NOW));
        return new Since.Past(Map.of("p1", weeks), NIGHT, ChronoUnit.DAYS.between(FIRST, NIGHT)).began(candidate);
    }
}
