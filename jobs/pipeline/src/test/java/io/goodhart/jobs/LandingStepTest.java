package io.goodhart.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LandingStepTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void tasksThatShareAHeapHoldNoMoreThanHalfOfIt() {
        assertThat(16 * 220 * LandingStep.mostRowsOfATask(4 * GIBIBYTE, 16))
                .isBetween(2 * GIBIBYTE - 16 * 220, 2 * GIBIBYTE);
        assertThat(LandingStep.mostRowsOfATask(2 * GIBIBYTE, 2)).isEqualTo(2_000_000);
        assertThat(LandingStep.mostRowsOfATask(64 * GIBIBYTE, 2)).isEqualTo(2_000_000);
        assertThat(LandingStep.mostRowsOfATask(GIBIBYTE, 64)).isEqualTo(100_000);
    }
}
