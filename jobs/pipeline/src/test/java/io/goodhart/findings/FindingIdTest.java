package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingIdTest {
    private static final LocalDate FIRST = LocalDate.parse("2024-02-01");
    private static final LocalDate LAST = LocalDate.parse("2024-03-31");

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-01", "2024-02-29", "2024-03-31"})
    void theNightThatMadeAnIdIsToldFromIt(LocalDate night) {
        String id = FindingId.of("人-ß", night);

        assertThat(FindingId.firstNight(id, "人-ß", FIRST, LAST)).contains(night);
        assertThat(FindingId.firstNight(id, "p2", FIRST, LAST)).isEmpty();
    }

    @Test
    void aNightOutsideOfTheDaysIsNotFound() {
        String id = FindingId.of("p1", FIRST);

        assertThat(FindingId.firstNight(id, "p1", FIRST.plusDays(1), LAST)).isEmpty();
        assertThat(FindingId.firstNight("no id", "p1", FIRST, LAST)).isEmpty();
    }
}
