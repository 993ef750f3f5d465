package io.goodhart.rows;

import org.apache.spark.sql.Column;

/**
 * A column that is wanted of an event table, as a word.
 *
 * @param name its name in the words; a wanted column of the same name as another's is another's
 * @param value what it holds: a long, a decimal of up to 18 digits (then unscaled), or a text (then its code)
 * @param isText whether it is a text
 */
public record EventColumn(String name, Column value, boolean isText) {
    /** Returns a column of numbers, as long. */
    public static EventColumn number(String name, Column value) {
        return new EventColumn(name, value.cast("bigint"), false);
    }

    /** Returns a column of money, its unscaled value. */
    public static EventColumn money(String name, Column value) {
        return new EventColumn(name, value, false);
    }

    /** Returns a column of text. */
    public static EventColumn text(String name, Column value) {
        return new EventColumn(name, value, true);
    }
}
