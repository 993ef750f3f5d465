package io.goodhart.isolation;

/**
 * A stream of random numbers that is the same on every machine and Java version.
 *
 * <p>Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014 (SplitMix64); the state of a
 * stream is the mixed sum of what it is for, so streams of neighbouring seeds or trees begin at unrelated places.
 */
final class RandomStream {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    RandomStream(long state) {
        this.state = state;
    }

    /** Returns the stream that {@code seed} keeps for one {@code purpose} and one {@code index} in it. */
    static RandomStream of(long seed, long purpose, long index) {
        return new RandomStream(combine(combine(mix(seed + GAMMA), purpose), index));
    }

    /** Returns a hash of two numbers in which their order counts. */
    static long combine(long first, long second) {
        return mix(Long.rotateLeft(first, 23) * GAMMA ^ mix(second + GAMMA));
    }

    /** Returns {@code z} with every bit depending on every bit: a bijection (Stafford's variant 13). */
    static long mix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** Returns a double in [0, 1). */
    double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }

    /** Returns a double in (0, 1]. */
    double nextUniform() {
        return ((nextLong() >>> 11) + 1) * UNIT;
    }

    /** Returns a standard exponential variable, 0 or more and finite. Same digits everywhere, as {@link StrictMath} is. */
    double nextExponential() {
        return -StrictMath.log(nextUniform());
    }

    /** Returns a number in [0, bound) for a bound under 2^62; the bias of the multiplication is under bound / 2^63. */
    long nextLong(long bound) {
        return Math.multiplyHigh(nextLong() >>> 1, bound << 1);
    }

    /** Returns an int in [0, bound). */
    int nextInt(int bound) {
        return (int) nextLong(bound);
    }
}
