package io.goodhart.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * One thing about a person's window that gaming pushes one way.
 *
 * @param name stable name, used in reasons and signatures
 * @param family what kind of thing it tells
 * @param unit what it counts in
 * @param suspicious the side that gaming pushes it to
 * @param meaning what it is, in words
 * @param phrase how a reason reads, with {@code %s} for the value: "%s of requests began at night"
 * @param whenAbsent the value where the totals that it needs are null
 * @param expression over the columns of {@link WindowTotals}
 */
public record Feature(
        String name,
        Family family,
        Unit unit,
        Direction suspicious,
        String meaning,
        String phrase,
        double whenAbsent,
        Column expression) {

    /** What kind of thing a feature tells. */
    public enum Family {
        VOLUME,
        SHAPE,
        TEMPO,
        REPETITION,
        MODELS,
        YIELD,
        CALENDAR,
        CHANGE,
        AGENTS
    }

    /** Returns the raw value: double, never null, never NaN. Peers, direction and scale come later, in one place. */
    public Column value() {
        Column value = expression.cast("double");
        return coalesce(when(isnan(value), lit(whenAbsent)).otherwise(value), lit(whenAbsent))
                .as(name);
    }
}
