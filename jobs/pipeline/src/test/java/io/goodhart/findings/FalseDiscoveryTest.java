package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FalseDiscoveryTest {
    private static final long NO_BUDGET = Long.MAX_VALUE;

    /** The fifteen p-values of Benjamini and Hochberg 1995, section 3.2, of which four are discoveries at 0.05. */
    private static final double[] BENJAMINI_HOCHBERG = {
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0000
    };

    @Test
    void theExampleOfTheAuthorsHasFourDiscoveries() {
        assertThat(FalseDiscovery.threshold(BENJAMINI_HOCHBERG, 15, 0.05, NO_BUDGET))
                .isEqualTo(0.0095);
    }

    @Test
    void theBudgetKeepsTheSmallest() {
        assertThat(FalseDiscovery.threshold(BENJAMINI_HOCHBERG, 15, 0.05, 2)).isEqualTo(0.0004);
        assertThat(FalseDiscovery.threshold(BENJAMINI_HOCHBERG, 15, 0.05, 4)).isEqualTo(0.0095);
        assertThat(FalseDiscovery.threshold(BENJAMINI_HOCHBERG, 15, 0.05, 0)).isZero();
    }

    @Test
    void oneThatPassesTakesTheSmallerOnesAlong() {
        assertThat(FalseDiscovery.threshold(new double[] {0.03, 0.04, 0.05}, 3, 0.05, NO_BUDGET))
                .isEqualTo(0.05);
    }

    @Test
    void withoutADiscoveryThereIsNoThreshold() {
        assertThat(FalseDiscovery.threshold(new double[] {}, 100, 0.1, NO_BUDGET))
                .isZero();
        assertThat(FalseDiscovery.threshold(new double[] {0.002}, 100, 0.1, NO_BUDGET))
                .isZero();
        assertThat(FalseDiscovery.threshold(new double[] {0.001}, 100, 0.1, NO_BUDGET))
                .isEqualTo(0.001);
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void itIsTheLargestPValueThatStandsUnderItsRankTimesTheRate(int seed) {
        Random random = new Random(seed);
        double rate = 0.05 + 0.2 * random.nextDouble();
        double[] all = DoubleStream.generate(() -> Math.pow(random.nextDouble(), 1 + random.nextInt(4)))
                .limit(1 + random.nextInt(60))
                .sorted()
                .toArray();
        double[] smallest = Arrays.stream(all).filter(p -> p <= rate).toArray();

        double expected = Arrays.stream(all)
                .filter(p -> p
                        <= rate * Arrays.stream(all).filter(other -> other <= p).count() / all.length)
                .max()
                .orElse(0);
        assertThat(FalseDiscovery.threshold(smallest, all.length, rate, NO_BUDGET))
                .as("seed %s", seed)
                .isEqualTo(expected);
    }
}
