package io.goodhart.evaluation.unlike;

import java.util.List;
import java.util.SplittableRandom;

/** Random numbers that follow from a seed and a subject. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed, long subject) {
        random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ (subject * 0xD1342543DE82EF95L));
    }

    boolean of(double probability) {
        return random.nextDouble() < probability;
    }

    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long bits() {
        return random.nextLong();
    }

    double normal() {
        return random.nextGaussian();
    }

    /** Returns a log-normal number. */
    double around(double median, double logSd) {
        return median * Math.exp(logSd * random.nextGaussian());
    }

    /** Returns a Pareto number, at least {@code least}. */
    double pareto(double least, double index) {
        return least * Math.pow(1 - random.nextDouble(), -1 / index);
    }

    /** Returns a whole number with this mean. */
    int count(double mean) {
        return (int) Math.floor(mean) + (of(mean - Math.floor(mean)) ? 1 : 0);
    }

    /** Returns a number of events with this mean, over-dispersed as people's days are. */
    int bursty(double mean) {
        return count(mean * -Math.log(1 - random.nextDouble()));
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
