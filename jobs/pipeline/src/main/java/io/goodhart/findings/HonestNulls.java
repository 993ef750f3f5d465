package io.goodhart.findings;

import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * The honest nulls of two cohorts: a window is held against windows that knew as much of the person's past.
 *
 * <p>Without earlier weeks nothing is habit and every distance counts nearly in full. Windows from the beginning of a history are all
 * of that kind; among them, windows with a past would look honest that are not.
 *
 * @param settled of windows with own earlier weeks
 * @param newcomers of windows without
 */
public record HonestNulls(HonestNull settled, HonestNull newcomers) implements Serializable {
    /** Returns the p-value; null where there is no score. */
    Column pValue(Column score, Column isSettled) {
        return udf(
                        (UDF2<Double, Boolean, Double>)
                                (value, known) -> value == null ? null : (known ? settled : newcomers).pValue(value),
                        DataTypes.DoubleType)
                .apply(score, isSettled);
    }
}
