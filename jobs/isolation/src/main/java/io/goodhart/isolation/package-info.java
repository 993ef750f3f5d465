/**
 * The isolation forest in plain Java: sample, grow, score, explain, save. Nothing here knows Spark or Goodhart.
 *
 * <p>Source: Liu, Ting, Zhou, "Isolation Forest", ICDM 2008. Where this code departs from it: the average path length
 * uses exact harmonic numbers, the attribute of a split is drawn among those that vary in the node, rows are drawn by hash, a
 * split may be drawn from a range wider than the node's when {@link io.goodhart.isolation.RangeMargin} says so, a tree may grow higher than
 * a balanced one ({@link io.goodhart.isolation.IsolationForestSettings}), and by default edges are measured by density ({@link
 * io.goodhart.isolation.EdgeLength}), paths of rows beyond the sampled values being shortened.
 */
package io.goodhart.isolation;
