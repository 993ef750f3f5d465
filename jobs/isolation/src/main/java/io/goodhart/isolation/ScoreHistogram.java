package io.goodhart.isolation;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts scores by their leading bits, to find the score of a rank in two mergeable passes: the first finds the bin, the second
 * counts the scores of that bin as they are. Nothing is rounded: the rank is exact.
 *
 * <p>Shapes: 2^18 counters, whatever is counted; a bin is 1/65,536 of an octave wide. Not thread-safe.
 */
public final class ScoreHistogram implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long BITS_OF_ONE = Double.doubleToRawLongBits(1);
    private static final int SHIFT = 52 - 16;
    private static final int BINS = 4 << 16; // scores under 1/16 share the last one

    private final long[] counts = new long[BINS];

    public void add(double score) {
        counts[bin(score)]++;
    }

    public void merge(ScoreHistogram other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
        }
    }

    public long count() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /**
     * Returns the bin of the score that has {@code rank} among those counted; 1 is the highest.
     *
     * @throws IllegalArgumentException when fewer scores were counted
     */
    public Bin binOf(long rank) {
        long above = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (above + counts[bin] >= rank) {
                return new Bin(bin, rank - above);
            }
            above += counts[bin];
        }
        throw new IllegalArgumentException("Rank %d was asked for among %d scores.".formatted(rank, above));
    }

    private static int bin(double score) {
        return (int) Math.min((BITS_OF_ONE - Double.doubleToRawLongBits(score)) >> SHIFT, BINS - 1);
    }

    /** The scores of one bin, counted as they are. Mergeable. */
    public static final class Bin implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int bin;
        private final long rank;
        private final TreeMap<Double, Long> counts = new TreeMap<>(Collections.reverseOrder());

        private Bin(int bin, long rank) {
            this.bin = bin;
            this.rank = rank;
        }

        /** Returns the same bin, for the scores of another part of the rows. */
        public Bin empty() {
            return new Bin(bin, rank);
        }

        /** Counts {@code score} where it belongs to the bin. */
        public void add(double score) {
            if (bin(score) == bin) {
                counts.merge(score, 1L, Long::sum);
            }
        }

        public void merge(Bin other) {
            other.counts.forEach((score, count) -> counts.merge(score, count, Long::sum));
        }

        /** Returns the score whose rank was asked for, once every part has been counted. */
        public double score() {
            long above = 0;
            for (Map.Entry<Double, Long> entry : counts.entrySet()) {
                above += entry.getValue();
                if (above >= rank) {
                    return entry.getKey();
                }
            }
            throw new IllegalStateException(
                    "The bin holds %d scores, rank %d was asked for: the rows changed between the passes."
                            .formatted(above, rank));
        }
    }
}
