package io.goodhart.features;

import com.esotericsoftware.kryo.io.Output;
import io.goodhart.rows.InnerRows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows of a key and of bytes in which the rest is packed. */
final class PackedRows {
    /** The column that the rest is packed in. */
    static final String PACKED = "packed";

    private static final int SMALLEST_BUFFER = 1024;
    private static final int NO_LIMIT = -1;

    private PackedRows() {}

    /** Packs what stands behind the key of a row. */
    interface Packing extends Serializable {
        void pack(InternalRow row, Output output);
    }

    /** Returns the rows with all but their first {@code keys} columns packed into one. */
    static Dataset<Row> of(Dataset<Row> rows, int keys, Packing packing) {
        StructField[] key = Arrays.copyOf(rows.schema().fields(), keys);
        DataType[] types = Arrays.stream(key).map(StructField::dataType).toArray(DataType[]::new);
        JavaRDD<InternalRow> packed = InnerRows.of(rows).mapPartitions(part -> {
            Output output = new Output(SMALLEST_BUFFER, NO_LIMIT);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(part, Spliterator.ORDERED), false)
                    .map(row -> packed(row, types, packing, output))
                    .iterator();
        });
        StructField[] fields = Stream.concat(
                        Arrays.stream(key), Stream.of(DataTypes.createStructField(PACKED, DataTypes.BinaryType, false)))
                .toArray(StructField[]::new);
        return InnerRows.dataset(rows.sparkSession(), packed.rdd(), new StructType(fields));
    }

    private static InternalRow packed(InternalRow row, DataType[] key, Packing packing, Output output) {
        output.clear();
        packing.pack(row, output);
        Object[] values = new Object[key.length + 1];
        for (int i = 0; i < key.length; i++) {
            values[i] = row.isNullAt(i) ? null : row.get(i, key[i]);
        }
        values[key.length] = output.toBytes();
        return new GenericInternalRow(values);
    }
}
