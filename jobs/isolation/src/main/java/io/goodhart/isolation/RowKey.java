package io.goodhart.isolation;

import net.openhft.hashing.LongHashFunction;

/**
 * Hashes that name a row for the draw: equal keys give equal hashes on every machine.
 *
 * <p>Rows of one key are drawn together, so a key should be unique. Rows without a key are named by their values; how often the
 * same values occur is then the {@code copies} of {@link ForestSample#offer(long, double, long, double[])}.
 */
public final class RowKey {
    private static final LongHashFunction HASH = LongHashFunction.xx3();

    private RowKey() {}

    public static long of(long key) {
        return RandomStream.mix(key);
    }

    public static long of(byte[] utf8) {
        return HASH.hashBytes(utf8);
    }

    /** Returns the key of rows whose values hash to {@code hash}, of one weight; at weight 1 the hash itself. */
    public static long of(long hash, double weight) {
        return weight == 1 ? hash : RandomStream.combine(hash, Double.doubleToLongBits(weight));
    }

    /** Returns the hash of a row's values; −0.0 is 0.0 and every NaN is the same NaN. */
    public static long of(double[] values) {
        long[] bits = new long[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToLongBits(values[i] + 0.0);
        }
        return HASH.hashLongs(bits);
    }
}
