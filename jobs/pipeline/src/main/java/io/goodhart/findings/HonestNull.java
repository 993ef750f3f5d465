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
 * <p>Gamed windows fatten what the tail is read from. Their share is what the history has more of small p-values than honest windows would; read
 * again beneath that share, the tail says more of them, and so on until both agree.
 *
 * <p>Source: Efron, "Large-scale simultaneous hypothesis testing: the choice of a null hypothesis", JASA 2004 (a null fitted to the
 * bulk); Storey, "A direct approach to false discovery rates", JRSS B 2002 (the share of nulls from a count of p-values, here of the
 * small ones); Pickands, "Statistical inference using extreme order statistics", Annals of Statistics 1975 (the tail from three quantiles;
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

    /** Who is counted for the share of gamed windows: p-values up to this. */
    private static final double STRANGE_P = 0.003;

    /** What share of honest windows may have such p-values: the tail errs, and windows of one person are near copies (decision 0063). */
    private static final double HONEST_STRANGE = 3 * STRANGE_P;

    /** No more of the history than this is taken for gamed: a tail that is misread would have it all. */
    private static final double MOST_GAMED = 0.15;

    /** Both agree to three digits after some six. */
    private static final int ROUNDS = 20;

    private static final double SMALLEST_P = 1e-9;

    /** Of each: the share above the three quantiles that a tail is read from, each half of the one before. */
    private static final double[] ANCHORS = {0.5, 0.4};

    private final long[] counts;

    /** How many scores fall into a bin or a higher one. */
    private final long[] atLeast = new long[BINS + 1];

    private final long total;
    private final Tail tail;

    private HonestNull(long[] counts) {
        this.counts = counts;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            atLeast[bin] = atLeast[bin + 1] + counts[bin];
        }
        this.total = atLeast[0];
        Tail read = readTail(0);
        for (int round = 0; round < ROUNDS; round++) {
            double strange = shareAtLeast(Math.min(1, read.score(STRANGE_P)));
            read = readTail(Math.min(MOST_GAMED, Math.max(0, (strange - HONEST_STRANGE) / (1 - HONEST_STRANGE))));
        }
        this.tail = read;
    }

    /**
     * The upper end of honest scores.
     *
     * @param gamed the share of the history that is none of it, taken to be its highest scores
     * @param threshold where it begins
     * @param shape positive: heavier than exponential
     * @param scale in units of the score
     */
    private record Tail(double gamed, double threshold, double shape, double scale) implements Serializable {
        private boolean isExponential() {
            return Math.abs(shape) < 1e-6;
        }

        /** Returns the share of honest windows that reach a score above the threshold. */
        double share(double score) {
            double excess = (score - threshold) / scale;
            return isExponential()
                    ? IN_TAIL * Math.exp(-excess)
                    : IN_TAIL * Math.pow(Math.max(0, 1 + shape * excess), -1 / shape);
        }

        /** Returns the score that this share of honest windows reaches. */
        double score(double share) {
            double ratio = IN_TAIL / share;
            return threshold + scale * (isExponential() ? Math.log(ratio) : (Math.pow(ratio, shape) - 1) / shape);
        }
    }

    private Tail readTail(double gamed) {
        double shapes = 0;
        for (double anchor : ANCHORS) {
            double low = above(anchor, gamed);
            double middle = above(anchor / 2, gamed);
            double high = above(anchor / 4, gamed);
            shapes += Math.log(Math.max(high - middle, 1.0 / BINS) / Math.max(middle - low, 1.0 / BINS)) / Math.log(2);
        }
        double read = shapes / ANCHORS.length;
        double shrunk = (read * total + USUAL_SHAPE * USUAL_WINDOWS) / (total + USUAL_WINDOWS);
        double shape = Math.min(MOST_SHAPE, Math.max(LEAST_SHAPE, shrunk));
        double threshold = above(IN_TAIL, gamed);
        double excess = Math.max(above(IN_TAIL / 2, gamed) - threshold, 1.0 / BINS);
        double scale = Math.abs(shape) < 1e-6 ? excess / Math.log(2) : excess * shape / (Math.pow(2, shape) - 1);
        return new Tail(gamed, threshold, shape, scale);
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
        double p = score <= tail.threshold ? (shareAtLeast(score) - tail.gamed) / (1 - tail.gamed) : tail.share(score);
        return Math.min(1, Math.max(SMALLEST_P, p));
    }

    /** Returns threshold, shape and scale of the tail and the share of gamed windows, for the model's provenance. */
    public List<Double> tail() {
        return List.of(tail.threshold, tail.shape, tail.scale, tail.gamed);
    }

    /** Returns the score above which {@code share} of the honest history lies, interpolated within its bin. */
    private double above(double share, double gamed) {
        double wanted = (gamed + share * (1 - gamed)) * total;
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
