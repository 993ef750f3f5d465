package io.goodhart.isolation.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** A labelled set of ADBench in memory. */
public record LabelledSet(List<double[]> rows, int[] labels) {
    /** Finds the file in shared/data/adbench beside the checkout, else among the test resources. */
    public static Optional<LabelledSet> named(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data/adbench/" + name + ".parquet");
            if (Files.exists(file)) {
                return Optional.of(read(file));
            }
        }
        return Optional.of(Path.of("src/test/resources/adbench/" + name + ".parquet"))
                .filter(Files::exists)
                .map(LabelledSet::read);
    }

    private static LabelledSet read(Path file) {
        List<Row> table = LocalSpark.session().read().parquet(file.toString()).collectAsList();
        int features = table.get(0).length() - 1;
        List<double[]> rows = table.stream()
                .map(row -> {
                    double[] values = new double[features];
                    for (int feature = 0; feature < features; feature++) {
                        values[feature] = row.getDouble(feature);
                    }
                    return values;
                })
                .toList();
        return new LabelledSet(
                rows, table.stream().mapToInt(row -> row.getInt(features)).toArray());
    }

    public Ranking rank(java.util.function.ToDoubleFunction<double[]> score) {
        return Ranking.of(rows.stream().mapToDouble(score).toArray(), labels);
    }
}
