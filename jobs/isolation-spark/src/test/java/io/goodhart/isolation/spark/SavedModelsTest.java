package io.goodhart.isolation.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goodhart.isolation.ForestJson;
import io.goodhart.isolation.SavedForest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model ever released is loaded and gives the scores it gave then. A new form adds a folder; none is ever rewritten. */
class SavedModelsTest {
    private static final Path FOLDER = Path.of("src/test/resources/saved-models");

    static Stream<Path> savedModels() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("savedModels")
    void everySavedModelGivesTheScoresItGaveWhenSaved(Path folder) throws IOException {
        assertThat(results(folder)).isEqualTo(Files.readAllLines(folder.resolve("scores.txt")));
    }

    @Test
    void aForestAndAClusteringOfThePresentFormAreAmongThem() throws IOException {
        assertThat(savedModels().map(folder -> folder.getFileName().toString()))
                .contains("form-1", "form-" + SavedForest.VERSION, "clustering-form-" + SavedForest.VERSION);
    }

    private static List<String> results(Path folder) {
        LocalSpark.session();
        String model = folder.resolve("model").toString();
        return folder.getFileName().toString().startsWith("clustering")
                ? clusters(IsolationClusteringModel.load(model))
                : scores(IsolationForestModel.load(model));
    }

    /** Run with -Dsaved.write=NAME when a form is released. */
    @Test
    @EnabledIfSystemProperty(named = "saved.write", matches = ".+")
    void writeAModelOfTheForm() throws IOException {
        Path folder = FOLDER.resolve(System.getProperty("saved.write"));
        MLWritable model = folder.getFileName().toString().startsWith("clustering") ? clustering() : model();
        model.write().save(folder.resolve("model").toString());
        Files.write(folder.resolve("scores.txt"), results(folder));
    }

    @Test
    void theJsonAloneIsEnoughToScore() throws IOException {
        IsolationForestModel model = model();
        JsonNode forest = new ObjectMapper().readTree(ForestJson.of(model.forest()));
        for (double[] row : asked()) {
            double sum = 0;
            for (JsonNode tree : forest.get("trees")) {
                int node = 0;
                while (tree.get("feature").get(node).asInt() >= 0) {
                    double value = row[tree.get("feature").get(node).asInt()];
                    boolean left = value < tree.get("threshold").get(node).asDouble();
                    node = left ? node + 1 : tree.get("right").get(node).asInt();
                }
                sum += tree.get("path_length").get(node).asDouble();
            }
            double mean = sum / forest.get("trees").size();
            for (int feature = 0; feature < forest.get("lower").size(); feature++) {
                JsonNode lower = forest.get("lower").get(feature);
                JsonNode upper = forest.get("upper").get(feature);
                boolean beyond = (!lower.isNull() && row[feature] < lower.asDouble())
                        || (!upper.isNull() && row[feature] > upper.asDouble());
                mean *= beyond ? forest.get("beyond_factor").asDouble() : 1;
            }
            assertThat(Math.pow(2, -mean / forest.get("average_path_length").asDouble()))
                    .isEqualTo(model.forest().score(row));
        }
        assertThat(forest.get("expected_path_length").asDouble()).isEqualTo(model.expectedPathLength());
        assertThat(forest.get("num_features").asInt()).isEqualTo(3);
        assertThat(forest.get("rows_per_tree").asInt()).isEqualTo(64);
        assertThat(forest.get("form").asInt()).isEqualTo(2);
    }

    private static IsolationForestModel model() {
        Dataset<Row> rows = ForestRows.of(1, 300, 3);
        return new IsolationForestEstimator()
                .setKeyCol("key")
                .setNumTrees(10)
                .setSampleSize(64)
                .setContamination(0.1)
                .setRangeMarginAbove(0.2)
                .fit(rows);
    }

    private static IsolationClusteringModel clustering() {
        return new IsolationClustering()
                .setKeyCol("key")
                .setNumTrees(10)
                .setSampleSize(64)
                .setContamination(0.1)
                .setNumClusters(3)
                .fit(ForestRows.of(1, 300, 3));
    }

    private static List<String> clusters(IsolationClusteringModel model) {
        List<Row> rows = Arrays.stream(asked())
                .map(row -> RowFactory.create(Vectors.dense(row)))
                .toList();
        StructType schema = new StructType().add("features", SQLDataTypes.VectorType());
        return model
                .transform(LocalSpark.session().createDataFrame(rows, schema).coalesce(1))
                .collectAsList()
                .stream()
                .map(row -> "%s %s %s".formatted(row.getAs("score"), row.getAs("prediction"), row.getAs("cluster")))
                .toList();
    }

    private static double[][] asked() {
        return new double[][] {{0.5, 0.5, 0.5}, {2, 0.1, 0.9}, {-1, 0.3, 0.3}, {0.2, 0.4, 5}, {0.01, 0.99, 0.5}};
    }

    private static List<String> scores(IsolationForestModel model) {
        List<String> scores = new java.util.ArrayList<>();
        for (double[] row : asked()) {
            scores.add(Double.toString(model.forest().score(row)));
        }
        scores.add("threshold " + model.threshold().orElse(Double.NaN));
        return scores;
    }
}
