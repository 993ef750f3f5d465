package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PeersTest {
    @Test
    void valuesAreCutTowardsZeroByLessThanHalfAPerCent() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            double value = Math.exp(10 * random.nextGaussian());
            assertThat(Peers.cut(value)).isLessThanOrEqualTo(value).isCloseTo(value, within(value / 200));
            assertThat(Peers.cut(Peers.cut(value))).isEqualTo(Peers.cut(value));
            assertThat(Peers.cut(-value)).isEqualTo(-Peers.cut(value));
        }
    }

    @Test
    void smallWholeNumbersAndTheirHalvesStayWhatTheyAre() {
        for (double value = 0; value <= 256; value += 0.5) {
            assertThat(Peers.cut(value)).isEqualTo(value);
        }
        assertThat(Peers.cut(257.5)).isEqualTo(257);
        assertThat(Peers.cut(null)).isNull();
    }
}
