package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Table {@code people}: one person. */
public final class People {
    /** Role, team and organisation of people who appear in events and not here. */
    public static final String UNKNOWN = "unknown";

    public static final ColumnSpec PERSON_ID =
            required("person_id", StringType, "pseudonym").must(Rule.notBlank());
    public static final ColumnSpec ROLE =
            required("role", StringType, "role; people are compared with others of the same role");
    public static final ColumnSpec TEAM_ID = required("team_id", StringType, "team");
    public static final ColumnSpec ORG_ID = required("org_id", StringType, "organisation");
    public static final ColumnSpec LEVEL = optional("level", IntegerType, "grade; null: not told");
    public static final ColumnSpec MANAGER_ID = optional("manager_id", StringType, "pseudonym; null: not told");
    public static final ColumnSpec TIMEZONE = optional("timezone", StringType, "IANA name; null or unknown: UTC");
    public static final ColumnSpec FTE = optional("fte", DoubleType, "share of a full week, in (0, 1]; null: 1");
    public static final ColumnSpec WORKER_TYPE = optional("worker_type", StringType, "null: not told")
            .must(Rule.oneOf(List.of("human", "contractor", "service")));
    public static final ColumnSpec START_DATE = optional("start_date", DateType, "first day employed; null: long ago");
    public static final ColumnSpec END_DATE = optional("end_date", DateType, "last day employed; null: still employed");

    public static final TableContract CONTRACT = TableContract.named("people", 1, Room.INPUT, "one person")
            .grain(PERSON_ID)
            .columns(
                    PERSON_ID,
                    ROLE,
                    TEAM_ID,
                    ORG_ID,
                    LEVEL,
                    MANAGER_ID,
                    TIMEZONE,
                    FTE,
                    WORKER_TYPE,
                    START_DATE,
                    END_DATE);

    /** IANA's names that Java leaves out, by what they stand for. */
    private static final Map<String, String> LEFT_OUT =
            Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00", "ROC", "Asia/Taipei");

    private People() {}

    /** Returns the zone called {@code timezone}; UTC where nobody knows such a zone. */
    public static ZoneId zone(String timezone) {
        try {
            return ZoneId.of(timezone, LEFT_OUT);
        } catch (DateTimeException unknownName) {
            return ZoneOffset.UTC;
        }
    }
}
