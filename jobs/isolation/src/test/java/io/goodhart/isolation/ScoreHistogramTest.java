package io.goodhart.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreHistogramTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theScoreOfAnyRankIsFoundExactlyAndFromAnyParts(long seed) {
        Random random = new Random(seed);
        double[] scores = new double[300];
        for (int i = 0; i < scores.length; i++) {
            double drawn = seed % 3 == 0 ? 0.5 + random.nextInt(5) * Math.ulp(0.5) : 1 - random.nextDouble();
            scores[i] = i % 7 == 6 ? scores[i - 1] : drawn;
        }
        int rank = 1 + random.nextInt(scores.length);

        ScoreHistogram first = new ScoreHistogram();
        ScoreHistogram second = new ScoreHistogram();
        for (int i = 0; i < scores.length; i++) {
            (i % 2 == 0 ? first : second).add(scores[i]);
        }
        first.merge(second);
        ScoreHistogram.Bin bin = first.binOf(rank);
        ScoreHistogram.Bin other = bin.empty();
        for (int i = 0; i < scores.length; i++) {
            (i % 3 == 0 ? bin : other).add(scores[i]);
        }
        bin.merge(other);

        Arrays.sort(scores);
        assertThat(first.count()).isEqualTo(300);
        assertThat(bin.score()).as("seed %d", seed).isEqualTo(scores[scores.length - rank]);
    }

    @Test
    void aRankBeyondTheScoresIsRefused() {
        assertThatThrownBy(() -> new ScoreHistogram().binOf(1)).hasMessage("Rank 1 was asked for among 0 scores.");
    }
}
