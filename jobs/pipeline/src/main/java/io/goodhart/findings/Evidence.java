package io.goodhart.findings;

import io.goodhart.features.Feature;
import io.goodhart.features.FeatureSet;
import io.goodhart.features.Unit;
import io.goodhart.tables.PersonWindows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What speaks for a finding: every feature's value, peers, own earlier weeks and contribution; arrays by feature. */
final class Evidence {
    private static final int MOST_REASONS = 5;

    /** What a distance counts that is habit altogether. */
    private static final double LEAST_OF_HABIT = 0.5;

    /** Less of a distance from peers than this is no change. */
    private static final double LEAST_OF_CHANGE = 0.25;

    private static final int VALUE = PersonWindows.FEATURE_VALUE.fieldIndex("value");
    private static final int PEER_MEDIAN = PersonWindows.FEATURE_VALUE.fieldIndex("peer_median");
    private static final int OWN_BASELINE = PersonWindows.FEATURE_VALUE.fieldIndex("own_baseline");
    private static final int DIRECTED = PersonWindows.FEATURE_VALUE.fieldIndex("directed");

    private final double[] values;
    private final double[] peerMedians;
    private final Double[] ownBaselines;
    private final double[] directed;
    private final double[] contributions;

    private Evidence(
            double[] values, double[] peerMedians, Double[] ownBaselines, double[] directed, double[] contributions) {
        this.values = values;
        this.peerMedians = peerMedians;
        this.ownBaselines = ownBaselines;
        this.directed = directed;
        this.contributions = contributions;
    }

    /** Reads the evidence from the entries of {@code person_windows.features}. */
    static Evidence of(List<Row> entries, double[] contributions) {
        return new Evidence(
                entries.stream().mapToDouble(entry -> entry.getDouble(VALUE)).toArray(),
                entries.stream()
                        .mapToDouble(entry -> entry.getDouble(PEER_MEDIAN))
                        .toArray(),
                entries.stream()
                        .map(entry -> entry.isNullAt(OWN_BASELINE) ? null : (Double) entry.getDouble(OWN_BASELINE))
                        .toArray(Double[]::new),
                entries.stream().mapToDouble(entry -> entry.getDouble(DIRECTED)).toArray(),
                contributions.clone());
    }

    /** Returns in which way it is strange. */
    Signature signature() {
        double[] squared = new double[directed.length];
        for (int i = 0; i < squared.length; i++) {
            squared[i] = directed[i] * directed[i] * newness(i);
        }
        return Signature.ofEvidence(squared);
    }

    /**
     * Returns how much of a feature's distance from peers is new: what the person did in earlier weeks too is habit, and tells less of the
     * behaviour. Half is taken for all, for the earlier weeks may hold some of the behaviour already.
     */
    private double newness(int feature) {
        return Math.min(1, Math.max(LEAST_OF_HABIT, 2 * newShare(feature)));
    }

    /** Returns the share of a feature's distance from peers that lies above the own earlier weeks; 1 where none are known. */
    private double newShare(int feature) {
        if (ownBaselines[feature] == null) {
            return 1;
        }
        Unit unit = FeatureSet.DIRECTED.get(feature).unit();
        double now = unit.scaled(values[feature]);
        double fromPeers = now - unit.scaled(peerMedians[feature]);
        double fromOwn = now - unit.scaled(ownBaselines[feature]);
        return fromPeers == 0 ? 1 : fromOwn / fromPeers;
    }

    /** Returns the features that speak loudest for strangeness, at most so many, and none in which the person is on the honest side. */
    List<Integer> leading(int most) {
        return IntStream.range(0, contributions.length)
                .filter(i -> contributions[i] > 0 && directed[i] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -contributions[i])
                        .thenComparing(i -> i))
                .limit(most)
                .toList();
    }

    /** Returns those of the leading features, at most so many, of whose distance from peers some is new. */
    List<Integer> changed(int most) {
        return leading(most).stream()
                .filter(i -> newShare(i) >= LEAST_OF_CHANGE)
                .toList();
    }

    /** Returns the value of the feature called {@code name}. */
    double value(String name) {
        return values[FeatureSet.names().indexOf(name)];
    }

    double peerMedian(String name) {
        return peerMedians[FeatureSet.names().indexOf(name)];
    }

    /** Returns what is usual of a feature: the own earlier weeks, or the peers' median where those are not known. */
    double ownBaselineOrPeers(String name) {
        Double own = ownBaselineOrNull(name);
        return own == null ? peerMedian(name) : own;
    }

    Double ownBaselineOrNull(String name) {
        return ownBaselines[FeatureSet.names().indexOf(name)];
    }

    /** Returns the leading reasons and the rest, in the shape of {@code SuspiciousUsage.REASON}. */
    Row[] reasons() {
        List<Row> reasons = new ArrayList<>();
        double rest = java.util.Arrays.stream(contributions).sum();
        for (int i : leading(MOST_REASONS)) {
            Feature feature = FeatureSet.DIRECTED.get(i);
            rest -= contributions[i];
            reasons.add(RowFactory.create(
                    feature.name(),
                    values[i],
                    peerMedians[i],
                    ownBaselines[i],
                    feature.suspicious().name().toLowerCase(java.util.Locale.ROOT),
                    contributions[i],
                    Words.reason(feature, values[i], peerMedians[i], ownBaselines[i])));
        }
        reasons.add(RowFactory.create("other", null, null, null, null, rest, "all other features together"));
        return reasons.toArray(Row[]::new);
    }
}
