package io.goodhart.jobs.desk;

import io.goodhart.tables.ColumnSpec;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;

/** A row, read by the columns of its contract. */
record TableRow(Row row) {
    boolean isNull(ColumnSpec column) {
        return row.isNullAt(row.fieldIndex(column.name()));
    }

    String text(ColumnSpec column) {
        return String.valueOf(row.<Object>getAs(column.name()));
    }

    long number(ColumnSpec column) {
        return row.<Long>getAs(column.name());
    }

    double real(ColumnSpec column) {
        return row.<Double>getAs(column.name());
    }

    BigDecimal money(ColumnSpec column) {
        return row.getAs(column.name());
    }

    List<Row> entries(ColumnSpec column) {
        return row.getList(row.fieldIndex(column.name()));
    }
}
