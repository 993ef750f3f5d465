package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.MONEY;
import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code usage_scores}: one person who used an AI tool in the window. */
public final class UsageScores {
    public static final ColumnSpec RUN_DATE = required("run_date", DateType, "last day of the window");
    public static final ColumnSpec PERSON_ID = required("person_id", StringType, "pseudonym");
    public static final ColumnSpec TEAM_ID = required("team_id", StringType, "team; unknown: not among people");
    public static final ColumnSpec ORG_ID = required("org_id", StringType, "organisation; unknown: not among people");
    public static final ColumnSpec ROLE = required("role", StringType, "role; unknown: compared with everybody");
    public static final ColumnSpec SCORE =
            optional("score", DoubleType, "in (0, 1); higher is stranger in the direction of gaming; null: no verdict");
    public static final ColumnSpec P_VALUE = optional(
            "p_value", DoubleType, "in (0, 1]; probability of such a score under the honest null; null: no verdict");
    public static final ColumnSpec FLAGGED = required("flagged", BooleanType, "in suspicious_usage and not suppressed");
    public static final ColumnSpec INSUFFICIENT = optional(
            "insufficient",
            StringType,
            "why no verdict is given: too_few_days, too_little_history, no_output_source; null: there is one");
    public static final ColumnSpec TOTAL_TOKENS =
            required("total_tokens", LongType, "the four token columns, over the window; 0 also where none is told");
    public static final ColumnSpec COST_USD =
            optional("cost_usd", MONEY, "US dollars over the window; null: not known");
    public static final ColumnSpec IMPACT = optional(
            "impact",
            DoubleType,
            "weighted outcomes in the window over the role peers' median; null: that median is 0");
    public static final ColumnSpec RUN_ID = required("run_id", StringType, "the run that wrote the row");
    public static final ColumnSpec MODEL_ID =
            optional("model_id", StringType, "the model that scored it; null: none did");

    static final List<ColumnSpec> COLUMNS = List.of(
            RUN_DATE,
            PERSON_ID,
            TEAM_ID,
            ORG_ID,
            ROLE,
            SCORE,
            P_VALUE,
            FLAGGED,
            INSUFFICIENT,
            TOTAL_TOKENS,
            COST_USD,
            IMPACT,
            RUN_ID,
            MODEL_ID);

    public static final TableContract CONTRACT = TableContract.named(
                    "usage_scores", 1, Room.RESTRICTED, "one person who used an AI tool in the window")
            .grain(RUN_DATE, PERSON_ID)
            .partitionedBy(RUN_DATE)
            .columns(COLUMNS);

    private UsageScores() {}
}
