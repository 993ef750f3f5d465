package io.goodhart.landing;

import io.goodhart.rows.EventColumn;
import io.goodhart.tables.ColumnSpec;
import java.util.List;

/**
 * Folds the events of one key (UTC day, person, source) into one row of a family of columns. Its state is a handful of primitive arrays,
 * used again for the next key: it grows with what is different in a day, never by an object an event.
 */
interface DayFold {
    /** Returns the columns that events are read by, in order. */
    List<EventColumn> reads();

    /** Returns which of {@link #reads} holds the time that events are to be ordered by, or -1: their order means nothing. */
    int time();

    /** Returns which of {@link #reads} holds the text that orders events of one time, or -1: their order means nothing. */
    int tie();

    /** Returns the columns of {@code person_days} that are filled, in order. */
    List<ColumnSpec> fills();

    /**
     * Puts the values of {@link #fills}, as Spark holds them, into {@code values} by {@code places}. They are null before, but for what
     * another fold of the same columns has told of the key.
     */
    void fold(DayRows day, Object[] values, int[] places);
}
