package io.goodhart.isolation.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Features as Spark holds them inside, read at one copy a row. */
final class FeatureValues {
    private static final byte DENSE = 1;

    private FeatureValues() {}

    /** Returns the values of a Vector (a struct of type, size, indices, values) or of an array of doubles. */
    static double[] of(Object value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "A row has no features: the features column is null. Use NaN for a single missing value.");
        }
        if (value instanceof ArrayData array) {
            return withNaN(array);
        }
        InternalRow vector = (InternalRow) value;
        double[] values = vector.getArray(3).toDoubleArray();
        if (vector.getByte(0) == DENSE) {
            return values;
        }
        double[] dense = new double[vector.getInt(1)];
        int[] indices = vector.getArray(2).toIntArray();
        for (int i = 0; i < indices.length; i++) {
            dense[indices[i]] = values[i];
        }
        return dense;
    }

    private static double[] withNaN(ArrayData array) {
        double[] values = array.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = array.isNullAt(i) ? Double.NaN : values[i];
        }
        return values;
    }
}
