package io.goodhart.landing;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.PersonDays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of the landing's only sketch: the smallest hashes of a day's different prompts. */
class PromptSampleTest {
    private static final int SEEDS = 200;

    static Stream<Long> seeds() {
        return LongStream.range(0, SEEDS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void samplesOfPartsMergeInAnyOrderIntoTheSampleOfTheWhole(long seed) {
        Random random = new Random(seed);
        List<Long> prompts =
                random.longs(1 + random.nextInt(500), 0, 300).boxed().toList();
        List<List<Long>> samples = new ArrayList<>();
        int from = 0;
        while (from < prompts.size()) {
            int to = Math.min(prompts.size(), from + 1 + random.nextInt(100));
            samples.add(sample(prompts.subList(from, to)));
            from = to;
        }
        Collections.shuffle(samples, random);
        List<Long> merged = samples.stream()
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .limit(PersonDays.PROMPT_SAMPLE)
                .toList();
        assertThat(merged).as("seed %s", seed).isEqualTo(sample(prompts));
    }

    /** The share of prompts that two have in common, told by the smallest hashes of both, has the error of so many draws. */
    @Test
    void theShareThatTwoHaveInCommonIsToldWithinTheErrorOfThirtyTwoDraws() {
        int others = 300;
        int common = 200;
        double share = common / (double) (2 * others + common);
        double sum = 0;
        double squares = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Long> both = random.longs(common).boxed().toList();
            List<Long> one = sample(concat(both, random.longs(others).boxed().toList()));
            List<Long> other = sample(concat(both, random.longs(others).boxed().toList()));
            List<Long> smallest = Stream.concat(one.stream(), other.stream())
                    .distinct()
                    .sorted()
                    .limit(PersonDays.PROMPT_SAMPLE)
                    .toList();
            double told = smallest.stream()
                            .filter(hash -> one.contains(hash) && other.contains(hash))
                            .count()
                    / (double) PersonDays.PROMPT_SAMPLE;
            sum += told - share;
            squares += (told - share) * (told - share);
        }
        double expected = Math.sqrt(share * (1 - share) / PersonDays.PROMPT_SAMPLE);
        assertThat(Math.abs(sum / SEEDS)).as("bias").isLessThan(4 * expected / Math.sqrt(SEEDS));
        assertThat(Math.sqrt(squares / SEEDS)).as("root of the mean square").isBetween(0.8 * expected, 1.2 * expected);
    }

    private static List<Long> concat(List<Long> one, List<Long> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static List<Long> sample(List<Long> fingerprints) {
        Prompts prompts = new Prompts();
        prompts.clear();
        fingerprints.forEach(fingerprint -> prompts.add(fingerprint, 0, 0));
        return Arrays.stream(prompts.sampleOrNull().toLongArray()).boxed().toList();
    }
}
