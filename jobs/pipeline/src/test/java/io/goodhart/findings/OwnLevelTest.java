package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnLevelTest {
    private static final LocalDate SINCE = LocalDate.parse("2026-05-15");

    @Test
    void theLevelIsTheMeanOfWholeWeeksBeforeTheWeekThatLeadsUpToTheTurn() {
        SortedMap<LocalDate, double[]> days = new TreeMap<>();
        days.put(SINCE.minusDays(1), new double[] {900, 9});
        days.put(SINCE.minusDays(8), new double[] {30, 3});
        days.put(SINCE.minusDays(9), new double[] {700, 7});
        days.put(SINCE.minusDays(15), new double[] {10, 1});

        assertThat(OwnLevel.before(SINCE, days, 0, 1)).isEqualTo(new OwnLevel(20, 2, 2));
    }

    @Test
    void aWeekWithoutUsageCountsAsNothingUsed() {
        SortedMap<LocalDate, double[]> days = new TreeMap<>();
        days.put(SINCE.minusDays(8), new double[] {30, 3});
        days.put(SINCE.minusDays(22), new double[] {30, 3});

        assertThat(OwnLevel.before(SINCE, days, 0, 1)).isEqualTo(new OwnLevel(20, 2, 3));
    }

    @Test
    void tokensBeforeThePriceListBeganCostWhatNobodyKnowsAndNotNothing() {
        SortedMap<LocalDate, double[]> days = new TreeMap<>();
        days.put(SINCE.minusDays(8), new double[] {30, 3});
        days.put(SINCE.minusDays(15), new double[] {10, 0});
        days.put(SINCE.minusDays(29), new double[] {20, 0});

        assertThat(OwnLevel.before(SINCE, days, 0, 1)).isEqualTo(new OwnLevel(15, 1.5, 4));
        days.remove(SINCE.minusDays(8));
        assertThat(OwnLevel.before(SINCE.minusDays(7), days, 0, 1)).isEqualTo(new OwnLevel(10, Double.NaN, 3));
    }

    @Test
    void whoWasNotThereBeforeHasNoLevel() {
        SortedMap<LocalDate, double[]> days = new TreeMap<>();
        days.put(SINCE, new double[] {30, 3});

        assertThat(OwnLevel.before(SINCE, days, 0, 1).weeks()).isZero();
        assertThat(OwnLevel.before(SINCE, new TreeMap<>(), 0, 1).weeks()).isZero();
    }
}
