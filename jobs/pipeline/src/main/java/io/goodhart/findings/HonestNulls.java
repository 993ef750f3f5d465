package io.goodhart.findings;

import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * The honest nulls of two cohorts: a window is held against windows that knew as much of the person's past.
 *
 * <p>Without earlier weeks nothing is habit and every distance counts nearly in full. Windows from the beginning of a history are all
 * of that kind; among them, windows with a past would look honest that are not.
 *
 * @param settledOrNull of windows with own earlier weeks; null: the history was too short to learn from such windows, and windows must be
 *     cut without them
 * @param newcomers of windows without
 */
public record HonestNulls(HonestNull settledOrNull, HonestNull newcomers) implements Serializable {
    /** Returns whether windows may look back at the person's own earlier weeks: whether there was anything to hold such windows against. */
    public boolean knowPasts() {
        return settledOrNull != null;
    }

    /** Returns the null of most windows: of those with own earlier weeks, where there are such. */
    public HonestNull usual() {
        return Optional.ofNullable(settledOrNull).orElse(newcomers);
    }

    /** Returns the p-value; null where there is no score. */
    Column pValue(Column score, Column isSettled) {
        HonestNull settled = usual();
        return udf(
                        (UDF2<Double, Boolean, Double>)
                                (value, known) -> value == null ? null : (known ? settled : newcomers).pValue(value),
                        DataTypes.DoubleType)
                .apply(score, isSettled);
    }
}
