package io.goodhart.rows;

import java.io.Serializable;
import java.util.Arrays;

/** Different longs, numbered from 0 as they come. Clearing costs as much as was in it, not as it could hold. */
public final class LongIds implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SMALLEST = 32;

    private long[] values = new long[SMALLEST];
    private int[] table = filled(2 * SMALLEST);
    private int size;

    /** Returns the number of {@code value}; one that was not there gets the next. */
    public int idOf(long value) {
        int mask = table.length - 1;
        int slot = spread(value) & mask;
        while (true) {
            int id = table[slot];
            if (id < 0) {
                return add(value, slot);
            }
            if (values[id] == value) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** Returns how many values there are. */
    public int size() {
        return size;
    }

    /** Returns the value of a number. */
    public long value(int id) {
        return values[id];
    }

    /** Forgets all values. */
    public void clear() {
        if (4 * size >= table.length) {
            Arrays.fill(table, -1);
        } else {
            int mask = table.length - 1;
            // In the order in which they came a value's slot is found before those that gave way to it.
            for (int id = size - 1; id >= 0; id--) {
                int slot = spread(values[id]) & mask;
                while (table[slot] != id) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = -1;
            }
        }
        size = 0;
    }

    private int add(long value, int slot) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size] = value;
        table[slot] = size;
        size++;
        if (2 * size > table.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        table = filled(2 * table.length);
        int mask = table.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = spread(values[id]) & mask;
            while (table[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = id;
        }
    }

    /** Folded first: of a double that was cut to a few bits the lower half is empty, and so would be that of its product. */
    private static int spread(long value) {
        return (int) (((value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L) >>> 32);
    }

    private static int[] filled(int length) {
        int[] table = new int[length];
        Arrays.fill(table, -1);
        return table;
    }
}
