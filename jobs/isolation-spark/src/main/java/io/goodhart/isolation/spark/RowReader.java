package io.goodhart.isolation.spark;

import io.goodhart.isolation.RowKey;
import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads features (field 0) and key (field 1, if there is one) from Spark's internal rows. */
final class RowReader implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean array;
    private final DataType keyType; // null: rows have no key
    private final VectorUDT vectors = new VectorUDT();

    RowReader(StructType schema) {
        this.array = schema.apply(0).dataType() instanceof ArrayType;
        this.keyType = schema.length() > 1 ? schema.apply(1).dataType() : null;
    }

    boolean hasKey() {
        return keyType != null;
    }

    long key(InternalRow row) {
        if (row.isNullAt(1)) {
            throw new IllegalArgumentException(
                    "A row has no key: keyCol is null. Every row needs a key, or none has one.");
        }
        if (keyType.equals(DataTypes.StringType)) {
            return RowKey.of(row.getUTF8String(1).getBytes());
        }
        return RowKey.of(keyType.equals(DataTypes.LongType) ? row.getLong(1) : row.getInt(1));
    }

    double[] features(InternalRow row) {
        if (row.isNullAt(0)) {
            throw new IllegalArgumentException(
                    "A row has no features: featuresCol is null. Use NaN for a single missing value.");
        }
        if (array) {
            return row.getArray(0).toDoubleArray();
        }
        Vector vector = vectors.deserialize(row.getStruct(0, 4));
        return vector.toArray();
    }
}
