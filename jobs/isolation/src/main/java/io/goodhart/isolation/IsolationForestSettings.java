package io.goodhart.isolation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a forest is grown with; two forests of equal settings and equal rows are equal bit for bit.
 *
 * @param trees number of trees, at least 1
 * @param sampleSize rows drawn for each tree, at least 2; with fewer rows at hand every tree sees all of them
 * @param seed any number; neighbouring seeds share nothing
 * @param margin how far beyond a node's own rows a split may fall; {@link RangeMargin#NONE} is the standard forest
 * @param edgeLength what an edge adds to a path length; {@link EdgeLength#UNIT} is the standard forest
 * @param heightLimit edges from the root at which a tree stops growing; {@link #BALANCED} is the standard forest. Where many features are
 *     constant in most rows, or a margin makes splits that separate nothing, a tree of the standard height has isolated hardly anybody
 */
public record IsolationForestSettings(
        int trees, int sampleSize, long seed, RangeMargin margin, EdgeLength edgeLength, int heightLimit)
        implements Serializable {
    /** The height limit of the paper: that of a balanced tree over the rows drawn, log2 of their number rounded up. */
    public static final int BALANCED = 0;

    private static final int HIGHEST = 1_000;
    private static final int MOST_TREES = 100_000;
    private static final int MOST_SAMPLED = 1 << 24;

    public IsolationForestSettings {
        List<String> problems = new ArrayList<>();
        if (trees < 1 || trees > MOST_TREES) {
            problems.add("trees must be in [1, %d], was %d".formatted(MOST_TREES, trees));
        }
        if (sampleSize < 2 || sampleSize > MOST_SAMPLED) {
            problems.add("sampleSize must be in [2, %d], was %d".formatted(MOST_SAMPLED, sampleSize));
        }
        if (margin == null) {
            problems.add("margin must be given; RangeMargin.NONE is the standard forest");
        }
        if (heightLimit < BALANCED || heightLimit > HIGHEST) {
            problems.add(
                    "heightLimit must be in [0, %d], 0 for a balanced tree's, was %d".formatted(HIGHEST, heightLimit));
        }
        if (edgeLength == null) {
            problems.add("edgeLength must be given; EdgeLength.UNIT is the standard forest");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Isolation forest settings: " + String.join("; ", problems) + ".");
        }
    }

    /** Returns the settings of the paper: 100 trees of 256 rows, splits within the node's range, seed 1. */
    public static IsolationForestSettings standard() {
        return new IsolationForestSettings(100, 256, 1, RangeMargin.NONE, EdgeLength.UNIT, BALANCED);
    }

    /** Returns the settings that serve best: the paper's, with edges measured by density. docs/decisions/0010 has the figures. */
    public static IsolationForestSettings defaults() {
        return standard().withEdgeLength(EdgeLength.DENSITY);
    }

    public IsolationForestSettings withTrees(int newTrees) {
        return new IsolationForestSettings(newTrees, sampleSize, seed, margin, edgeLength, heightLimit);
    }

    public IsolationForestSettings withSampleSize(int newSampleSize) {
        return new IsolationForestSettings(trees, newSampleSize, seed, margin, edgeLength, heightLimit);
    }

    public IsolationForestSettings withSeed(long newSeed) {
        return new IsolationForestSettings(trees, sampleSize, newSeed, margin, edgeLength, heightLimit);
    }

    public IsolationForestSettings withMargin(RangeMargin newMargin) {
        return new IsolationForestSettings(trees, sampleSize, seed, newMargin, edgeLength, heightLimit);
    }

    public IsolationForestSettings withEdgeLength(EdgeLength newEdgeLength) {
        return new IsolationForestSettings(trees, sampleSize, seed, margin, newEdgeLength, heightLimit);
    }

    public IsolationForestSettings withHeightLimit(int newHeightLimit) {
        return new IsolationForestSettings(trees, sampleSize, seed, margin, edgeLength, newHeightLimit);
    }
}
