package io.goodhart.isolation;

import java.io.Serializable;

/**
 * How far beyond the rows of a node a split may fall, as a share of their range on the drawn feature.
 *
 * <p>A standard split lies between the smallest and the largest value of the node, so a row beyond everything the tree was
 * grown on takes the same path as the largest row. With a margin some splits fall outside: the side without rows becomes a leaf whose
 * path length is that of the edges above it, which only a row beyond the sample reaches. The price is depth: a split that separates nothing
 * among the sampled rows, for which the height limit must leave room.
 *
 * <p>Source: the purpose is that of the acceptable range of Liu, Ting, Zhou, "On Detecting Clustered Anomalies Using SCiForest",
 * ECML PKDD 2010; the form differs: theirs is tested when a row is scored, this one is drawn when a tree is grown.
 *
 * @param below share of the range opened below the smallest value, 0 or more
 * @param above share of the range opened above the largest value, 0 or more
 */
public record RangeMargin(double below, double above) implements Serializable {
    private static final double MOST = 1e6;

    /** The standard forest: splits fall within the node's own range. */
    public static final RangeMargin NONE = new RangeMargin(0, 0);

    public RangeMargin {
        if (!(below >= 0 && below <= MOST && above >= 0 && above <= MOST)) {
            throw new IllegalArgumentException(
                    "Range margin: both sides must be shares in [0, %.0f], were below %s and above %s."
                            .formatted(MOST, below, above));
        }
    }

    /** Returns the same margin on both sides. */
    public static RangeMargin of(double share) {
        return new RangeMargin(share, share);
    }
}
