package io.goodhart.features;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * What a person's own days tell of a window. Peers come later.
 *
 * @param end last day of the window
 * @param microDollarsOrNull cost, millionths of a US dollar; null: not known
 * @param outcomes weighted outcomes
 * @param outputRise outcomes over those of as many days of the person's own earlier weeks, a few credited to both; 1: these are not known
 * @param values raw values by feature, in the order of {@link FeatureSet#DIRECTED}
 * @param earlierOrNull the same of the person's own earlier weeks, NaN where a feature is itself a change; null: the person was hardly there
 * @param firstOrNull the same of the first half of those weeks; null: hardly observed
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares windows; boxed lists would triple what a pass holds
record OwnWindow(
        LocalDate end,
        String personId,
        String teamId,
        String orgId,
        String role,
        int observedDays,
        int activeDays,
        long totalTokens,
        Long microDollarsOrNull,
        double outcomes,
        double outputRise,
        double[] values,
        double[] earlierOrNull,
        double[] firstOrNull)
        implements Serializable {

    /** Returns a feature of earlier weeks; null where it is not known. */
    static Double valueOrNull(double[] valuesOrNull, int index) {
        return valuesOrNull == null || Double.isNaN(valuesOrNull[index]) ? null : (Double) valuesOrNull[index];
    }
}
