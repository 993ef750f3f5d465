package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.MONEY;
import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createStructField;
import static org.apache.spark.sql.types.DataTypes.createStructType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Table {@code usage_patterns}: one pattern of a night, that is findings that are strange for the same reasons. */
public final class UsagePatterns {
    /** Shape of an entry of {@link #SIGNATURE}. */
    public static final StructType SIGNATURE_ENTRY = createStructType(List.of(
            createStructField("feature", StringType, false),
            createStructField("direction", StringType, false),
            createStructField("weight", DoubleType, false)));

    public static final ColumnSpec RUN_DATE = UsageScores.RUN_DATE;
    public static final ColumnSpec PATTERN_ID = required("pattern_id", StringType, "stable from night to night");
    public static final ColumnSpec NAME =
            required("name", StringType, "the archetype's name, or words made from the signature");
    public static final ColumnSpec DESCRIPTION = required("description", StringType, "what such usage looks like");
    public static final ColumnSpec SIGNATURE = required(
            "signature",
            createArrayType(SIGNATURE_ENTRY, false),
            "the features that carry it, largest weight first; weights have unit length");
    public static final ColumnSpec PEOPLE = required(
            "people",
            LongType,
            "people with this pattern, suppressed ones left out; 0: all are suppressed, or it is gone since the night before, as description says");
    public static final ColumnSpec NEW_PEOPLE = required("new_people", LongType, "those of them whose finding is new");
    public static final ColumnSpec TOTAL_TOKENS = required("total_tokens", LongType, "their tokens over the window");
    public static final ColumnSpec WASTED_USD =
            optional("wasted_usd", MONEY, "their waste, US dollars; null: no cost is known, or people is 0");
    public static final ColumnSpec FIRST_SEEN = required(
            "first_seen",
            DateType,
            "the first of the run dates that the pattern has been there on, one after the other");
    public static final ColumnSpec KNOWN = required("known", BooleanType, "matches a named archetype of the catalogue");
    public static final ColumnSpec RUN_ID = UsageScores.RUN_ID;

    public static final TableContract CONTRACT = TableContract.named(
                    "usage_patterns",
                    1,
                    Room.RESTRICTED,
                    "one pattern of a night: findings that are strange for the same reasons")
            .grain(RUN_DATE, PATTERN_ID)
            .partitionedBy(RUN_DATE)
            .columns(
                    RUN_DATE,
                    PATTERN_ID,
                    NAME,
                    DESCRIPTION,
                    SIGNATURE,
                    PEOPLE,
                    NEW_PEOPLE,
                    TOTAL_TOKENS,
                    WASTED_USD,
                    FIRST_SEEN,
                    KNOWN,
                    RUN_ID);

    private UsagePatterns() {}
}
