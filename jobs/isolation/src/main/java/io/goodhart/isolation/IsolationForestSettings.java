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
 */
public record IsolationForestSettings(int trees, int sampleSize, long seed, RangeMargin margin, EdgeLength edgeLength)
        implements Serializable {
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
        if (edgeLength == null) {
            problems.add("edgeLength must be given; EdgeLength.UNIT is the standard forest");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Isolation forest settings: " + String.join("; ", problems) + ".");
        }
    }

    /** Returns the settings of the paper: 100 trees of 256 rows, splits within the node's range, seed 1. */
    public static IsolationForestSettings standard() {
        return new IsolationForestSettings(100, 256, 1, RangeMargin.NONE, EdgeLength.UNIT);
    }

    /** Returns the settings that serve best: the paper's, with edges measured by density. docs/decisions/0010 has the figures. */
    public static IsolationForestSettings defaults() {
        return standard().withEdgeLength(EdgeLength.DENSITY);
    }

    public IsolationForestSettings withTrees(int newTrees) {
        return new IsolationForestSettings(newTrees, sampleSize, seed, margin, edgeLength);
    }

    public IsolationForestSettings withSampleSize(int newSampleSize) {
        return new IsolationForestSettings(trees, newSampleSize, seed, margin, edgeLength);
    }

    public IsolationForestSettings withSeed(long newSeed) {
        return new IsolationForestSettings(trees, sampleSize, newSeed, margin, edgeLength);
    }

    public IsolationForestSettings withMargin(RangeMargin newMargin) {
        return new IsolationForestSettings(trees, sampleSize, seed, newMargin, edgeLength);
    }

    public IsolationForestSettings withEdgeLength(EdgeLength newEdgeLength) {
        return new IsolationForestSettings(trees, sampleSize, seed, margin, newEdgeLength);
    }
}
