package io.goodhart.isolation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Counts scores to find the score of a rank, exactly, mergeable from any parts of the rows.
 *
 * <p>Scores between two expected ones are kept as they are: when the rank falls among them, one pass is enough. All scores are
 * also counted by their leading bits: otherwise that finds the bin of the rank, and a second pass counts the scores of the bin as they
 * are. Nothing is rounded either way.
 *
 * <p>Shapes: 2^18 counters and at most {@value #MOST_KEPT} scores, whatever is counted; a bin is 1/65,536 of an octave wide. Not
 * thread-safe.
 */
public final class ScoreHistogram implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long BITS_OF_ONE = Double.doubleToRawLongBits(1);
    private static final int SHIFT = 52 - 16;
    private static final int BINS = 4 << 16; // scores under 1/16 share the last one

    private static final int MOST_KEPT = 1 << 20;

    private final long[] counts = new long[BINS];
    private final double low;
    private final double high;
    private double[] kept = new double[16];
    private int keptScores; // −1: there were too many
    private long aboveHigh;

    /** Counts scores of which none is expected to have the rank. */
    public ScoreHistogram() {
        this(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** Counts scores, and keeps those from {@code low} to {@code high}, where the score of the rank is expected. */
    public ScoreHistogram(double low, double high) {
        this.low = low;
        this.high = high;
    }

    /**
     * Returns a histogram that expects the score which {@code share} of all rows reach where a sample of them says that it is, four
     * standard errors to either side.
     *
     * @param sample scores of rows drawn at random, highest first
     */
    public static ScoreHistogram expecting(double[] sample, double share) {
        double rank = share * sample.length;
        double error = 4 * Math.sqrt(rank * (1 - share)) + 1;
        int first = (int) Math.floor(rank - error);
        int last = (int) Math.ceil(rank + error);
        double high = first < 0 ? 1 : sample[first];
        return new ScoreHistogram(sample[Math.min(last, sample.length - 1)], high);
    }

    /** Returns an empty histogram that expects the same. */
    public ScoreHistogram empty() {
        return new ScoreHistogram(low, high);
    }

    public void add(double score) {
        counts[bin(score)]++;
        if (score > high) {
            aboveHigh++;
        } else if (score >= low) {
            keep(score);
        }
    }

    private void keep(double score) {
        if (keptScores < 0 || keptScores == MOST_KEPT) {
            keptScores = -1;
            kept = new double[0];
            return;
        }
        if (keptScores == kept.length) {
            kept = Arrays.copyOf(kept, Math.min(2 * keptScores, MOST_KEPT));
        }
        kept[keptScores++] = score;
    }

    public void merge(ScoreHistogram other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
        }
        aboveHigh += other.aboveHigh;
        if (other.keptScores < 0) {
            keptScores = -1;
        }
        for (int i = 0; i < other.keptScores && keptScores >= 0; i++) {
            keep(other.kept[i]);
        }
    }

    public long count() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Returns the score that has {@code rank} among those counted, 1 being the highest, if it is one of those kept. */
    public OptionalDouble scoreOf(long rank) {
        if (keptScores < 0 || rank <= aboveHigh || rank > aboveHigh + keptScores) {
            return OptionalDouble.empty();
        }
        double[] sorted = Arrays.copyOf(kept, keptScores);
        Arrays.sort(sorted);
        return OptionalDouble.of(sorted[(int) (keptScores - (rank - aboveHigh))]);
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
