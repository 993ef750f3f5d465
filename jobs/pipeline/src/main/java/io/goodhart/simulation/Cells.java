package io.goodhart.simulation;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.TableContract;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A row while it is made up, of columns that others of its kind tell. */
final class Cells {
    private final TableContract table;
    private final Object[] values;
    private final boolean[] told;

    private Cells(TableContract table, Object[] values, boolean[] told) {
        this.table = table;
        this.values = values;
        this.told = told;
    }

    static Cells of(TableContract table, Row row) {
        Cells cells = new Cells(table, new Object[row.size()], new boolean[row.size()]);
        for (int column = 0; column < row.size(); column++) {
            cells.values[column] = row.get(column);
            cells.told[column] = !row.isNullAt(column);
        }
        return cells;
    }

    /** Returns a copy of the first of these rows; whatever one of them tells may be told. Without rows everything may. */
    static Cells like(TableContract table, List<Row> rows) {
        int size = table.columns().size();
        if (rows.isEmpty()) {
            boolean[] everything = new boolean[size];
            Arrays.fill(everything, true);
            Cells cells = new Cells(table, new Object[size], everything);
            cells.set(ProductivityEvents.SOURCE, "rehearsal");
            return cells;
        }
        Cells cells = of(table, rows.get(0));
        for (Row row : rows) {
            for (int column = 0; column < size; column++) {
                cells.told[column] |= !row.isNullAt(column);
            }
        }
        return cells;
    }

    void set(ColumnSpec column, Object value) {
        values[index(column)] = value;
    }

    /** Sets the value if the person's own rows tell it. */
    void tell(ColumnSpec column, Object value) {
        if (told[index(column)]) {
            set(column, value);
        }
    }

    private int index(ColumnSpec column) {
        return table.schema().fieldIndex(column.name());
    }

    Row row() {
        return RowFactory.create(values.clone());
    }

    /** Returns the value of a column of a row of {@code table}. */
    static Object value(Row row, TableContract table, ColumnSpec column) {
        return row.get(table.columns().indexOf(column));
    }

    /** Returns a number, 0 where it is not told. */
    static long number(Row row, TableContract table, ColumnSpec column) {
        Object value = value(row, table, column);
        return value == null ? 0 : ((Number) value).longValue();
    }

    static String text(Row row, TableContract table, ColumnSpec column) {
        return String.valueOf(value(row, table, column));
    }
}
