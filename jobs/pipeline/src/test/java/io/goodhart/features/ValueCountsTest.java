package io.goodhart.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

class ValueCountsTest {
    @Test
    void quantilesAreThoseOfSparksPercentile() {
        Random random = new Random(5);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            values.add(random.nextInt(9) / 8.0 - 0.5);
        }
        ValueCounts counts = new ValueCounts();
        values.forEach(counts::add);
        List<Double> expected = TestSession.spark()
                .createDataset(values, Encoders.DOUBLE())
                .selectExpr("percentile(value, array(0.0, 0.1, 0.5, 0.75, 0.9, 1.0))")
                .first()
                .getList(0);

        assertThat(expected)
                .containsExactly(
                        counts.quantile(0),
                        counts.quantile(0.1),
                        counts.quantile(0.5),
                        counts.quantile(0.75),
                        counts.quantile(0.9),
                        counts.quantile(1));
    }

    @Test
    void oneValueIsEveryQuantile() {
        ValueCounts one = new ValueCounts();
        one.add(3);

        assertThat(one.quantile(0)).isEqualTo(3);
        assertThat(one.quantile(0.9)).isEqualTo(3);
    }

    @Test
    void partsAddedInAnyOrderAreTheWhole() {
        ValueCounts whole = new ValueCounts();
        ValueCounts odd = new ValueCounts();
        ValueCounts even = new ValueCounts();
        for (int i = 0; i < 50; i++) {
            whole.add(i % 7);
            (i % 2 == 0 ? even : odd).add(i % 7);
        }
        odd.add(even);

        assertThat(odd.total()).isEqualTo(50);
        for (double share = 0; share <= 1; share += 0.125) {
            assertThat(odd.quantile(share)).isEqualTo(whole.quantile(share));
        }
    }

    @Test
    void valuesThatBecomeTheSameAreCountedTogether() {
        ValueCounts counts = new ValueCounts();
        counts.add(-2, 3);
        counts.add(2, 4);

        ValueCounts absolute = counts.map(Math::abs);

        assertThat(absolute.total()).isEqualTo(7);
        assertThat(absolute.quantile(0)).isEqualTo(2);
        assertThat(absolute.quantile(1)).isEqualTo(2);
    }
}
