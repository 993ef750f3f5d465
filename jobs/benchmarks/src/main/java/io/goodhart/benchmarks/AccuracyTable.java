package io.goodhart.benchmarks;

import com.amazon.randomcutforest.RandomCutForest;
import io.goodhart.isolation.IsolationForest;
import io.goodhart.isolation.IsolationForestSettings;
import io.goodhart.isolation.spark.LabelledSet;
import io.goodhart.isolation.spark.Ranking;
import java.util.List;
import java.util.Optional;

/** AUROC and average precision over the labelled sets: ours standard and default, the reference, and a peer. */
final class AccuracyTable {
    private static final int SEEDS = 10;
    private static final int PEER_SEEDS = 2;

    private record Reference(String set, double auroc, double averagePrecision) {}

    /** scikit-learn 1.9, 100 trees of 256 rows, mean over 10 seeds. */
    private static final List<Reference> REFERENCES = List.of(
            new Reference("mammography", 0.858, 0.214),
            new Reference("annthyroid", 0.819, 0.305),
            new Reference("thyroid", 0.979, 0.542),
            new Reference("shuttle", 0.997, 0.977),
            new Reference("pima", 0.673, 0.501),
            new Reference("satellite", 0.705, 0.666));

    private AccuracyTable() {}

    static void print() {
        System.out.printf("%nAccuracy: AUROC and average precision, mean of %d seeds (peer: %d)%n", SEEDS, PEER_SEEDS);
        System.out.println("| set | reference | ours, standard | ours, default | randomcutforest |");
        System.out.println("|---|---|---|---|---|");
        double[] sum = new double[8];
        int found = 0;
        for (Reference reference : REFERENCES) {
            Optional<LabelledSet> set = LabelledSet.named(reference.set());
            if (set.isEmpty()) {
                System.out.printf(
                        "| %s | not here: put shared/data/adbench beside the checkout | | | |%n", reference.set());
                continue;
            }
            double[] row = {reference.auroc(), reference.averagePrecision(), 0, 0, 0, 0, 0, 0};
            for (int seed = 1; seed <= SEEDS; seed++) {
                add(row, 2, ours(set.get(), IsolationForestSettings.standard().withSeed(seed)), SEEDS);
                add(row, 4, ours(set.get(), IsolationForestSettings.defaults().withSeed(seed)), SEEDS);
            }
            for (int seed = 1; seed <= PEER_SEEDS; seed++) {
                add(row, 6, peer(set.get(), seed), PEER_SEEDS);
            }
            print(reference.set(), row, 1);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += row[i];
            }
            found++;
        }
        if (found > 0) {
            print("mean", sum, found);
        }
    }

    private static Ranking ours(LabelledSet set, IsolationForestSettings settings) {
        IsolationForest forest = IsolationForest.grow(settings, set.rows().toArray(double[][]::new));
        return set.rank(forest.scorer()::score);
    }

    private static Ranking peer(LabelledSet set, long seed) {
        RandomCutForest peer = RandomCutForest.builder()
                .dimensions(set.rows().get(0).length)
                .numberOfTrees(100)
                .sampleSize(256)
                .timeDecay(0)
                .randomSeed(seed)
                .build();
        set.rows().forEach(peer::update);
        return set.rank(peer::getAnomalyScore);
    }

    private static void add(double[] row, int at, Ranking ranking, int runs) {
        row[at] += ranking.auroc() / runs;
        row[at + 1] += ranking.averagePrecision() / runs;
    }

    private static void print(String name, double[] row, int of) {
        System.out.printf(
                "| %s | %.3f %.3f | %.3f %.3f | %.3f %.3f | %.3f %.3f |%n",
                name,
                row[0] / of,
                row[1] / of,
                row[2] / of,
                row[3] / of,
                row[4] / of,
                row[5] / of,
                row[6] / of,
                row[7] / of);
    }
}
