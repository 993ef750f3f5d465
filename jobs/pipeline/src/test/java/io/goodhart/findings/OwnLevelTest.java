package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.features.OwnWeek;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnLevelTest {
    private static final LocalDate SINCE = LocalDate.parse("2026-05-15");

    @Test
    void theLevelIsTheMeanOfWholeWeeksBeforeTheWeekThatLeadsUpToTheTurn() {
        SortedMap<LocalDate, OwnWeek> days = new TreeMap<>();
        days.put(SINCE.minusDays(1), used(900, 9));
        days.put(SINCE.minusDays(8), used(30, 3));
        days.put(SINCE.minusDays(9), used(700, 7));
        days.put(SINCE.minusDays(15), used(10, 1));

        assertThat(OwnLevel.before(SINCE, days, 0, 1)).isEqualTo(new OwnLevel(20, 2, 2));
    }

    @Test
    void aWeekWithoutUsageCountsAsNothingUsed() {
        SortedMap<LocalDate, OwnWeek> days = new TreeMap<>();
        days.put(SINCE.minusDays(8), used(30, 3));
        days.put(SINCE.minusDays(15), new OwnWeek(7, null));
        days.put(SINCE.minusDays(22), used(30, 3));
        days.put(SINCE.minusDays(29), new OwnWeek(7, null));

        assertThat(OwnLevel.before(SINCE, days, 0, 1)).isEqualTo(new OwnLevel(20, 2, 3));
    }

    @Test
    void aWeekOfLeaveIsNoWeekAndAPartOfOneCountsInPart() {
        SortedMap<LocalDate, OwnWeek> days = new TreeMap<>();
        days.put(SINCE.minusDays(8), used(30, 3));
        days.put(SINCE.minusDays(22), new OwnWeek(3, new double[] {100, 10}));
        days.put(SINCE.minusDays(36), used(30, 3));

        OwnLevel level = OwnLevel.before(SINCE, days, 0, 1);
        assertThat(level.tokensADay()).isCloseTo((7 * 30 + 3 * 100 + 7 * 30) / 17.0, within(1e-12));
        assertThat(level.usdADay()).isCloseTo((7 * 3 + 3 * 10 + 7 * 3) / 17.0, within(1e-12));
        assertThat(level.weeks()).isEqualTo(3);
    }

    @Test
    void tokensBeforeThePriceListBeganCostWhatNobodyKnowsAndNotNothing() {
        SortedMap<LocalDate, OwnWeek> days = new TreeMap<>();
        days.put(SINCE.minusDays(8), used(30, 3));
        days.put(SINCE.minusDays(15), used(10, 0));
        days.put(SINCE.minusDays(22), new OwnWeek(7, null));
        days.put(SINCE.minusDays(29), used(20, 0));

        assertThat(OwnLevel.before(SINCE, days, 0, 1)).isEqualTo(new OwnLevel(15, 1.5, 4));
        days.remove(SINCE.minusDays(8));
        assertThat(OwnLevel.before(SINCE.minusDays(7), days, 0, 1)).isEqualTo(new OwnLevel(10, Double.NaN, 3));
    }

    @Test
    void whoWasNotThereBeforeHasNoLevel() {
        SortedMap<LocalDate, OwnWeek> days = new TreeMap<>();
        days.put(SINCE, used(30, 3));

        assertThat(OwnLevel.before(SINCE, days, 0, 1).weeks()).isZero();
        assertThat(OwnLevel.before(SINCE, new TreeMap<>(), 0, 1).weeks()).isZero();
    }

    private static OwnWeek used(double tokensADay, double usdADay) {
        return new OwnWeek(7, new double[] {tokensADay, usdADay});
    }
}
