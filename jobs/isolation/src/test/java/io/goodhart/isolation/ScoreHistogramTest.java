package io.goodhart.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalDouble;
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
        double[] scores = scores(random, seed % 3 == 0);
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
    void whatOnePassFindsFromAnySampleAndAnyPartsIsExact() {
        long found = seeds().filter(seed -> {
                    Random random = new Random(seed);
                    double[] scores = scores(random, seed % 3 == 0);
                    int rank = 1 + random.nextInt(scores.length);
                    double[] sample = falling(Arrays.copyOf(scores, 40)); // the first: not always a fair one
                    ScoreHistogram expecting = ScoreHistogram.expecting(sample, rank / 300.0);
                    ScoreHistogram rest = expecting.empty();
                    for (int i = 0; i < scores.length; i++) {
                        (i % 2 == 0 ? expecting : rest).add(scores[i]);
                    }
                    rest.merge(expecting);
                    OptionalDouble score = rest.scoreOf(rank);
                    Arrays.sort(scores);
                    score.ifPresent(
                            exact -> assertThat(exact).as("seed %d", seed).isEqualTo(scores[scores.length - rank]));
                    return score.isPresent();
                })
                .count();
        assertThat(found).isGreaterThan(100);
    }

    @Test
    void aFairSampleMakesOnePassEnough() {
        double[] scores = new Random(1).doubles(20_000).map(drawn -> 1 - drawn).toArray();
        double[] sample = falling(Arrays.copyOf(scores, 2000));
        ScoreHistogram histogram = ScoreHistogram.expecting(sample, 0.05);
        Arrays.stream(scores).forEach(histogram::add);
        Arrays.sort(scores);
        assertThat(histogram.scoreOf(1000)).hasValue(scores[19_000]);
        assertThat(histogram.scoreOf(10_000)).isEmpty();
    }

    @Test
    void tooManyScoresToKeepLeaveTheSecondPass() {
        ScoreHistogram histogram = new ScoreHistogram(0.5, 0.5);
        ScoreHistogram other = histogram.empty();
        for (int i = 0; i < 700_000; i++) {
            histogram.add(0.5);
            other.add(0.5);
        }
        assertThat(histogram.scoreOf(5)).hasValue(0.5);
        histogram.merge(other);
        assertThat(histogram.scoreOf(5)).isEmpty();
        other.merge(histogram);
        assertThat(other.scoreOf(5)).isEmpty();
        assertThat(histogram.count()).isEqualTo(1_400_000);
    }

    @Test
    void aRankBeyondTheScoresIsRefused() {
        assertThatThrownBy(() -> new ScoreHistogram().binOf(1)).hasMessage("Rank 1 was asked for among 0 scores.");
    }

    /** Every seventh twice; if they lie {@code close}, a few neighbouring doubles. */
    private static double[] scores(Random random, boolean close) {
        double[] scores = new double[300];
        for (int i = 0; i < scores.length; i++) {
            double drawn = close ? 0.5 + random.nextInt(5) * Math.ulp(0.5) : 1 - random.nextDouble();
            scores[i] = i % 7 == 6 ? scores[i - 1] : drawn;
        }
        return scores;
    }

    private static double[] falling(double[] scores) {
        return Arrays.stream(scores)
                .map(score -> -score)
                .sorted()
                .map(score -> -score)
                .toArray();
    }
}
