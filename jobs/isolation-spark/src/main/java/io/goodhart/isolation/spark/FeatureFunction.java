package io.goodhart.isolation.spark;

import java.io.Serializable;

/** What a {@link FeatureExpression} computes of a row: a Double or a Long, boxed where Spark interprets. */
interface FeatureFunction extends Serializable {
    /** Returns the value for a row given as plain values; NaN is missing. */
    Object boxedOf(double[] values);
}
