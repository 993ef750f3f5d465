package io.goodhart.isolation.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goodhart.isolation.ForestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
        IsolationForestModel model =
                IsolationForestModel.load(folder.resolve("model").toString());
        assertThat(scores(model)).isEqualTo(Files.readAllLines(folder.resolve("scores.txt")));
    }

    /** Run with -Dsaved.write=NAME when a form is released. */
    @Test
    @EnabledIfSystemProperty(named = "saved.write", matches = ".+")
    void writeAModelOfTheForm() throws IOException {
        Path folder = FOLDER.resolve(System.getProperty("saved.write"));
        IsolationForestModel model = model();
        model.write().save(folder.resolve("model").toString());
        Files.write(folder.resolve("scores.txt"), scores(model));
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
            assertThat(Math.pow(2, -mean / forest.get("average_path_length").asDouble()))
                    .isEqualTo(model.forest().score(row));
        }
        assertThat(forest.get("expected_path_length").asDouble()).isEqualTo(model.expectedPathLength());
        assertThat(forest.get("num_features").asInt()).isEqualTo(3);
        assertThat(forest.get("rows_per_tree").asInt()).isEqualTo(64);
        assertThat(forest.get("form").asInt()).isEqualTo(1);
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
