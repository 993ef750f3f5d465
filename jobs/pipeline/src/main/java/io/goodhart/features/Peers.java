package io.goodhart.features;

import io.goodhart.tables.People;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * What is normal among role peers: the median and the spread of every feature, on the feature's scale of comparison, shrunk to the whole
 * population where peers are few; and the median of outcomes.
 *
 * <p>The spread is the larger of two: the median absolute deviation, and how far the tenth of the peers that goes farthest to the
 * suspicious side goes. Most features are 0 for most people, and one odd merge of eleven is no evidence where a tenth of the peers has
 * one; the deviation alone, 0 there, would call it extreme. Gaming of one kind is rarer than a tenth.
 *
 * <p>Quantiles are taken over values cut to {@link #KEPT_BITS} bits of mantissa: what is counted of a group is then bounded by the number
 * of different cut values, not by people, it merges exactly, and a median moves by less than half a per cent. What is kept here is two
 * numbers a feature, role and window's end, so it is on the driver and goes to every task.
 */
final class Peers implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int KEPT_BITS = 8;
    private static final int MANTISSA_BITS = 52;

    /** How many peers weigh as much as the whole population. */
    private static final double PRIOR_PEERS = 20;

    /** What a median absolute deviation is multiplied with to be a standard deviation of normal data. */
    private static final double MAD_TO_SD = 1.4826;

    /** The quantile of the suspicious side that is read as a spread, and where a standard normal has it. */
    private static final double TAIL_QUANTILE = 0.9;

    private static final double NORMAL_TAIL_QUANTILE = 1.2815515655446004;

    /** How many windows of a group are counted in one go. */
    private static final int BLOCK = 256;

    /** The windows that are compared with one another: of one role, or of everybody where the role is null. */
    private record Group(LocalDate end, String roleOrNull) implements Serializable {
        Group everybody() {
            return new Group(end, null);
        }
    }

    /**
     * What is normal in a group.
     *
     * @param medians by feature, on the scale of comparison
     * @param spreads in the same order
     * @param moves medians of how far windows moved from their person's own earlier weeks: what moves everybody, as a client release does, is
     *     nobody's own change
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Normal(double[] medians, double[] spreads, double[] moves) implements Serializable {}

    private record Summary(long people, Normal normal, double outcomes) implements Serializable {}

    private final Map<Group, Summary> groups;

    private Peers(Map<Group, Summary> groups) {
        this.groups = groups;
    }

    /**
     * Learns what is normal in one pass.
     *
     * @param windows those that count as peers: observed long enough to be judged
     */
    static Peers among(JavaRDD<OwnWindow> windows) {
        return new Peers(new HashMap<>(windows.mapPartitionsToPair(Peers::counted)
                .reduceByKey(Counts::plus)
                .mapValues(Counts::summary)
                .collectAsMap()));
    }

    private static Iterator<Tuple2<Group, Counts>> counted(Iterator<OwnWindow> windows) {
        Map<Group, Counts> roles = new HashMap<>();
        Map<Group, List<OwnWindow>> waiting = new HashMap<>();
        windows.forEachRemaining(window -> {
            Group role = new Group(window.end(), window.role());
            List<OwnWindow> block = waiting.computeIfAbsent(role, absent -> new ArrayList<>());
            block.add(window);
            if (block.size() == BLOCK) {
                roles.computeIfAbsent(role, absent -> new Counts()).add(block);
                block.clear();
            }
        });
        waiting.forEach((role, block) ->
                roles.computeIfAbsent(role, absent -> new Counts()).add(block));
        Map<Group, Counts> everybody = new HashMap<>();
        roles.forEach((role, counts) -> everybody
                .computeIfAbsent(role.everybody(), absent -> new Counts())
                .plus(counts));
        return Stream.concat(roles.entrySet().stream(), everybody.entrySet().stream())
                .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                .iterator();
    }

    /** Returns what is normal beside a window of {@code role}; null: nobody was observed long enough to tell. */
    Normal besideOrNull(LocalDate end, String role) {
        Summary all = groups.get(new Group(end, null));
        Summary peers = groups.get(comparedWith(end, role));
        if (peers == null || role.equals(People.UNKNOWN)) {
            return all == null ? null : all.normal();
        }
        double weight = peers.people() / (peers.people() + PRIOR_PEERS);
        return new Normal(
                shrunk(weight, peers.normal().medians(), all.normal().medians()),
                shrunk(weight, peers.normal().spreads(), all.normal().spreads()),
                shrunk(weight, peers.normal().moves(), all.normal().moves()));
    }

    /** Returns weighted outcomes over the peers' median; null where that median is 0 or there is none. */
    Double impactOrNull(OwnWindow window) {
        Summary peers = groups.get(comparedWith(window.end(), window.role()));
        return peers != null && peers.outcomes() > 0 ? (Double) (window.outcomes() / peers.outcomes()) : null;
    }

    /** People of whom no role is known are compared with everybody. */
    private static Group comparedWith(LocalDate end, String role) {
        return new Group(end, role.equals(People.UNKNOWN) ? null : role);
    }

    private static double[] shrunk(double weight, double[] peers, double[] all) {
        double[] shrunk = new double[peers.length];
        for (int i = 0; i < shrunk.length; i++) {
            shrunk[i] = weight * peers[i] + (1 - weight) * all[i];
        }
        return shrunk;
    }

    /** Returns {@code value} with all but the leading bits of its mantissa cleared. */
    static double cut(double value) {
        return Double.longBitsToDouble(Double.doubleToLongBits(value) & -(1L << (MANTISSA_BITS - KEPT_BITS)));
    }

    /** The values of a group, counted. */
    private static final class Counts implements Serializable {
        private static final long serialVersionUID = 1L;

        private final List<ValueCounts> features =
                FeatureSet.DIRECTED.stream().map(feature -> new ValueCounts()).toList();
        private final List<ValueCounts> moves =
                FeatureSet.DIRECTED.stream().map(feature -> new ValueCounts()).toList();
        private final ValueCounts outcomes = new ValueCounts();

        /** Adds windows, feature by feature: the counts of all groups together outgrow a cache. */
        void add(List<OwnWindow> windows) {
            for (int i = 0; i < features.size(); i++) {
                Unit unit = FeatureSet.DIRECTED.get(i).unit();
                for (OwnWindow window : windows) {
                    double value = unit.scaled(window.values()[i]);
                    features.get(i).add(cut(value));
                    Double earlierOrNull = OwnWindow.valueOrNull(window.earlierOrNull(), i);
                    if (earlierOrNull != null) {
                        moves.get(i).add(cut(value - unit.scaled(earlierOrNull)));
                    }
                }
            }
            windows.forEach(window -> outcomes.add(window.outcomes()));
        }

        Counts plus(Counts other) {
            for (int i = 0; i < features.size(); i++) {
                features.get(i).add(other.features.get(i));
                moves.get(i).add(other.moves.get(i));
            }
            outcomes.add(other.outcomes);
            return this;
        }

        Summary summary() {
            double[] medians = features.stream().mapToDouble(Counts::median).toArray();
            double[] spreads = new double[medians.length];
            for (int i = 0; i < spreads.length; i++) {
                double median = medians[i];
                int sign = FeatureSet.DIRECTED.get(i).suspicious().sign();
                DoubleUnaryOperator towardsSuspicion = value -> cut(sign * (value - median));
                ValueCounts apart = features.get(i).map(towardsSuspicion);
                spreads[i] = Math.max(
                        median(apart.map(Math::abs)) * MAD_TO_SD, apart.quantile(TAIL_QUANTILE) / NORMAL_TAIL_QUANTILE);
            }
            double[] middleMoves = moves.stream()
                    .mapToDouble(moved -> moved.total() == 0 ? 0 : median(moved))
                    .toArray();
            return new Summary(outcomes.total(), new Normal(medians, spreads, middleMoves), median(outcomes));
        }

        private static double median(ValueCounts counts) {
            return counts.quantile(0.5);
        }
    }
}
