package io.goodhart.isolation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * A grown isolation forest: scores rows and explains their scores. Immutable and safe to share between threads.
 *
 * <p>Shapes: a row has one double a feature, in the order of growing. Units: path lengths are edges, weighted by {@link EdgeLength}; a score is in (0, 1], higher is
 * stranger, 0.5 is a path of c(rows a tree), the average of the standard forest. Nulls: NaN is a missing value and goes both ways; an infinite value is merely very
 * large.
 *
 * <p>Source: Liu, Ting, Zhou, "Isolation Forest", ICDM 2008, Equation 2.
 */
public final class IsolationForest implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long TREES = 2;

    private final List<IsolationTree> trees;
    private final int numFeatures;
    private final int rowsPerTree;
    private final double averagePathLength;
    private final double expectedPathLength;
    private final int depth;
    private final SampledBounds bounds;
    private transient volatile ForestScorer scorer;

    IsolationForest(List<IsolationTree> trees, int numFeatures, int rowsPerTree, SampledBounds bounds) {
        this.trees = List.copyOf(trees);
        this.numFeatures = numFeatures;
        this.rowsPerTree = rowsPerTree;
        this.bounds = bounds;
        this.averagePathLength = AveragePathLength.of(rowsPerTree);
        this.expectedPathLength =
                trees.stream().mapToDouble(IsolationTree::expectedPathLength).sum() / trees.size();
        this.depth = trees.stream().mapToInt(IsolationTree::depth).max().orElse(0);
    }

    /**
     * Grows a forest from a sample.
     *
     * @throws IllegalArgumentException when the sample holds fewer than two rows or no feature, rows of two widths, or an infinite value
     */
    public static IsolationForest grow(ForestSample sample) {
        IsolationForestSettings settings = sample.settings();
        int width = sample.width();
        if (sample.rowsPerTree() < 2 || width < 1) {
            throw new IllegalArgumentException(
                    "An isolation forest needs at least 2 rows of positive weight with at least 1 feature: it got %d rows of %d features."
                            .formatted(sample.rowsPerTree(), Math.max(width, 0)));
        }
        double[] averages = AveragePathLength.upTo(sample.rowsPerTree());
        IsolationTree[] trees = new IsolationTree[settings.trees()];
        double[][] least = new double[trees.length][];
        double[][] most = new double[trees.length][];
        Arrays.setAll(trees, tree -> {
            double[][] rows = sample.rowsOf(tree);
            least[tree] = reach(rows, width, Double.POSITIVE_INFINITY, Math::min);
            most[tree] = reach(rows, width, Double.NEGATIVE_INFINITY, Math::max);
            requireFinite(least[tree], most[tree]);
            RandomStream random = RandomStream.of(settings.seed(), TREES, tree);
            return new TreeGrower(rows, width, averages, settings, random).grow();
        });
        SampledBounds bounds =
                settings.edgeLength().endsAtTheSample() ? SampledBounds.over(least, most) : SampledBounds.NONE;
        return new IsolationForest(List.of(trees), width, sample.rowsPerTree(), bounds);
    }

    private static double[] reach(double[][] rows, int width, double start, DoubleBinaryOperator further) {
        double[] reach = new double[width];
        Arrays.fill(reach, start);
        for (double[] row : rows) {
            if (row.length != width) {
                throw new IllegalArgumentException("Rows must have the same number of features: %d and %d were drawn."
                        .formatted(width, row.length));
            }
            for (int feature = 0; feature < width; feature++) {
                double value = row[feature];
                reach[feature] = Double.isNaN(value) ? reach[feature] : further.applyAsDouble(reach[feature], value);
            }
        }
        return reach;
    }

    private static void requireFinite(double[] least, double[] most) {
        for (int feature = 0; feature < least.length; feature++) {
            // a feature that is missing everywhere reaches from infinity down to minus infinity
            if (least[feature] == Double.NEGATIVE_INFINITY || most[feature] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "Feature %d is infinite: no split can be drawn. Cap the feature, or make it NaN where it is missing."
                                .formatted(feature));
            }
        }
    }

    /** Grows a forest from rows in memory, named by their values: their order does not matter. */
    public static IsolationForest grow(IsolationForestSettings settings, double[][] rows) {
        ForestSample sample = new ForestSample(settings);
        RowCounts counts = new RowCounts();
        for (double[] row : rows) {
            counts.add(row);
        }
        counts.forEach((key, copies, row) -> sample.offer(key, 1, copies, row));
        return grow(sample);
    }

    public int numFeatures() {
        return numFeatures;
    }

    public int numTrees() {
        return trees.size();
    }

    /** Returns the rows that each tree was grown on: sampleSize, or fewer when there were fewer. */
    public int rowsPerTree() {
        return rowsPerTree;
    }

    /** Returns the mean path length of {@code row} over the trees, in edges, shortened where the row lies beyond all they saw. */
    public double meanPathLength(double[] row) {
        requireWidth(row);
        double sum = 0;
        if (hasMissing(row)) {
            for (IsolationTree tree : trees) {
                sum += tree.pathLengthOfMissing(row, 0);
            }
        } else {
            for (IsolationTree tree : trees) {
                sum += tree.pathLength(row);
            }
        }
        return sum / trees.size() * bounds.shortening(row);
    }

    /** Returns the score of {@code row}: 2 to the power of minus its mean path length over c(rows a tree). */
    public double score(double[] row) {
        return scoreOf(meanPathLength(row));
    }

    /** Returns the score that belongs to a mean path length: falling, 1 at 0. */
    public double scoreOf(double meanPathLength) {
        return Math.pow(2, -meanPathLength / averagePathLength);
    }

    /** Returns the mean path length of the rows that the trees were grown on: what contributions are measured from. */
    public double expectedPathLength() {
        return expectedPathLength;
    }

    /** Returns a scorer of many rows, with the digits of {@link #score}; made once. */
    public ForestScorer scorer() {
        ForestScorer made = scorer;
        if (made == null) {
            made = new ForestScorer(this);
            scorer = made; // two threads may make one each: they are equal
        }
        return made;
    }

    /** Returns an explainer of this forest's scores: fast for many rows, for one thread. */
    public ForestExplainer explainer() {
        return new ForestExplainer(this);
    }

    /** Returns the edges from a root to the deepest leaf of all trees. */
    int depth() {
        return depth;
    }

    SampledBounds bounds() {
        return bounds;
    }

    List<IsolationTree> trees() {
        return trees;
    }

    void requireWidth(double[] row) {
        if (row.length != numFeatures) {
            throw new IllegalArgumentException(
                    "The forest was grown on %d features, the row has %d. Give the features it was grown on, in their order."
                            .formatted(numFeatures, row.length));
        }
    }

    static boolean hasMissing(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value * 0; // NaN for NaN, and for infinities, which the slow way treats alike
        }
        return Double.isNaN(sum);
    }
}
