package io.goodhart.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Random numbers for one purpose: the same seed, person, day and purpose give the same numbers on every machine and in every order.
 *
 * <p>Purposes are kept apart so that more gaming, or less, leaves the honest rows as they are.
 */
final class Draw {
    private final SplittableRandom random;

    Draw(long seed, long subject, long day, String purpose) {
        random = new SplittableRandom(hash(hash(hash(seed, subject), day), purpose.hashCode()));
    }

    /** Returns a hash of two numbers in which every bit depends on every bit (the finaliser of SplitMix64). */
    static long hash(long first, long second) {
        long mixed = first * 0x9E3779B97F4A7C15L + second + 0x632BE59BD9B4E019L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    double uniform() {
        return random.nextDouble();
    }

    double uniform(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Returns a whole number in [least, most]. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns a position, drawn in proportion to {@code weights}. */
    int weighted(List<Double> weights) {
        double left = random.nextDouble()
                * weights.stream().mapToDouble(Double::doubleValue).sum();
        for (int position = 0; position < weights.size() - 1; position++) {
            left -= weights.get(position);
            if (left < 0) {
                return position;
            }
        }
        return weights.size() - 1;
    }

    /** Returns a standard normal number (Box and Muller; {@code StrictMath}, so that no machine differs in a digit). */
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    double logNormal(double median, double logSd) {
        return median * StrictMath.exp(logSd * gaussian());
    }

    /** Returns a count with this mean (Knuth; rounded normal from 30 on). */
    int poisson(double mean) {
        if (mean <= 0) {
            return 0;
        }
        if (mean >= 30) {
            return (int) Math.max(0, StrictMath.rint(mean + StrictMath.sqrt(mean) * gaussian()));
        }
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    long bits() {
        return random.nextLong();
    }
}
