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

/** Table {@code suspicious_usage}: one finding, that is a person whose usage is unusual, and why. */
public final class SuspiciousUsage {
    /** Shape of an entry of {@link #REASONS}. */
    public static final StructType REASON = createStructType(List.of(
            createStructField("feature", StringType, false),
            createStructField("value", DoubleType, true),
            createStructField("peer_median", DoubleType, true),
            createStructField("own_baseline", DoubleType, true),
            createStructField("direction", StringType, true),
            createStructField("contribution", DoubleType, false),
            createStructField("text", StringType, false)));

    public static final ColumnSpec RUN_DATE = UsageScores.RUN_DATE;
    public static final ColumnSpec PERSON_ID = UsageScores.PERSON_ID;
    public static final ColumnSpec FINDING_ID = required(
            "finding_id",
            StringType,
            "given on the first night, carried while the finding is ongoing, the same in every rerun");
    public static final ColumnSpec RANK = optional("rank", IntegerType, "1 = first to look at; null: suppressed");
    public static final ColumnSpec PATTERN_ID = required("pattern_id", StringType, "foreign key to usage_patterns");
    public static final ColumnSpec PATTERN_SHARE =
            required("pattern_share", DoubleType, "how well the pattern fits, 0 to 1");
    public static final ColumnSpec REASONS = required(
            "reasons",
            createArrayType(REASON, false),
            "largest first; contributions in edges of path length, positive = stranger; the last entry, other, holds the rest");
    public static final ColumnSpec WASTED_TOKENS = required(
            "wasted_tokens",
            LongType,
            "tokens above the person's own level before since, or above the role peers' where fewer than two own weeks are known before it; of"
                    + " timer_ping, ping_pong and threshold_sitting half of the tiny requests, at 1,000 tokens each; of cache_busting 0");
    public static final ColumnSpec WASTED_USD = optional(
            "wasted_usd",
            MONEY,
            "the same, US dollars; of cache_busting what was paid above the own price of a token before since; null: the cost is not known");
    public static final ColumnSpec WASTED_USD_LOW = optional(
            "wasted_usd_low", MONEY, "lower end of the 90 % interval, US dollars; null: the cost is not known");
    public static final ColumnSpec WASTED_USD_HIGH = optional(
            "wasted_usd_high", MONEY, "upper end of the 90 % interval, US dollars; null: the cost is not known");
    public static final ColumnSpec WINDOW_START = required("window_start", DateType, "first day of the window");
    public static final ColumnSpec WINDOW_END = required("window_end", DateType, "last day of the window");
    public static final ColumnSpec SINCE = required(
            "since",
            DateType,
            "last day of the first week of the run of strange weeks, as told on the finding's first night; that night's window_start where no week is strange");
    public static final ColumnSpec STATUS = required(
            "status",
            StringType,
            "new, ongoing, or suppressed by a disposition or a declared workload: kept, never in rank");

    public static final TableContract CONTRACT = TableContract.named(
                    "suspicious_usage", 1, Room.RESTRICTED, "one finding: a person whose usage is unusual, and why")
            .grain(RUN_DATE, PERSON_ID)
            .partitionedBy(RUN_DATE)
            .columns(
                    UsageScores.COLUMNS,
                    FINDING_ID,
                    RANK,
                    PATTERN_ID,
                    PATTERN_SHARE,
                    REASONS,
                    WASTED_TOKENS,
                    WASTED_USD,
                    WASTED_USD_LOW,
                    WASTED_USD_HIGH,
                    WINDOW_START,
                    WINDOW_END,
                    SINCE,
                    STATUS);

    private SuspiciousUsage() {}
}
