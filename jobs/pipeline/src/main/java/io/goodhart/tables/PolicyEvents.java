package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code policy_events}: one target, cap, board, price or release that moved people. Optional as a whole. */
public final class PolicyEvents {
    public static final ColumnSpec POLICY_ID =
            required("policy_id", StringType, "the policy's id").must(Rule.notBlank());
    public static final ColumnSpec KIND = required(
                    "kind", StringType, "what kind of policy or event; read by rehearse alone")
            .must(Rule.oneOf(List.of(
                    "adoption_target",
                    "leaderboard",
                    "token_cap",
                    "price_change",
                    "client_release",
                    "outage",
                    "hackathon")));
    public static final ColumnSpec EFFECTIVE_FROM = required("effective_from", DateType, "first day");
    public static final ColumnSpec EFFECTIVE_TO = optional("effective_to", DateType, "last day; null: still in force");
    public static final ColumnSpec SCOPE = required(
                    "scope", StringType, "company, org:<id>, team:<id> or person (each person by themselves)")
            .must(Rule.scope());
    public static final ColumnSpec METRIC = optional(
                    "metric", StringType, "what is measured; null, weekly_active_share: nothing that is read")
            .must(Rule.oneOf(List.of("total_tokens", "requests", "cost_usd", "weekly_active_share")));
    public static final ColumnSpec THRESHOLD = optional(
            "threshold", DoubleType, "the bar, in the metric's unit; read with scope person and a period; null: none");
    public static final ColumnSpec PERIOD = optional(
                    "period", StringType, "over what the metric is summed; null: not told")
            .must(Rule.oneOf(List.of("week", "month")));
    public static final ColumnSpec SNAPSHOT_DAY = optional(
                    "snapshot_day",
                    IntegerType,
                    "when the metric is read: ISO weekday of a week, 1 to 7, day of a month with 31 for its last; read with a period and"
                            + " without a threshold")
            .must(Rule.between(1, 31));

    public static final TableContract CONTRACT = TableContract.named(
                    "policy_events",
                    1,
                    Room.INPUT,
                    "one target, cap, board, price or release that moved people; personal bars (metric, period, threshold, scope person) and"
                            + " boards (metric, period, snapshot_day, no threshold) are read, all else has no effect")
            .grain(POLICY_ID)
            .columns(POLICY_ID, KIND, EFFECTIVE_FROM, EFFECTIVE_TO, SCOPE, METRIC, THRESHOLD, PERIOD, SNAPSHOT_DAY);

    private PolicyEvents() {}
}
