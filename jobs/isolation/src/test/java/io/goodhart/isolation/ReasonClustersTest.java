package io.goodhart.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReasonClustersTest {
    private static final IsolationForest FOREST = IsolationForest.grow(
            IsolationForestSettings.defaults().withMargin(RangeMargin.of(1)), Rows.random(1, 2000, 6));

    @Test
    void rowsGroupByWhyTheyAreStrangeWhateverTheirOrder() {
        List<Contributions> rows = new ArrayList<>();
        List<Integer> reasons = new ArrayList<>();
        double[][] plain = Rows.random(2, 300, 6);
        for (int i = 0; i < plain.length; i++) {
            int reason = i % 4;
            plain[i][reason / 2] = (reason % 2 == 0 ? 9 : -9) * (reason / 2 + 1);
            rows.add(FOREST.explainer().explain(plain[i]));
            reasons.add(reason);
        }
        ReasonClusters clusters = ReasonClusters.among(rows, 4);
        int[][] table = new int[4][4];
        for (int i = 0; i < rows.size(); i++) {
            table[clusters.of(rows.get(i))][reasons.get(i)]++;
        }
        int together = 0;
        for (int[] cluster : table) {
            together += java.util.Arrays.stream(cluster).max().orElseThrow();
        }
        assertThat(clusters.centres()).hasSize(4);
        assertThat(together).isGreaterThan(290);

        List<Contributions> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(3));
        assertThat(ReasonClusters.among(shuffled, 4).centres())
                .usingRecursiveComparison()
                .isEqualTo(clusters.centres());
    }

    @Test
    void aRowThatNothingMakesStrangerHasNoCluster() {
        ReasonClusters clusters = ReasonClusters.of(List.of(new double[] {1, 0, 0, 0}));
        assertThat(clusters.of(new Contributions(new double[] {-1, -2}, new double[2])))
                .isEqualTo(-1);
        assertThat(ReasonClusters.among(List.of(), 3).centres()).isEmpty();
    }
}
