package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {
    @ParameterizedTest
    @EnumSource
    void whatIsScaledComesBack(Unit unit) {
        for (double value : new double[] {0, 0.01, 1, 27, 1e9}) {
            assertThat(unit.unscaled(unit.scaled(value))).isCloseTo(value, within(1e-9 * (1 + value)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theScaleKeepsTheOrderAndStartsAtZero(Unit unit) {
        assertThat(unit.scaled(0)).isZero();
        assertThat(unit.scaled(2)).isGreaterThan(unit.scaled(1));
        assertThat(unit.leastSpread()).isPositive();
        assertThat(unit.words()).isNotBlank();
    }

    @Test
    void amountsAreComparedAsLogarithmsAndSharesAsTheyAre() {
        assertThat(Unit.TOKENS.scaled(Math.E - 1)).isCloseTo(1, within(1e-12));
        assertThat(Unit.TOKENS.scaled(-5)).isZero();
        assertThat(Unit.SHARE.scaled(0.25)).isEqualTo(0.25);
        assertThat(Unit.SHARE.unscaled(0.25)).isEqualTo(0.25);
    }
}
