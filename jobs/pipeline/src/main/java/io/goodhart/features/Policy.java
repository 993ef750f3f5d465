package io.goodhart.features;

import io.goodhart.tables.PolicyEvents;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A target, cap or board of {@code policy_events}: to whom it applies, when, and what it reads.
 *
 * @param from first day
 * @param toOrNull last day; null: still in force
 * @param scope company, org:…, team:… or person
 * @param metricOrNull what is measured
 * @param period over what the metric is summed
 * @param thresholdOrNull the bar, in the metric's unit
 * @param snapshotDayOrNull when the metric is read
 */
record Policy(
        LocalDate from,
        LocalDate toOrNull,
        String scope,
        String metricOrNull,
        Period period,
        Double thresholdOrNull,
        Integer snapshotDayOrNull)
        implements Serializable {

    private static final int DAYS_OF_WEEK = 7;

    /** Over what a metric is summed. */
    enum Period {
        WEEK,
        MONTH,
        /** Not told. */
        OTHER;

        private static Period of(String nameOrNull) {
            return "week".equals(nameOrNull) ? WEEK : "month".equals(nameOrNull) ? MONTH : OTHER;
        }
    }

    /** Returns the policies of a company: as many as its management announced, so they fit on the driver. */
    static List<Policy> of(Dataset<Row> policyEvents) {
        Dataset<Row> ordered = policyEvents
                .orderBy(PolicyEvents.POLICY_ID.col(), PolicyEvents.EFFECTIVE_FROM.col())
                .withColumn(
                        PolicyEvents.EFFECTIVE_FROM.name(),
                        PolicyEvents.EFFECTIVE_FROM.col().cast("string"))
                .withColumn(
                        PolicyEvents.EFFECTIVE_TO.name(),
                        PolicyEvents.EFFECTIVE_TO.col().cast("string"));
        return ordered.collectAsList().stream().map(Policy::of).toList();
    }

    private static Policy of(Row row) {
        String end = row.getAs(PolicyEvents.EFFECTIVE_TO.name());
        return new Policy(
                LocalDate.parse(row.<String>getAs(PolicyEvents.EFFECTIVE_FROM.name())),
                end == null ? null : LocalDate.parse(end),
                row.getAs(PolicyEvents.SCOPE.name()),
                row.getAs(PolicyEvents.METRIC.name()),
                Period.of(row.getAs(PolicyEvents.PERIOD.name())),
                row.getAs(PolicyEvents.THRESHOLD.name()),
                row.getAs(PolicyEvents.SNAPSHOT_DAY.name()));
    }

    /** Returns whether the policy holds on {@code date} for somebody of that team and organisation. */
    boolean appliesOn(LocalDate date, String team, String org) {
        boolean inForce = !date.isBefore(from) && (toOrNull == null || !date.isAfter(toOrNull));
        boolean inScope = scope.equals("company")
                || scope.equals("person")
                || scope.equals("org:" + org)
                || scope.equals("team:" + team);
        return inForce && inScope;
    }

    /** Returns whether it is a board: an amount of a week or a month, read on a day, with no bar to reach. */
    boolean isBoard() {
        return period != Period.OTHER
                && metricOrNull != null
                && !metricOrNull.equals("weekly_active_share")
                && thresholdOrNull == null
                && snapshotDayOrNull != null
                && (period == Period.MONTH || snapshotDayOrNull <= DAYS_OF_WEEK);
    }

    /** Returns whether a board is read on {@code date}; day 31 of a month is its last. */
    boolean isReadOn(LocalDate date) {
        return period == Period.WEEK
                ? date.getDayOfWeek().getValue() == snapshotDayOrNull
                : date.getDayOfMonth() == Math.min(snapshotDayOrNull, date.lengthOfMonth());
    }

    /** Returns whether somebody's own total of a {@code wanted} period can be held against the bar. */
    boolean isPersonalBar(Period wanted) {
        return period == wanted
                && thresholdOrNull != null
                && metricOrNull != null
                && !metricOrNull.equals("weekly_active_share")
                && scope.equals("person");
    }
}
