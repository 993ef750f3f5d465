package io.goodhart.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.FeatureSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClustersTest {
    private static final double ALIKE_FROM = 0.7;
    private static final int WIDTH = FeatureSet.names().size();

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @Test
    void noSignaturesMakeNoGroupsAndOneMakesOne() {
        assertThat(groups(List.of())).isEmpty();
        assertThat(groups(List.of(along(0)))).containsExactly(List.of(0));
    }

    @Test
    void theSameSignaturesAreOneGroup() {
        assertThat(groups(Collections.nCopies(7, along(3)))).containsExactly(List.of(0, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void whatIsLikeNothingStaysAlone() {
        assertThat(groups(IntStream.range(0, 5).mapToObj(ClustersTest::along).toList()))
                .containsExactly(List.of(0), List.of(1), List.of(2), List.of(3), List.of(4));
    }

    @Test
    void evidenceForHonestyOnlyIsLikeNothing() {
        Signature none = signature(new double[WIDTH]);

        assertThat(groups(List.of(none, none, along(1)))).containsExactly(List.of(0), List.of(1), List.of(2));
    }

    @Test
    void alikeEnoughIsMoreThanTheLeast() {
        assertThat(groups(List.of(along(0), leaning(0.71)))).hasSize(1);
        assertThat(groups(List.of(along(0), leaning(0.69)))).hasSize(2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void groupsAreThoseOfAverageLinkageByTheBook(int seed) {
        List<Signature> signatures = random(seed);

        assertThat(Set.copyOf(groups(signatures))).as("seed %s", seed).isEqualTo(byTheBook(signatures));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderOfTheSignaturesDoesNotMatter(int seed) {
        List<Signature> signatures = random(seed);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, signatures.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));

        Set<Set<Integer>> shuffled = groups(order.stream().map(signatures::get).toList()).stream()
                .map(group -> group.stream().map(order::get).collect(Collectors.toSet()))
                .collect(Collectors.toSet());

        assertThat(shuffled)
                .as("seed %s", seed)
                .isEqualTo(groups(signatures).stream().map(Set::copyOf).collect(Collectors.toSet()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySignatureIsInOneGroup(int seed) {
        List<Signature> signatures = random(seed);

        assertThat(groups(signatures).stream().flatMap(List::stream))
                .as("seed %s", seed)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, signatures.size()).boxed().toList());
    }

    private static List<List<Integer>> groups(List<Signature> signatures) {
        return Clusters.of(
                signatures.size(), (one, other) -> signatures.get(one).cosine(signatures.get(other)));
    }

    /** Joins the two most alike groups, by the mean over all pairs, until none are alike enough. */
    private static Set<List<Integer>> byTheBook(List<Signature> signatures) {
        List<List<Integer>> groups = new ArrayList<>();
        IntStream.range(0, signatures.size()).forEach(i -> groups.add(new ArrayList<>(List.of(i))));
        while (true) {
            double most = ALIKE_FROM;
            List<List<Integer>> closest = List.of();
            for (List<Integer> one : groups) {
                for (List<Integer> other : groups) {
                    double alike = one == other ? 0 : meanCosine(signatures, one, other);
                    if (alike > most) {
                        most = alike;
                        closest = List.of(one, other);
                    }
                }
            }
            if (closest.isEmpty()) {
                return groups.stream()
                        .map(group -> group.stream().sorted().toList())
                        .collect(Collectors.toCollection(HashSet::new));
            }
            closest.get(0).addAll(closest.get(1));
            List<Integer> joined = closest.get(1);
            groups.removeIf(group -> group == joined);
        }
    }

    private static double meanCosine(List<Signature> signatures, List<Integer> one, List<Integer> other) {
        return one.stream()
                .flatMap(i -> other.stream().map(j -> signatures.get(i).cosine(signatures.get(j))))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** A few directions with noise about them, and some signatures that belong nowhere. */
    private static List<Signature> random(int seed) {
        Random random = new Random(seed);
        int directions = 1 + random.nextInt(6);
        double noise = 0.1 + random.nextDouble();
        return IntStream.range(0, 1 + random.nextInt(25))
                .mapToObj(i -> {
                    double[] weights = random.doubles(WIDTH, 0, noise).toArray();
                    weights[random.nextInt(directions)] += 4;
                    return signature(weights);
                })
                .toList();
    }

    private static Signature signature(double[] weights) {
        return Signature.of(
                IntStream.range(0, WIDTH).boxed().collect(Collectors.toMap(FeatureSet.names()::get, i -> weights[i])));
    }

    private static Signature along(int feature) {
        double[] weights = new double[WIDTH];
        weights[feature] = 1;
        return signature(weights);
    }

    private static Signature leaning(double cosine) {
        double[] weights = new double[WIDTH];
        weights[0] = cosine;
        weights[1] = Math.sqrt(1 - cosine * cosine);
        return signature(weights);
    }
}
