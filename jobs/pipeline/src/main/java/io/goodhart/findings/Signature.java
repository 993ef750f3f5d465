package io.goodhart.findings;

import io.goodhart.features.FeatureSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Why something is strange, as a direction: the evidence by feature, of unit length. Evidence that speaks for honesty counts as 0. */
final class Signature {
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

    /** Returns the signature of contributions, in the order of the features. */
    static Signature of(double[] contributions) {
        return new Signature(
                java.util.Arrays.stream(contributions).map(c -> Math.max(0, c)).toArray());
    }

    /** Returns the signature with these weights by feature name. */
    static Signature of(Map<String, Double> weights) {
        return of(FeatureSet.names().stream()
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
        return of(sum);
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
