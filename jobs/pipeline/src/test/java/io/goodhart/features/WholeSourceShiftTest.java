package io.goodhart.features;

import static io.goodhart.testing.Rows.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.Absences;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Forty engineers use one tool over twelve weeks, some of them a hundred times as much as others. In the second week of the window its
 * new client stops caching and its price is raised, for everybody on one day.
 */
class WholeSourceShiftTest {
    private static final LocalDate RUN_DATE = LocalDate.parse("2026-05-31");
    private static final LocalDate RELEASE = LocalDate.parse("2026-05-11");
    private static final int PEOPLE = 40;
    private static final FeatureSettings SETTINGS = new FeatureSettings(28, 56, 14, Map.of("commit", 1.0));

    private static Map<String, Row> before;
    private static Map<String, Row> after;

    @BeforeAll
    static void cutWindowsWithoutAndWithTheRelease() {
        before = windows(false);
        after = windows(true);
    }

    @Test
    void whatMovesEverybodyOnOneDayMakesNobodyStranger() {
        double strangest = before.values().stream()
                .mapToDouble(WholeSourceShiftTest::evidence)
                .max()
                .orElseThrow();

        assertThat(middling(after, "tokens_a_day")).isGreaterThan(2 * middling(before, "tokens_a_day"));
        assertThat(middling(after, "cache_read_share")).isLessThan(0.5 * middling(before, "cache_read_share"));
        assertThat(middling(after, "uncached_rise")).isGreaterThan(2);
        assertThat(after)
                .hasSize(PEOPLE)
                .allSatisfy((id, window) -> assertThat(evidence(window))
                        .as(id)
                        .isLessThanOrEqualTo(Math.max(strangest, 1.5 * evidence(before.get(id)))));
    }

    @Test
    void aHabitStaysOneWhenEverybodyMoves() {
        int tokens = FeatureSet.names().indexOf("tokens_a_day");
        String heaviest = "e" + (PEOPLE - 1);

        assertThat(entry(after.get(heaviest), tokens).getDouble(4))
                .isPositive()
                .isLessThanOrEqualTo(1.1 * entry(before.get(heaviest), tokens).getDouble(4));
    }

    /** What the forest sees of a window: squared distances. */
    private static double evidence(Row window) {
        return entries(window).stream()
                .mapToDouble(entry -> Math.pow(Math.expm1(entry.getDouble(4)), 2))
                .sum();
    }

    private static double middling(Map<String, Row> windows, String feature) {
        int index = FeatureSet.names().indexOf(feature);
        return windows.values().stream()
                .mapToDouble(window -> entry(window, index).getDouble(1))
                .sorted()
                .skip(PEOPLE / 2)
                .findFirst()
                .orElseThrow();
    }

    private static Row entry(Row window, int feature) {
        return entries(window).get(feature);
    }

    private static List<Row> entries(Row window) {
        return window.getList(window.fieldIndex(PersonWindows.FEATURES.name()));
    }

    private static Map<String, Row> windows(boolean released) {
        List<TestRow> people = new ArrayList<>();
        List<TestRow> days = new ArrayList<>();
        for (int number = 0; number < PEOPLE; number++) {
            String id = "e" + number;
            people.add(person(id));
            Random random = new Random(number);
            double level = Math.pow(100, number / (PEOPLE - 1.0));
            RUN_DATE.minusDays(83)
                    .datesUntil(RUN_DATE.plusDays(1))
                    .filter(date -> date.getDayOfWeek().getValue() <= 5)
                    .forEach(date -> days.add(day(
                            id,
                            date,
                            level * Math.exp(0.3 * random.nextGaussian()),
                            released && !date.isBefore(RELEASE))));
        }
        try (WindowFeatures features = new WindowFeatures(
                PackedWeeks.of(Rows.dataset(days)),
                Rows.dataset(people),
                Rows.none(Absences.CONTRACT),
                Rows.none(PolicyEvents.CONTRACT),
                Rows.none(ModelPrices.CONTRACT),
                List.of(),
                RUN_DATE.minusDays(83),
                RUN_DATE,
                SETTINGS)) {
            Map<String, Row> windows = new TreeMap<>();
            features.endingOn(List.of(RUN_DATE), true)
                    .collectAsList()
                    .forEach(row -> windows.put(row.getAs(PersonWindows.PERSON_ID.name()), row));
            return windows;
        }
    }

    private static TestRow day(String id, LocalDate date, double level, boolean released) {
        long requests = 5 + Math.round(2 * level);
        long prompts = 60_000 * requests;
        long cached = released ? prompts / 20 : prompts * 9 / 10;
        long tokens = prompts * (released ? 4 : 1);
        return Days.day(date.toString())
                .by(id)
                .with(PersonDays.REQUESTS, requests)
                .with(PersonDays.SESSIONS, 1 + requests / 8)
                .with(PersonDays.INPUT_TOKENS, tokens - cached)
                .with(PersonDays.CACHE_READ_TOKENS, cached)
                .with(PersonDays.OUTPUT_TOKENS, 500 * requests)
                .with(PersonDays.TOTAL_TOKENS, tokens + 500 * requests)
                .with(PersonDays.COST_USD, BigDecimal.valueOf((released ? 900_000L : 100_000L) * requests, 6))
                .with(PersonDays.ACTIVE_HOURS, Days.hours(9, 11, 14, 16))
                .with(PersonDays.MINUTE_REQUESTS, Days.minutes(requests / 4, 3, 17, 31, 48))
                .with(PersonDays.COMMITS, 1 + requests / 10);
    }
}
