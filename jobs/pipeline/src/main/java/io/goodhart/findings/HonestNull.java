package io.goodhart.findings;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How scores of honest windows are distributed, learned from a history in which a few per cent are gamed.
 *
 * <p>Below the upper two fifths, p-values are the history's own ranks: a few gamed windows at the top hardly move them. Above they follow
 * a generalised Pareto tail whose scale is read off the quantiles that two fifths and one fifth of the windows exceed, and whose shape off those between
 * the median and the upper eighth, where honest windows are: plain ranks would end at the share of gamed windows, and a false-discovery rule would
 * then flag nobody.
 *
 * <p>Source: Efron, "Large-scale simultaneous hypothesis testing: the choice of a null hypothesis", JASA 2004 (a null fitted to the
 * bulk); Pickands, "Statistical inference using extreme order statistics", Annals of Statistics 1975 (the tail from three quantiles;
 * ours is the mean of two such estimates, drawn to the usual shape where windows are few, and kept within [{@value #LEAST_SHAPE},
 * {@value #MOST_SHAPE}]).
 */
public final class HonestNull implements Serializable {
    /** Scores are counted in so many bins of equal width over [0, 1]. */
    public static final int BINS = 4096;

    private static final double LEAST_SHAPE = -0.25;

    /** Decision 0050: where this bound lies below what most histories say, honest people have too small p-values. */
    private static final double MOST_SHAPE = 0.4;

    /** What the bulk of most histories says. */
    private static final double USUAL_SHAPE = 0.3;

    /**
     * As how many windows the usual shape weighs. Windows of one person are near copies: read off some 1,000 of them, the shape errs by 0.2, as
     * much as companies differ (decision 0060).
     */
    private static final double USUAL_WINDOWS = 1_000;

    /**
     * What share of the windows the tail holds. The scale is read off this share and half of it: where a twentieth of the windows are gamed, they are
     * a quarter of the upper fifth and would be two fifths of the upper eighth (decision 0061).
     */
    private static final double IN_TAIL = 0.4;

    private static final double SMALLEST_P = 1e-9;

    /** Of each: the share above the three quantiles that a tail is read from, each half of the one before. */
    private static final double[] ANCHORS = {0.5, 0.4};

    private final long[] counts;

    /** How many scores fall into a bin or a higher one. */
    private final long[] atLeast = new long[BINS + 1];

    private final long total;
    private final double threshold;
    private final double shape;
    private final double scale;

    private HonestNull(long[] counts) {
        this.counts = counts;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            atLeast[bin] = atLeast[bin + 1] + counts[bin];
        }
        this.total = atLeast[0];
        double shapes = 0;
        for (double anchor : ANCHORS) {
            double low = above(anchor);
            double middle = above(anchor / 2);
            double high = above(anchor / 4);
            shapes += Math.log(Math.max(high - middle, 1.0 / BINS) / Math.max(middle - low, 1.0 / BINS)) / Math.log(2);
        }
        double read = shapes / ANCHORS.length;
        double shrunk = (read * total + USUAL_SHAPE * USUAL_WINDOWS) / (total + USUAL_WINDOWS);
        this.shape = Math.min(MOST_SHAPE, Math.max(LEAST_SHAPE, shrunk));
        this.threshold = above(IN_TAIL);
        double excess = Math.max(above(IN_TAIL / 2) - threshold, 1.0 / BINS);
        this.scale = Math.abs(shape) < 1e-6 ? excess / Math.log(2) : excess * shape / (Math.pow(2, shape) - 1);
    }

    /**
     * Fits the null.
     *
     * @param counts how many scores of the history fall into each of {@link #BINS} bins
     */
    public static HonestNull fit(long[] counts) {
        if (counts.length != BINS || LongStream.of(counts).sum() == 0) {
            throw new IllegalArgumentException("a null needs " + BINS + " bins and at least one score");
        }
        return new HonestNull(counts.clone());
    }

    /** Returns the null that {@link #text} was made from. */
    public static HonestNull parse(String text) {
        long[] counts = new long[BINS];
        Stream.of(text.split(",", -1))
                .map(entry -> entry.split(":", -1))
                .forEach(entry -> counts[Integer.parseInt(entry[0])] = Long.parseLong(entry[1]));
        return fit(counts);
    }

    /** Returns the bins that hold scores, as {@code bin:count,…}. */
    public String text() {
        return java.util.stream.IntStream.range(0, BINS)
                .filter(bin -> counts[bin] > 0)
                .mapToObj(bin -> bin + ":" + counts[bin])
                .collect(Collectors.joining(","));
    }

    /** Returns the probability, in (0, 1], of a score of at least {@code score} from an honest window. */
    public double pValue(double score) {
        double p;
        if (score <= threshold) {
            p = shareAtLeast(score);
        } else {
            double excess = (score - threshold) / scale;
            p = Math.abs(shape) < 1e-6
                    ? IN_TAIL * Math.exp(-excess)
                    : IN_TAIL * Math.pow(Math.max(0, 1 + shape * excess), -1 / shape);
        }
        return Math.min(1, Math.max(SMALLEST_P, p));
    }

    /** Returns shape and scale of the tail, for the model's provenance. */
    public List<Double> tail() {
        return List.of(threshold, shape, scale);
    }

    /** Returns the score above which {@code share} of the history lies, interpolated within its bin. */
    private double above(double share) {
        double wanted = share * total;
        double seen = 0;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            if (seen + counts[bin] >= wanted && counts[bin] > 0) {
                return (bin + 1 - (wanted - seen) / counts[bin]) / BINS;
            }
            seen += counts[bin];
        }
        return 0;
    }

    private double shareAtLeast(double score) {
        double position = score * BINS;
        int bin = (int) Math.min(BINS - 1, Math.max(0, Math.floor(position)));
        return (atLeast[bin + 1] + counts[bin] * (bin + 1 - position)) / total;
    }
}
