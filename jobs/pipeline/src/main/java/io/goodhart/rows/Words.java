package io.goodhart.rows;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Rows of one shape, each as fixed words side by side: one word of null bits, then one a column. A text is the code that {@link Texts}
 * gives it.
 *
 * <p>Shapes: pages of {@value #PAGE_ROWS} rows, so that growing copies nothing. Memory: 8 bytes × (columns + 1) a row.
 */
public final class Words {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int MOST_COLUMNS = 64;

    private final int stride;
    private long[][] pages = new long[4][];
    private int size;

    /** @param columns how many of a row's first columns are kept */
    public Words(int columns) {
        if (columns > MOST_COLUMNS) {
            throw new IllegalArgumentException(columns + " columns: the null bits of a row must fit one word");
        }
        this.stride = columns + 1;
    }

    /** Adds the first columns of {@code row}, of at most 64 columns in all, and returns its number. Text columns are to be set then. */
    public int add(UnsafeRow row) {
        if (row.numFields() > MOST_COLUMNS) {
            throw new IllegalArgumentException(row.numFields() + " columns: the null bits of a row must fit one word");
        }
        int page = size >>> PAGE_BITS;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, 2 * page);
        }
        if (pages[page] == null) {
            pages[page] = new long[stride << PAGE_BITS];
        }
        long offset = Platform.LONG_ARRAY_OFFSET + 8L * stride * (size & (PAGE_ROWS - 1));
        // An unsafe row begins as a row here does: null bits, then a word a column; a null's word is 0.
        Platform.copyMemory(row.getBaseObject(), row.getBaseOffset(), pages[page], offset, 8L * stride);
        return size++;
    }

    /** Returns how many rows there are. */
    public int size() {
        return size;
    }

    /** Returns a column's word; 0 where the column is null. */
    public long get(int row, int column) {
        return pages[row >>> PAGE_BITS][stride * (row & (PAGE_ROWS - 1)) + 1 + column];
    }

    /** Returns whether a column is null. */
    public boolean isNull(int row, int column) {
        return (nulls(row) >>> column & 1) != 0;
    }

    /** Returns the null bits of a row, the first column's lowest. Those above the columns mean nothing. */
    public long nulls(int row) {
        return pages[row >>> PAGE_BITS][stride * (row & (PAGE_ROWS - 1))];
    }

    /** Sets a column's word. */
    public void set(int row, int column, long word) {
        pages[row >>> PAGE_BITS][stride * (row & (PAGE_ROWS - 1)) + 1 + column] = word;
    }
}
