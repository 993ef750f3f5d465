package io.goodhart.isolation;

import java.util.Arrays;
import java.util.List;

/**
 * The rows of smallest priority that one tree has been offered: a binary heap with the largest on top. The priorities lie by themselves,
 * in one array: moving through rows for them took a third of a fit.
 */
final class TreeSample {
    private static final int FIRST_LENGTH = 16;

    private final int capacity;
    private double[] priorities;
    private DrawnRow[] rows;
    private int size;

    /** @param capacity how many rows are kept, 1 or more */
    TreeSample(int capacity) {
        this.capacity = capacity;
        this.priorities = new double[Math.min(capacity, FIRST_LENGTH)];
        this.rows = new DrawnRow[priorities.length];
    }

    boolean isFull() {
        return size == capacity;
    }

    /** Returns the largest priority kept. Only for a sample that holds rows. */
    double largest() {
        return priorities[0];
    }

    /** Returns whether a row of this priority may be kept; among equal ones the rows themselves decide. */
    boolean accepts(double priority) {
        return !isFull() || priority <= priorities[0];
    }

    /** Keeps the row if it is among the smallest, and returns whether it was kept. */
    boolean offer(DrawnRow row) {
        if (!isFull()) {
            if (size == rows.length) {
                int length = Math.min(capacity, 2 * size);
                priorities = Arrays.copyOf(priorities, length);
                rows = Arrays.copyOf(rows, length);
            }
            place(size++, row);
            moveUp(size - 1);
            return true;
        }
        if (row.compareTo(rows[0]) >= 0) {
            return false;
        }
        place(0, row);
        moveDown();
        return true;
    }

    /** Returns the rows kept, in no particular order. */
    List<DrawnRow> rows() {
        return Arrays.asList(rows).subList(0, size);
    }

    private void moveUp(int from) {
        DrawnRow row = rows[from];
        int at = from;
        while (at > 0 && isLarger(row, (at - 1) / 2)) {
            copy((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        place(at, row);
    }

    private void moveDown() {
        DrawnRow row = rows[0];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isLarger(child + 1, child)) {
                child++;
            }
            if (!isLarger(child, row)) {
                break;
            }
            copy(child, at);
            at = child;
        }
        place(at, row);
    }

    private boolean isLarger(int first, int second) {
        return priorities[first] != priorities[second]
                ? priorities[first] > priorities[second]
                : rows[first].compareTo(rows[second]) > 0;
    }

    private boolean isLarger(int place, DrawnRow row) {
        return priorities[place] != row.priority()
                ? priorities[place] > row.priority()
                : rows[place].compareTo(row) > 0;
    }

    private boolean isLarger(DrawnRow row, int place) {
        return priorities[place] != row.priority()
                ? priorities[place] < row.priority()
                : rows[place].compareTo(row) < 0;
    }

    private void place(int at, DrawnRow row) {
        priorities[at] = row.priority();
        rows[at] = row;
    }

    private void copy(int from, int to) {
        priorities[to] = priorities[from];
        rows[to] = rows[from];
    }
}
