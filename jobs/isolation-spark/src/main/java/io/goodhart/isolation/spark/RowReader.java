package io.goodhart.isolation.spark;

import io.goodhart.isolation.RowKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Reads key, weight and features from Spark's internal rows; what is not asked for is not copied. */
final class RowReader implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;
    private static final int VECTOR_FIELDS = 4;

    private final int features; // columns of doubles; 0: the first column holds them all
    private final boolean array;
    private final int key;
    private final int weight;
    private final DataType keyType;

    private RowReader(int features, boolean array, int key, int weight, DataType keyType) {
        this.features = features;
        this.array = array;
        this.key = key;
        this.weight = weight;
        this.keyType = keyType;
    }

    /** Returns the columns that {@link #of} reads, in its order. */
    static Column[] columns(IsolationForestParams stage) {
        List<Column> columns = new ArrayList<>(List.of(FeatureColumns.of(stage)));
        if (!stage.getKeyCol().isEmpty()) {
            columns.add(functions.col(stage.getKeyCol()));
        }
        if (!stage.getWeightCol().isEmpty()) {
            columns.add(functions.col(stage.getWeightCol()).cast(DataTypes.DoubleType));
        }
        return columns.toArray(Column[]::new);
    }

    static RowReader of(IsolationForestParams stage, Dataset<Row> selected) {
        int features = stage.getFeaturesCols().length;
        int next = Math.max(features, 1);
        int key = stage.getKeyCol().isEmpty() ? NONE : next++;
        int weight = stage.getWeightCol().isEmpty() ? NONE : next;
        return new RowReader(
                features,
                selected.schema().apply(0).dataType() instanceof ArrayType,
                key,
                weight,
                key == NONE ? null : selected.schema().apply(key).dataType());
    }

    boolean hasKey() {
        return key != NONE;
    }

    boolean hasWeight() {
        return weight != NONE;
    }

    long key(InternalRow row) {
        if (row.isNullAt(key)) {
            throw new IllegalArgumentException(
                    "A row has no key: keyCol is null. Every row needs a key, or none has one.");
        }
        if (keyType.equals(DataTypes.StringType)) {
            return RowKey.of(row.getUTF8String(key).getBytes());
        }
        return RowKey.of(keyType.equals(DataTypes.LongType) ? row.getLong(key) : row.getInt(key));
    }

    double weight(InternalRow row) {
        if (!hasWeight()) {
            return 1;
        }
        if (row.isNullAt(weight)) {
            throw noWeight();
        }
        return row.getDouble(weight);
    }

    static IllegalArgumentException noWeight() {
        return new IllegalArgumentException("A row has no weight: weightCol is null. Use 0 for a row to leave out.");
    }

    double[] features(InternalRow row) {
        if (features == 0) {
            return FeatureValues.of(row.isNullAt(0) ? null : array ? row.getArray(0) : row.getStruct(0, VECTOR_FIELDS));
        }
        double[] values = new double[features];
        for (int feature = 0; feature < features; feature++) {
            values[feature] = row.isNullAt(feature) ? Double.NaN : row.getDouble(feature);
        }
        return values;
    }
}
