package io.goodhart.findings;

import io.goodhart.features.Feature;
import io.goodhart.features.Feature.Family;
import io.goodhart.features.FeatureSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * In which way something is strange, as a direction: the evidence by feature, of unit length.
 *
 * <p>The evidence is what the forest sees, the squared distance from role peers on the suspicious side, less where it is an old habit, and not what it made of it:
 * contributions to a score share one path length between all features, so that a loud one hushes the others and two people of the same
 * behaviour look different. What any heavier use brings along (tokens, requests, hours) weighs less than what tells behaviours apart.
 */
final class Signature {
    /** What heavier use of any kind moves, beside the families {@code VOLUME} and {@code CHANGE}. */
    private static final Set<String> ACCOMPANYING =
            Set.of("tokens_an_outcome", "cost_an_outcome", "streak_minutes", "active_hours_a_day");

    private static final double WEIGHT_OF_ACCOMPANYING = 0.3;

    /**
     * One fact told by three features or four: that weeks or months ended at a bar, as happens by chance too, and that prompts came again, as
     * they do in a ring, from a timer and in a fan-out as well. Other facts are told by fewer.
     */
    private static final Set<String> TOLD_SEVERAL_TIMES = Set.of(
            "bar_week_share",
            "bar_recent_share",
            "bar_closeness",
            "bar_month_share",
            "repeated_prompt_share",
            "top_prompt_share",
            "replayed_prompt_share");

    private static final double WEIGHT_OF_TOLD_SEVERAL_TIMES = 0.5;

    private final double[] weights;

    private Signature(double[] weights) {
        double length = Math.sqrt(IntStream.range(0, weights.length)
                .mapToDouble(i -> weights[i] * weights[i])
                .sum());
        for (int i = 0; i < weights.length; i++) {
            weights[i] = length > 0 ? weights[i] / length : 0;
        }
        this.weights = weights;
    }

    /** Returns the signature of evidence, in the order of the features. */
    static Signature ofEvidence(double[] evidence) {
        double[] weights = new double[evidence.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = evidence[i] * weightOf(FeatureSet.DIRECTED.get(i));
        }
        return new Signature(weights);
    }

    /** Returns the signature of squared distances by feature name, which stand for what a behaviour is expected to leave. */
    static Signature expected(Map<String, Double> squaredDistances) {
        return new Signature(FeatureSet.DIRECTED.stream()
                .mapToDouble(feature -> weightOf(feature) * squaredDistances.getOrDefault(feature.name(), 0.0))
                .toArray());
    }

    /** Returns the signature with these weights by feature name. */
    static Signature of(Map<String, Double> weights) {
        return new Signature(FeatureSet.names().stream()
                .mapToDouble(name -> weights.getOrDefault(name, 0.0))
                .toArray());
    }

    /** Returns the mean direction of {@code members}. */
    static Signature centre(List<Signature> members) {
        double[] sum = new double[FeatureSet.names().size()];
        for (Signature member : members) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += member.weights[i];
            }
        }
        return new Signature(sum);
    }

    private static double weightOf(Feature feature) {
        boolean accompanies = feature.family() == Family.VOLUME
                || feature.family() == Family.CHANGE
                || ACCOMPANYING.contains(feature.name());
        if (accompanies) {
            return WEIGHT_OF_ACCOMPANYING;
        }
        return TOLD_SEVERAL_TIMES.contains(feature.name()) ? WEIGHT_OF_TOLD_SEVERAL_TIMES : 1;
    }

    /** Returns how alike two signatures are, from 0 to 1. */
    double cosine(Signature other) {
        double product = 0;
        for (int i = 0; i < weights.length; i++) {
            product += weights[i] * other.weights[i];
        }
        return Math.min(1, product);
    }

    double weight(int feature) {
        return weights[feature];
    }

    /** Returns the features that carry it, largest weight first, as many as {@code most}. */
    List<Integer> carriers(int most) {
        return IntStream.range(0, weights.length)
                .filter(i -> weights[i] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -weights[i]).thenComparing(i -> i))
                .limit(most)
                .toList();
    }
}
