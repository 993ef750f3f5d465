package io.goodhart.rows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * Gathers rows that are sorted by their first columns into runs that agree in these, and hands each run to a function. One run is held at
 * a time.
 *
 * @param <T> what a run is made into, any number a run
 */
public final class RunIterator<T> implements Iterator<T> {
    private final Iterator<Row> rows;
    private final int keys;
    private final Function<List<Row>, List<T>> made;
    private Row pending;
    private Iterator<T> ready = List.<T>of().iterator();

    /** @param keys how many columns, texts that are never null, a run agrees in */
    public RunIterator(Iterator<Row> rows, int keys, Function<List<Row>, List<T>> made) {
        this.rows = rows;
        this.keys = keys;
        this.made = made;
        this.pending = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext() && pending != null) {
            ready = made.apply(run()).iterator();
        }
        return ready.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.next();
    }

    private List<Row> run() {
        Row first = pending;
        List<Row> run = new ArrayList<>();
        while (pending != null && isOf(first, pending)) {
            run.add(pending);
            pending = rows.hasNext() ? rows.next() : null;
        }
        return run;
    }

    private boolean isOf(Row first, Row row) {
        for (int key = 0; key < keys; key++) {
            if (!row.getString(key).equals(first.getString(key))) {
                return false;
            }
        }
        return true;
    }
}
