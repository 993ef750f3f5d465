package io.goodhart.isolation;

import io.goodhart.isolation.SavedForest.SavedTree;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a forest as JSON that any language can walk; README.md of this module documents it. Numbers keep every digit.
 */
public final class ForestJson {
    private ForestJson() {}

    public static String of(IsolationForest forest) {
        SavedForest saved = SavedForest.of(forest);
        return """
                {"form": %d, "num_features": %d, "rows_per_tree": %d, "average_path_length": %s, "expected_path_length": %s, "lower": %s, "upper": %s, "beyond_factor": %s, "trees": [
                %s
                ]}
                """.formatted(
                        saved.version(),
                        saved.numFeatures(),
                        saved.rowsPerTree(),
                        AveragePathLength.of(saved.rowsPerTree()),
                        forest.expectedPathLength(),
                        bounds(saved.lower()),
                        bounds(saved.upper()),
                        saved.beyondFactor(),
                        saved.trees().stream().map(ForestJson::tree).collect(Collectors.joining(",\n")));
    }

    private static String tree(SavedTree tree) {
        return "{\"feature\": %s, \"threshold\": %s, \"right\": %s, \"rows\": %s, \"path_length\": %s}"
                .formatted(
                        array(tree.feature()),
                        array(tree.threshold()),
                        array(tree.right()),
                        array(tree.rows()),
                        array(tree.pathLength()));
    }

    /** JSON has no infinity: a side without a bound is null. */
    private static String bounds(List<Double> bounds) {
        return bounds.stream()
                .map(bound -> bound.isInfinite() ? "null" : String.valueOf(bound))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String array(List<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
