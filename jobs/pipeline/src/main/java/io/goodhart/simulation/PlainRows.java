package io.goodhart.simulation;

import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The <i>plain</i> shape of a contract: times as microseconds and dates as day numbers, so that no clock or time zone setting can touch
 * them on the way.
 */
public final class PlainRows {
    private PlainRows() {}

    /** Returns the shape of rows in which times and dates are numbers still. */
    public static StructType plain(StructType schema) {
        StructType plain = new StructType();
        for (var field : schema.fields()) {
            DataType type = field.dataType();
            DataType number = type.equals(DataTypes.TimestampType)
                    ? DataTypes.LongType
                    : type.equals(DataTypes.DateType) ? DataTypes.IntegerType : type;
            plain = plain.add(field.name(), number, field.nullable());
        }
        return plain;
    }

    /** Returns the columns of {@code schema}, times and dates as numbers. */
    public static Column[] withNumbers(StructType schema) {
        List<Column> columns = new ArrayList<>();
        for (var field : schema.fields()) {
            Column column = functions.col(field.name());
            DataType type = field.dataType();
            columns.add((type.equals(DataTypes.TimestampType)
                            ? unix_micros(column)
                            : type.equals(DataTypes.DateType) ? unix_date(column) : column)
                    .as(field.name()));
        }
        return columns.toArray(Column[]::new);
    }

    /** Returns the columns of plain rows of {@code schema}, in its own types. */
    public static Column[] withTimes(StructType schema) {
        List<Column> columns = new ArrayList<>();
        for (var field : schema.fields()) {
            Column column = new Column(field.name());
            DataType type = field.dataType();
            columns.add((type.equals(DataTypes.TimestampType)
                            ? timestamp_micros(column)
                            : type.equals(DataTypes.DateType) ? date_from_unix_date(column) : column)
                    .as(field.name()));
        }
        return columns.toArray(Column[]::new);
    }
}
