package io.goodhart.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AveragePathLengthTest {
    @Test
    void nothingIsLeftToSearchInNoRowOrOne() {
        assertThat(AveragePathLength.of(0)).isZero();
        assertThat(AveragePathLength.of(1)).isZero();
    }

    @Test
    void twoRowsAreOneEdgeApart() {
        assertThat(AveragePathLength.of(2)).isEqualTo(1);
    }

    @Test
    void threeRowsTakeFiveThirds() {
        assertThat(AveragePathLength.of(3)).isCloseTo(5.0 / 3, within(1e-15));
    }

    /** In a random binary search tree of n rows c(n) obeys c(n) = 1 + 2/n · Σ (k/n) c(k): the mean depth of its leaves. */
    @Test
    void isTheMeanDepthOfTheRowsOfARandomTree() {
        double[] depth = new double[301];
        for (int rows = 2; rows <= 300; rows++) {
            double sum = 0;
            for (int left = 1; left < rows; left++) {
                sum += (double) left / rows * depth[left] + (double) (rows - left) / rows * depth[rows - left];
            }
            depth[rows] = 1 + sum / (rows - 1);
        }
        double[] lengths = AveragePathLength.upTo(300);
        for (int rows = 2; rows <= 300; rows++) {
            assertThat(lengths[rows]).isEqualTo(depth[rows], within(1e-12));
        }
    }
}
