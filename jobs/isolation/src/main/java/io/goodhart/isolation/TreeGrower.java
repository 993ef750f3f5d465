package io.goodhart.isolation;

import java.util.Arrays;

/**
 * Grows one isolation tree from the rows drawn for it.
 *
 * <p>Departures from Liu, Ting, Zhou 2008, Algorithm 2: the attribute is drawn among those that vary in the node, so that a
 * constant column costs nothing; the margin may widen the range of the split; rows whose value is missing are dealt to both
 * sides in proportion to the others.
 */
final class TreeGrower {
    private final double[][] rows;
    private final int[] order;
    private final int[] spare;
    private final int[] features; // those known to be constant in the node lie behind the live ones
    private final int heightLimit;
    private final double[] averagePathLength;
    private final RangeMargin margin;
    private final EdgeLength edgeLength;
    private final RandomStream random;

    private int nodes;
    private int[] feature = new int[64];
    private double[] threshold = new double[64];
    private int[] right = new int[64];
    private int[] count = new int[64];
    private double[] pathLength = new double[64];

    // the split drawn last
    private int splitFeature;
    private double splitThreshold;
    private double splitShare; // of the range, below the threshold, as it was drawn
    private int live;

    TreeGrower(
            double[][] rows,
            int width,
            double[] averagePathLength,
            IsolationForestSettings settings,
            RandomStream random) {
        this.rows = rows;
        this.order = identity(rows.length);
        this.spare = new int[rows.length];
        this.features = identity(width);
        this.heightLimit = settings.heightLimit() == IsolationForestSettings.BALANCED
                ? balancedHeight(rows.length)
                : settings.heightLimit();
        this.averagePathLength = averagePathLength;
        this.margin = settings.margin();
        this.edgeLength = settings.edgeLength();
        this.random = random;
    }

    IsolationTree grow() {
        grow(0, rows.length, 0, 0, features.length);
        return new IsolationTree(
                Arrays.copyOf(feature, nodes),
                Arrays.copyOf(threshold, nodes),
                Arrays.copyOf(right, nodes),
                Arrays.copyOf(count, nodes),
                Arrays.copyOf(pathLength, nodes));
    }

    /** Returns the height of a balanced tree over {@code rows}. */
    private static int balancedHeight(int rows) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(rows, 1) - 1);
    }

    private void grow(int from, int to, int depth, double lengthAbove, int liveFeatures) {
        int node = append(to - from);
        if (to - from <= 1 || depth >= heightLimit || !drawSplit(from, to, liveFeatures)) {
            feature[node] = IsolationTree.LEAF;
            pathLength[node] = lengthAbove + averagePathLength[to - from];
            return;
        }
        int varying = live;
        feature[node] = splitFeature;
        threshold[node] = splitThreshold;
        double below = splitShare;
        int middle = partition(from, to);
        double leftRows = (double) (middle - from) / (to - from);
        grow(from, middle, depth + 1, lengthAbove + edgeLength.of(leftRows, below), varying);
        right[node] = nodes;
        grow(middle, to, depth + 1, lengthAbove + edgeLength.of(1 - leftRows, 1 - below), varying);
    }

    /** Draws a feature among those that vary in the node, and a threshold in its range; false when no feature varies. */
    private boolean drawSplit(int from, int to, int liveFeatures) {
        live = liveFeatures;
        while (live > 0) {
            int place = random.nextInt(live);
            int drawn = features[place];
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                double value = rows[order[i]][drawn];
                least = value < least ? value : least; // NaN is neither
                most = value > most ? value : most;
            }
            if (least < most) {
                splitFeature = drawn;
                drawThreshold(least, most);
                return true;
            }
            features[place] = features[--live];
            features[live] = drawn;
        }
        return false;
    }

    /** Draws in (lower, upper]: within the node's range both sides then have a row. */
    private void drawThreshold(double least, double most) {
        double range = most - least;
        double lower = margin.below() == 0 ? least : Math.max(least - margin.below() * range, -Double.MAX_VALUE);
        double upper = margin.above() == 0 ? most : Math.min(most + margin.above() * range, Double.MAX_VALUE);
        double share = random.nextDouble();
        double drawn = lower * (1 - share) + upper * share; // never overflows, unlike lower + share * (upper - lower)
        splitThreshold = drawn > lower && drawn <= upper ? drawn : upper; // there is no double between neighbours
        splitShare = share;
    }

    /** Moves the rows below the threshold to the front, keeping their order, and returns where the others begin. */
    private int partition(int from, int to) {
        int missing = 0;
        int left = from;
        int kept = 0;
        for (int i = from; i < to; i++) {
            double value = rows[order[i]][splitFeature];
            if (value < splitThreshold) {
                order[left++] = order[i];
            } else {
                spare[kept++] = order[i];
                missing += Double.isNaN(value) ? 1 : 0;
            }
        }
        if (missing > 0) {
            return dealMissing(left, from, to, kept, missing);
        }
        System.arraycopy(spare, 0, order, left, kept);
        return left;
    }

    private int dealMissing(int below, int from, int to, int kept, int missing) {
        double leftShare = (double) (below - from) / (to - from - missing);
        int left = below;
        int stay = 0;
        for (int i = 0; i < kept; i++) {
            if (Double.isNaN(rows[spare[i]][splitFeature]) && random.nextDouble() < leftShare) {
                order[left++] = spare[i];
            } else {
                spare[stay++] = spare[i];
            }
        }
        System.arraycopy(spare, 0, order, left, stay);
        return left;
    }

    private int append(int rowsInNode) {
        if (nodes == feature.length) {
            int capacity = nodes * 2;
            feature = Arrays.copyOf(feature, capacity);
            threshold = Arrays.copyOf(threshold, capacity);
            right = Arrays.copyOf(right, capacity);
            count = Arrays.copyOf(count, capacity);
            pathLength = Arrays.copyOf(pathLength, capacity);
        }
        count[nodes] = rowsInNode;
        return nodes++;
    }

    private static int[] identity(int length) {
        int[] identity = new int[length];
        Arrays.setAll(identity, i -> i);
        return identity;
    }
}
