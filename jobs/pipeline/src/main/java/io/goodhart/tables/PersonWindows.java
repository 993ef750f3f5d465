package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.MONEY;
import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createStructField;
import static org.apache.spark.sql.types.DataTypes.createStructType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Table {@code person_windows}: one person's window, in features, beside role peers and the person's own earlier weeks. */
public final class PersonWindows {
    /** Shape of an entry of {@link #FEATURES}. */
    public static final StructType FEATURE_VALUE = createStructType(List.of(
            createStructField("feature", StringType, false),
            createStructField("value", DoubleType, false),
            createStructField("peer_median", DoubleType, false),
            createStructField("own_baseline", DoubleType, true),
            createStructField("directed", DoubleType, false)));

    public static final ColumnSpec RUN_DATE = required("run_date", DateType, "last day of the window");
    public static final ColumnSpec PERSON_ID = required("person_id", StringType, "pseudonym");
    public static final ColumnSpec TEAM_ID = required("team_id", StringType, "team; unknown: not among people");
    public static final ColumnSpec ORG_ID = required("org_id", StringType, "organisation; unknown: not among people");
    public static final ColumnSpec ROLE = required("role", StringType, "role; unknown: compared with everybody");
    public static final ColumnSpec OBSERVED_DAYS = required(
            "observed_days",
            IntegerType,
            "days of the window on which the person was employed and a source of theirs healthy");
    public static final ColumnSpec ACTIVE_DAYS =
            required("active_days", IntegerType, "days of the window with a request");
    public static final ColumnSpec INSUFFICIENT = optional(
            "insufficient",
            StringType,
            "why no verdict is given: too_few_days, too_little_history, no_output_source; null: there is one");
    public static final ColumnSpec TOTAL_TOKENS =
            required("total_tokens", LongType, "the four token columns, over the window; 0 also where none is told");
    public static final ColumnSpec COST_USD =
            optional("cost_usd", MONEY, "US dollars over the window; null: not known");
    public static final ColumnSpec OUTCOMES = required("outcomes", DoubleType, "weighted outcomes over the window");
    public static final ColumnSpec IMPACT =
            optional("impact", DoubleType, "weighted outcomes over the role peers' median; null: that median is 0");
    public static final ColumnSpec FEATURES = required(
            "features",
            createArrayType(FEATURE_VALUE, false),
            "every feature, in the order of docs/features.md: raw value, role peers' median, own earlier weeks, directed distance");
    public static final ColumnSpec RUN_ID = required("run_id", StringType, "the run that wrote the row");

    public static final TableContract CONTRACT = TableContract.named(
                    "person_windows", 1, Room.RESTRICTED, "one person's window of 28 days, in features")
            .grain(RUN_DATE, PERSON_ID)
            .partitionedBy(RUN_DATE)
            .columns(
                    RUN_DATE,
                    PERSON_ID,
                    TEAM_ID,
                    ORG_ID,
                    ROLE,
                    OBSERVED_DAYS,
                    ACTIVE_DAYS,
                    INSUFFICIENT,
                    TOTAL_TOKENS,
                    COST_USD,
                    OUTCOMES,
                    IMPACT,
                    FEATURES,
                    RUN_ID);

    private PersonWindows() {}
}
