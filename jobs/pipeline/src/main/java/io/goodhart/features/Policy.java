package io.goodhart.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.goodhart.tables.People;
import io.goodhart.tables.PolicyEvents;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A target, cap or board of {@code policy_events}: to whom it applies, when, and what it reads.
 *
 * @param from first day
 * @param to last day; empty: still in force
 * @param scope company, org:…, team:… or person
 * @param metric total_tokens, requests or cost_usd; empty: none of these
 * @param weekly whether the metric is summed over a week
 * @param threshold the bar, in the metric's unit
 * @param snapshotWeekday ISO weekday on which a weekly metric is read
 */
record Policy(
        LocalDate from,
        Optional<LocalDate> to,
        String scope,
        Optional<String> metric,
        boolean weekly,
        OptionalDouble threshold,
        OptionalInt snapshotWeekday) {

    /** Returns the policies of a company: as many as its management announced, so they fit on the driver. */
    static List<Policy> of(Dataset<Row> policyEvents) {
        return policyEvents
                .orderBy(PolicyEvents.POLICY_ID.col(), PolicyEvents.EFFECTIVE_FROM.col())
                .withColumn(
                        PolicyEvents.EFFECTIVE_FROM.name(),
                        PolicyEvents.EFFECTIVE_FROM.col().cast("string"))
                .withColumn(
                        PolicyEvents.EFFECTIVE_TO.name(),
                        PolicyEvents.EFFECTIVE_TO.col().cast("string"))
                .collectAsList()
                .stream()
                .map(Policy::of)
                .toList();
    }

    private static Policy of(Row row) {
        boolean weekly = "week".equals(row.getAs(PolicyEvents.PERIOD.name()));
        Integer snapshotDay = row.getAs(PolicyEvents.SNAPSHOT_DAY.name());
        Double threshold = row.getAs(PolicyEvents.THRESHOLD.name());
        String end = row.getAs(PolicyEvents.EFFECTIVE_TO.name());
        return new Policy(
                LocalDate.parse(row.<String>getAs(PolicyEvents.EFFECTIVE_FROM.name())),
                Optional.ofNullable(end).map(LocalDate::parse),
                row.getAs(PolicyEvents.SCOPE.name()),
                Optional.ofNullable(row.<String>getAs(PolicyEvents.METRIC.name()))
                        .filter(metric -> !metric.equals("weekly_active_share")),
                weekly,
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                weekly && snapshotDay != null && snapshotDay <= 7 ? OptionalInt.of(snapshotDay) : OptionalInt.empty());
    }

    /** Returns whether the policy holds on {@code date} for the person whose row has a team and an organisation. */
    Column appliesOn(Column date) {
        Column inForce =
                date.geq(lit(from)).and(to.map(end -> date.leq(lit(end))).orElse(lit(true)));
        if (scope.startsWith("org:")) {
            return inForce.and(col(People.ORG_ID.name()).equalTo(scope.substring("org:".length())));
        }
        if (scope.startsWith("team:")) {
            return inForce.and(col(People.TEAM_ID.name()).equalTo(scope.substring("team:".length())));
        }
        return inForce;
    }

    /** Returns whether somebody's own weekly total can be held against the bar. */
    boolean isPersonalWeeklyBar() {
        return weekly && threshold.isPresent() && metric.isPresent() && scope.equals("person");
    }
}
