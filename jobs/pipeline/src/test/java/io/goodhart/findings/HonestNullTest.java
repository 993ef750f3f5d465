package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HonestNullTest {
    private static final int HISTORY = 20_000;
    private static final double GAMED = 0.05;

    /** How scores of honest windows may be distributed; an isolation score stands between 0.35 and 0.65. */
    private record Scores(String name, ToDoubleFunction<Random> draw) {
        double[] honest(int count, long seed) {
            Random random = new Random(seed);
            return DoubleStream.generate(() -> draw.applyAsDouble(random))
                    .map(score -> Math.min(1, Math.max(0, score)))
                    .limit(count)
                    .toArray();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Scores> DISTRIBUTIONS = List.of(
            new Scores("normal", random -> 0.45 + 0.03 * random.nextGaussian()),
            new Scores("half normal", random -> 0.38 + 0.05 * Math.abs(random.nextGaussian())),
            new Scores("exponential", random -> 0.38 - 0.02 * Math.log(1 - random.nextDouble())));

    /** Skewed ones whose bulk says too little of their tail: a known excess, kept from growing. */
    static final List<Scores> SKEWED = List.of(
            new Scores(
                    "gamma",
                    random -> 0.38
                            - 0.015
                                    * Math.log((1 - random.nextDouble())
                                            * (1 - random.nextDouble())
                                            * (1 - random.nextDouble()))),
            new Scores("log normal", random -> 0.35 + 0.05 * Math.exp(0.3 * random.nextGaussian())));

    @ParameterizedTest
    @FieldSource("DISTRIBUTIONS")
    void aboutOneInAHundredHonestWindowsIsAtOrUnderOnePerCent(Scores scores) {
        HonestNull honest = HonestNull.fit(counts(scores.honest(HISTORY, 1)));

        assertThat(shareUnder(honest, scores.honest(HISTORY, 2), 0.01)).isBetween(0.005, 0.015);
    }

    @ParameterizedTest
    @FieldSource("SKEWED")
    void ofSkewedHonestScoresNoMoreThanTwiceAsManyAre(Scores scores) {
        HonestNull honest = HonestNull.fit(counts(scores.honest(HISTORY, 1)));

        assertThat(shareUnder(honest, scores.honest(HISTORY, 2), 0.01)).isBetween(0.005, 0.02);
    }

    @ParameterizedTest
    @FieldSource({"DISTRIBUTIONS", "SKEWED"})
    void inTheBulkThePValueIsTheRank(Scores scores) {
        HonestNull honest = HonestNull.fit(counts(scores.honest(HISTORY, 1)));
        double[] others = scores.honest(HISTORY, 2);

        for (double p : new double[] {0.25, 0.5, 0.75, 0.9}) {
            assertThat(shareUnder(honest, others, p))
                    .as("share with p up to %s", p)
                    .isCloseTo(p, within(0.02));
        }
    }

    @ParameterizedTest
    @FieldSource({"DISTRIBUTIONS", "SKEWED"})
    void aHistoryWithGamingInItNeitherHidesTheGamersNorAccusesTheHonest(Scores scores) {
        HonestNull honest = HonestNull.fit(counts(gamed(scores)));
        HonestNull clean = HonestNull.fit(counts(scores.honest(HISTORY, 1)));
        double[] others = scores.honest(HISTORY, 2);

        // Of log normal scores the bulk says too little of the tail, gamed or not.
        double most = scores.name().equals("log normal") ? 0.02 : 0.015;
        assertThat(shareUnder(honest, others, 0.01))
                .isLessThan(most)
                .isLessThanOrEqualTo(shareUnder(clean, others, 0.01));
        assertThat(honest.pValue(0.75)).isLessThan(0.005);
        assertThat(honest.pValue(0.75)).isLessThan(GAMED / 10);
    }

    @ParameterizedTest
    @FieldSource("DISTRIBUTIONS")
    void theTailIsReadBeneathTheGamedWindowsAndNothingIsTakenForThemWhereNobodyGames(Scores scores) {
        HonestNull clean = HonestNull.fit(counts(scores.honest(HISTORY, 1)));
        HonestNull gamed = HonestNull.fit(counts(gamed(scores)));

        assertThat(clean.tail().get(3)).isZero();
        assertThat(gamed.tail().get(3)).isBetween(GAMED - 0.02, GAMED);
        double strange = DoubleStream.of(scores.honest(HISTORY, 2))
                .sorted()
                .skip(HISTORY - HISTORY / 1_000)
                .findFirst()
                .orElseThrow();
        assertThat(gamed.pValue(strange) / clean.pValue(strange)).isBetween(0.5, 4.0);
    }

    @ParameterizedTest
    @FieldSource({"DISTRIBUTIONS", "SKEWED"})
    void aHigherScoreNeverHasALargerPValue(Scores scores) {
        HonestNull honest = HonestNull.fit(counts(scores.honest(1_000, 1)));
        double[] pValues = IntStream.rangeClosed(0, 10_000)
                .mapToDouble(i -> honest.pValue(i / 10_000.0))
                .toArray();

        for (int i = 1; i < pValues.length; i++) {
            assertThat(pValues[i]).as("score %s", i / 10_000.0).isLessThanOrEqualTo(pValues[i - 1] + 1e-12);
        }
        assertThat(pValues[0]).isEqualTo(1);
        assertThat(pValues[10_000]).isPositive();
    }

    @ParameterizedTest
    @FieldSource({"DISTRIBUTIONS", "SKEWED"})
    void whatIsParsedIsWhatWasWritten(Scores scores) {
        HonestNull honest = HonestNull.fit(counts(scores.honest(1_000, 1)));
        HonestNull again = HonestNull.parse(honest.text());

        assertThat(again.text()).isEqualTo(honest.text());
        assertThat(again.tail()).isEqualTo(honest.tail());
        Stream.of(0.0, 0.3, 0.4, 0.5, 0.6, 0.9, 1.0)
                .forEach(score -> assertThat(again.pValue(score)).isEqualTo(honest.pValue(score)));
    }

    @Test
    void scoresThatAreAllAlikeHaveANullToo() {
        HonestNull honest = HonestNull.fit(
                counts(DoubleStream.generate(() -> 0.5).limit(100).toArray()));

        assertThat(honest.pValue(0.4)).isEqualTo(1);
        assertThat(honest.pValue(0.6)).isLessThan(0.01);
        assertThat(HonestNull.fit(counts(0.5)).pValue(0.9)).isBetween(1e-9, 0.01);
    }

    @Test
    void aNullNeedsScores() {
        assertThatThrownBy(() -> HonestNull.fit(new long[HonestNull.BINS]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a null needs 4096 bins and at least one score");
        assertThatThrownBy(() -> HonestNull.fit(new long[] {1})).isInstanceOf(IllegalArgumentException.class);
    }

    /** Returns a history of which {@link #GAMED} is strange. */
    private static double[] gamed(Scores scores) {
        double[] history = scores.honest(HISTORY, 1);
        Random random = new Random(3);
        for (int i = 0; i < HISTORY * GAMED; i++) {
            history[i] = 0.75 + 0.05 * random.nextDouble();
        }
        return history;
    }

    private static double shareUnder(HonestNull honest, double[] scores, double p) {
        return DoubleStream.of(scores)
                        .filter(score -> honest.pValue(score) <= p)
                        .count()
                / (double) scores.length;
    }

    private static long[] counts(double... scores) {
        long[] counts = new long[HonestNull.BINS];
        for (double score : scores) {
            counts[(int) Math.min(HonestNull.BINS - 1, Math.floor(score * HonestNull.BINS))]++;
        }
        return counts;
    }
}
