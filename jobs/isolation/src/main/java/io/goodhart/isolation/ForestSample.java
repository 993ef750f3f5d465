package io.goodhart.isolation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The rows that each tree of a forest is grown on: for every tree the {@code sampleSize} rows of smallest priority, where a
 * priority is an exponential variable made from seed, tree and row key. Mergeable: any split of the rows into parts, in any order, gives the same sample.
 *
 * <p>Priorities of one row are not made tree by tree: the smallest of {@code trees} exponentials is one exponential, so a row
 * that enters no tree (nearly every row of a large table) costs one hash. The next smallest follow in order, each for a
 * random tree not yet taken. The joint distribution is that of independent priorities.
 *
 * <p>Shapes: at most trees × sampleSize rows are held, whatever is offered. Not thread-safe.
 *
 * <p>Source: Efraimidis, Spirakis, "Weighted random sampling with a reservoir", IPL 2006, for weights; Cohen, Kaplan,
 * "Summarizing data using bottom-k sketches", PODC 2007, for merging; Rényi's representation for the order statistics.
 */
public final class ForestSample implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long ROWS = 1;
    private static final int NONE = -1;
    /** Keeps the quick refusal on the safe side of rounding in exp and log. */
    private static final double SLACK = 1 - 1e-9;

    private final IsolationForestSettings settings;
    private final transient List<TreeSample> drawn;
    private double bound = Double.POSITIVE_INFINITY;
    private double refusedBelow;
    private int loosest = NONE; // the tree whose largest priority is the bound
    private boolean isBoundStale = true;

    public ForestSample(IsolationForestSettings settings) {
        this.settings = settings;
        this.drawn = new ArrayList<>(settings.trees());
        for (int tree = 0; tree < settings.trees(); tree++) {
            drawn.add(new TreeSample(settings.sampleSize()));
        }
    }

    /** Returns whether a row of weight 1 would certainly enter no tree, so that its values need not be read. */
    public boolean refuses(long key) {
        return stream(key).nextUniform() < refusedBelow;
    }

    /** Offers one row of weight 1. */
    public void offer(long key, double[] values) {
        offer(key, 1, 1, values);
    }

    /**
     * Offers {@code copies} equal rows, each of {@code weight}: a row of weight 2 is drawn as readily as two rows of weight 1,
     * but only once a tree. The values are copied where they are kept.
     *
     * @throws IllegalArgumentException when the weight is negative or not finite. Values are looked at when a forest is grown: which
     *     rows are kept on the way there depends on their order
     */
    public void offer(long key, double weight, long copies, double[] values) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Row weight must be finite and not negative, was %s. Use 0 for a row to leave out."
                            .formatted(weight));
        }
        RandomStream stream = stream(key);
        Map<Long, Long> taken = new HashMap<>();
        double[] kept = null;
        double priority = 0;
        for (long left = weight == 0 ? 0 : copies * settings.trees(); left > 0; left--) {
            priority += stream.nextExponential() / (weight * left);
            if (priority > bound) {
                break;
            }
            int tree = (int) (take(stream.nextLong(left), left - 1, taken) % settings.trees());
            if (drawn.get(tree).accepts(priority)) {
                kept = kept == null ? values.clone() : kept;
                add(tree, new DrawnRow(priority, key, kept));
                lowerBound(); // at once: a row may have millions of copies, most of them beyond it
            }
        }
    }

    /** Adds everything that {@code other} holds; {@code other} stays as it is. */
    public void merge(ForestSample other) {
        if (!settings.equals(other.settings)) {
            throw new IllegalArgumentException("Samples drawn with different settings cannot be merged: %s and %s."
                    .formatted(settings, other.settings));
        }
        for (int tree = 0; tree < settings.trees(); tree++) {
            for (DrawnRow row : other.drawn.get(tree).rows()) {
                add(tree, row);
            }
        }
        lowerBound();
    }

    /** Returns the keys of the rows that were drawn. */
    public Set<Long> keys() {
        Set<Long> keys = new HashSet<>();
        drawn.forEach(tree -> tree.rows().forEach(row -> keys.add(row.key())));
        return keys;
    }

    /** Returns the same draw with other values: for rows that were offered by key and count, without their values. */
    public ForestSample withValues(LongFunction<double[]> valuesOf) {
        ForestSample filled = new ForestSample(settings);
        for (int tree = 0; tree < settings.trees(); tree++) {
            for (DrawnRow row : drawn.get(tree).rows()) {
                filled.add(tree, new DrawnRow(row.priority(), row.key(), valuesOf.apply(row.key())));
            }
        }
        filled.lowerBound();
        return filled;
    }

    /** Returns the scores that {@code forest} gives to the rows drawn, highest first; a row that several trees drew counts for each. */
    public double[] scores(IsolationForest forest) {
        Map<Long, Double> byKey = new HashMap<>();
        return drawn.stream()
                .flatMap(tree -> tree.rows().stream())
                .mapToDouble(row ->
                        -byKey.computeIfAbsent(row.key(), key -> forest.scorer().score(row.values())))
                .sorted()
                .map(negated -> -negated)
                .toArray();
    }

    public IsolationForestSettings settings() {
        return settings;
    }

    /** Returns the rows drawn for each tree: the smaller of sampleSize and the rows offered. */
    public int rowsPerTree() {
        return drawn.get(0).rows().size();
    }

    /** Returns the number of features of the rows, or −1 while none is drawn. */
    int width() {
        return rowsPerTree() == 0 ? -1 : rowsOf(0)[0].length;
    }

    /** Returns the rows of one tree in the order of their priority, which no partitioning can change. */
    double[][] rowsOf(int tree) {
        return drawn.get(tree).rows().stream().sorted().map(DrawnRow::values).toArray(double[][]::new);
    }

    private Object writeReplace() {
        return new PackedSample(settings, drawn);
    }

    void add(int tree, DrawnRow row) {
        if (drawn.get(tree).offer(row)) {
            isBoundStale |= tree == loosest;
        }
    }

    ForestSample restored() {
        lowerBound();
        return this;
    }

    private RandomStream stream(long key) {
        return RandomStream.of(settings.seed(), ROWS, key);
    }

    /** Draws without replacement: place {@code picked} is emptied and the last place moves there. */
    private static long take(long picked, long last, Map<Long, Long> taken) {
        Long moved = taken.getOrDefault(last, last);
        Long value = taken.put(picked, moved);
        return value == null ? picked : value;
    }

    private void lowerBound() {
        if (!isBoundStale) {
            return;
        }
        double largest = -1;
        for (int tree = 0; tree < settings.trees(); tree++) {
            TreeSample rows = drawn.get(tree);
            if (!rows.isFull()) {
                return;
            }
            if (rows.largest() > largest) {
                largest = rows.largest();
                loosest = tree;
            }
        }
        bound = largest;
        refusedBelow = StrictMath.exp(-bound * settings.trees()) * SLACK;
        isBoundStale = false;
    }
}
