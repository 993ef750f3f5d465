package io.goodhart.isolation.spark;

import io.goodhart.isolation.SavedForest;
import io.goodhart.isolation.SavedForest.SavedTree;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The saved form of a forest as one row of a table. */
final class SavedForestRows {
    private static final StructType TREE = new StructType()
            .add("feature", list(DataTypes.IntegerType), false)
            .add("threshold", list(DataTypes.DoubleType), false)
            .add("right", list(DataTypes.IntegerType), false)
            .add("rows", list(DataTypes.IntegerType), false)
            .add("path_length", list(DataTypes.DoubleType), false);

    static final StructType SCHEMA = new StructType()
            .add("form", DataTypes.IntegerType, false)
            .add("num_features", DataTypes.IntegerType, false)
            .add("rows_per_tree", DataTypes.IntegerType, false)
            .add("threshold", DataTypes.DoubleType, true)
            .add("trees", list(TREE), false)
            .add("lower", list(DataTypes.DoubleType), true) // since form 2, as are the next two
            .add("upper", list(DataTypes.DoubleType), true)
            .add("beyond_factor", DataTypes.DoubleType, true);

    private SavedForestRows() {}

    static Row toRow(SavedForest forest, OptionalDouble threshold) {
        List<Row> trees = forest.trees().stream()
                .map(tree -> RowFactory.create(
                        tree.feature(), tree.threshold(), tree.right(), tree.rows(), tree.pathLength()))
                .toList();
        return RowFactory.create(
                forest.version(),
                forest.numFeatures(),
                forest.rowsPerTree(),
                threshold.isPresent() ? threshold.getAsDouble() : null,
                trees,
                forest.lower(),
                forest.upper(),
                forest.beyondFactor());
    }

    static SavedForest fromRow(Row row) {
        List<Row> trees = row.getList(4);
        return new SavedForest(
                row.getInt(0),
                row.getInt(1),
                row.getInt(2),
                trees.stream()
                        .map(tree -> new SavedTree(
                                tree.getList(0), tree.getList(1), tree.getList(2), tree.getList(3), tree.getList(4)))
                        .toList(),
                row.isNullAt(5) ? List.of() : row.getList(5),
                row.isNullAt(6) ? List.of() : row.getList(6),
                row.isNullAt(7) ? 1 : row.getDouble(7));
    }

    static OptionalDouble threshold(Row row) {
        return row.isNullAt(3) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(3));
    }

    private static DataType list(DataType element) {
        return new ArrayType(element, false);
    }
}
