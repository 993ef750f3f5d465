package io.goodhart.isolation.spark;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that the stages read and append, and their checks; every message says what was found and what to do. */
final class FeatureColumns {
    private FeatureColumns() {}

    /** Returns the features as they are read: one column of a Vector or an array, or one of doubles each. */
    static Column[] of(IsolationForestParams stage) {
        String[] columns = stage.getFeaturesCols();
        if (columns.length == 0) {
            return new Column[] {functions.col(stage.getFeaturesCol())};
        }
        return Arrays.stream(columns)
                .map(column -> functions.col(column).cast(DataTypes.DoubleType))
                .toArray(Column[]::new);
    }

    /** Returns the features as one column of a Vector or an array. */
    static Column together(IsolationForestParams stage) {
        Column[] columns = of(stage);
        if (stage.getFeaturesCols().length == 0) {
            return columns[0];
        }
        return functions.array(Arrays.stream(columns)
                .map(column -> functions.coalesce(column, functions.lit(Double.NaN)))
                .toArray(Column[]::new));
    }

    static void requireFeatures(StructType schema, IsolationForestParams stage) {
        for (String column : stage.getFeaturesCols()) {
            require(
                    schema,
                    column,
                    "featuresCols",
                    type -> type instanceof NumericType,
                    "a number is needed. Cast it, or encode it.");
        }
        if (stage.getFeaturesCols().length == 0) {
            require(
                    schema,
                    stage.getFeaturesCol(),
                    "featuresCol",
                    type -> type.equals(SQLDataTypes.VectorType())
                            || (type instanceof ArrayType array
                                    && array.elementType().equals(DataTypes.DoubleType)),
                    "a Vector or an array of doubles is needed. Assemble the features with VectorAssembler, or name their columns in featuresCols.");
        }
    }

    static void requireKey(StructType schema, String column) {
        require(
                schema,
                column,
                "keyCol",
                type -> type.equals(DataTypes.StringType)
                        || type.equals(DataTypes.LongType)
                        || type.equals(DataTypes.IntegerType),
                "a string or an integer is needed. Cast it.");
    }

    static void requireWeight(StructType schema, String column) {
        require(schema, column, "weightCol", type -> type instanceof NumericType, "a number is needed. Cast it.");
    }

    static StructType append(StructType schema, String column, DataType type) {
        return append(schema, column, type, false);
    }

    static StructType append(StructType schema, String column, DataType type, boolean nullable) {
        if (Arrays.stream(schema.fieldNames())
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(column.toLowerCase(Locale.ROOT)))) {
            throw new IllegalArgumentException(
                    "Column %s cannot be appended: the input has one of that name. Drop it, or set another name for the output."
                            .formatted(column));
        }
        return schema.add(column, type, nullable);
    }

    private static void require(
            StructType schema,
            String column,
            String param,
            java.util.function.Predicate<DataType> fits,
            String needed) {
        if (!Arrays.asList(schema.fieldNames()).contains(column)) {
            throw new IllegalArgumentException("Column %s (%s) is missing: the input has %s. Set %s to one of them."
                    .formatted(column, param, String.join(", ", schema.fieldNames()), param));
        }
        StructField field = schema.apply(column);
        if (!fits.test(field.dataType())) {
            throw new IllegalArgumentException("Column %s (%s) is of type %s: %s"
                    .formatted(column, param, field.dataType().simpleString(), needed));
        }
    }
}
