package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.tables.PersonDays;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-05-04 to 2026-05-31 is the window, the eight weeks before it are the person's own earlier weeks. */
class PersonWindowsFoldTest {
    private static final LocalDate END = LocalDate.parse("2026-05-31");
    private static final TestRow USED =
            Days.day("2026-05-04").with(PersonDays.REQUESTS, 1L).with(PersonDays.TOTAL_TOKENS, 1_000L);

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "40, 20, 1", "40, 32, 1.5", "0, 2, 1.5", "2, 2, 1.2", "40, 0, 0.16666666666666666"})
    void outputRoseOverThatOfAsManyEarlierDaysWithFourCreditedToBoth(long before, long now, double rise) {
        TestRow[] days = Stream.of(
                        Stream.of(Days.daily("2026-03-09", 55, USED)),
                        Stream.of(USED.on("2026-05-03").with(PersonDays.COMMITS, before)),
                        Stream.of(Days.daily("2026-05-04", 27, USED)),
                        Stream.of(USED.on("2026-05-31").with(PersonDays.COMMITS, now)))
                .flatMap(part -> part)
                .toArray(TestRow[]::new);

        assertThat(window(days).outputRise()).isEqualTo(rise, within(1e-9));
    }

    @Test
    void withoutEarlierWeeksNoOutputRose() {
        assertThat(window(USED.with(PersonDays.COMMITS, 90L)).outputRise()).isEqualTo(1);
    }

    @Test
    void whoDoesNotLookBackSeesNoEarlierWeeksThoughTheyAreThere() {
        TestRow[] days = Stream.of(Days.daily("2026-03-09", 56, USED), Days.daily("2026-05-04", 28, USED))
                .flatMap(Stream::of)
                .toArray(TestRow[]::new);

        assertThat(window(true, days).earlierOrNull()).isNotNull();
        assertThat(window(false, days).earlierOrNull()).isNull();
        assertThat(window(false, days).firstOrNull()).isNull();
        assertThat(window(false, days).totalTokens()).isEqualTo(28_000);
    }

    private static OwnWindow window(TestRow... days) {
        return window(true, days);
    }

    private static OwnWindow window(boolean lookingBack, TestRow... days) {
        return new PersonWindowsFold(
                        List.of(END),
                        new WindowCutter(
                                new FeatureSettings(28, 56, 14, Map.of("commit", 1.0)),
                                new Calendar(List.of()),
                                Observation.of(List.of(), LocalDate.parse("2020-01-01")),
                                lookingBack),
                        Set.of())
                .call(Days.arriving("UTC", 1, List.of(), days))
                .next();
    }
}
