package io.goodhart.landing.reference;

import io.goodhart.tables.ColumnSpec;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Folds the events of one key (UTC day, person, source), which arrive in order of time, into one row of a family of columns.
 *
 * <p>A day of a person lives in one task and is bounded by what a person or their agents can do in a day, so its state is plain Java.
 */
interface DayFold extends Serializable {
    /** Returns the columns that events are read by: {@link DayFolding#KEY} first, then these, in order. */
    List<ColumnSpec> reads();

    /** Returns the columns of {@code person_days} that {@link #finish} fills, in order. */
    List<ColumnSpec> fills();

    /** Forgets the day before. */
    void begin();

    /** Adds one event. */
    void add(Row event);

    /** Returns the values of {@link #fills()}. */
    Object[] finish();
}
