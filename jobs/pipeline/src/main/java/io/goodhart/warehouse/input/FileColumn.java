package io.goodhart.warehouse.input;

import java.io.Serializable;

/**
 * A contract's column as one file holds it. Public for the sake of {@link FileFooter}.
 *
 * @param name the column's name
 * @param type what Spark reads it as, in SQL's words, or {@link #NANOS}
 */
public record FileColumn(String name, String type) implements Serializable {
    /** A timestamp in nanoseconds, which Spark reads as a plain number. */
    static final String NANOS = "nanos";
}
