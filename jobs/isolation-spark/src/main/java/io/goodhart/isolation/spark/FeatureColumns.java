package io.goodhart.isolation.spark;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Checks of the columns that the stages read and append; every message says what was found and what to do. */
final class FeatureColumns {
    private FeatureColumns() {}

    static void requireFeatures(StructType schema, String column) {
        DataType type = field(schema, column, "featuresCol").dataType();
        boolean array =
                type instanceof ArrayType elements && elements.elementType().equals(DataTypes.DoubleType);
        if (!array && !type.equals(SQLDataTypes.VectorType())) {
            throw new IllegalArgumentException(
                    "Column %s (featuresCol) is of type %s: a Vector or an array of doubles is needed. Assemble the features with VectorAssembler or functions.array."
                            .formatted(column, type.simpleString()));
        }
    }

    static void requireKey(StructType schema, String column) {
        DataType type = field(schema, column, "keyCol").dataType();
        if (!type.equals(DataTypes.StringType)
                && !type.equals(DataTypes.LongType)
                && !type.equals(DataTypes.IntegerType)) {
            throw new IllegalArgumentException(
                    "Column %s (keyCol) is of type %s: a string or an integer is needed. Cast it."
                            .formatted(column, type.simpleString()));
        }
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

    private static StructField field(StructType schema, String column, String param) {
        if (!Arrays.asList(schema.fieldNames()).contains(column)) {
            throw new IllegalArgumentException("Column %s (%s) is missing: the input has %s. Set %s to one of them."
                    .formatted(column, param, String.join(", ", schema.fieldNames()), param));
        }
        return schema.apply(column);
    }
}
