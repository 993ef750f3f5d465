package io.goodhart.features;

import java.util.function.ToDoubleFunction;

/**
 * One thing about a person's window that gaming pushes one way.
 *
 * @param name stable name, used in reasons and signatures
 * @param family what kind of thing it tells
 * @param unit what it counts in
 * @param suspicious the side that gaming pushes it to
 * @param meaning what it is, in words
 * @param phrase how a reason reads, with {@code %s} for the value: "%s of requests began at night"
 * @param whenAbsent the value where the totals that it needs are not known
 * @param credited whether some honest requests, outcomes or tokens are counted beside the real ones, so that few prove little: the real
 *     value is at least as high
 * @param expression from the totals of a window; NaN where a total that it needs is not known
 */
public record Feature(
        String name,
        Family family,
        Unit unit,
        Direction suspicious,
        String meaning,
        String phrase,
        double whenAbsent,
        boolean credited,
        ToDoubleFunction<WindowTotals> expression) {

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

    /** Returns the raw value, never NaN. Peers, direction and scale come later, in one place. */
    double value(WindowTotals totals) {
        double value = expression.applyAsDouble(totals);
        return Double.isNaN(value) ? whenAbsent : value;
    }
}
