package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;

/**
 * Table {@code day_counts}: where the rows of an input table's day went. {@code rows_in = rejected + out_of_window + duplicate + unmapped +
 * used}, in this order of precedence.
 */
public final class DayCounts {
    public static final ColumnSpec EVENT_DATE = required("event_date", DateType, "UTC date of the partition");
    public static final ColumnSpec TABLE = required("table", StringType, "the input table");
    public static final ColumnSpec ROWS_IN = required("rows_in", LongType, "rows in the footers of the day's files");
    public static final ColumnSpec REJECTED = required("rejected", LongType, "rows that break a rule");
    public static final ColumnSpec OUT_OF_WINDOW =
            required("out_of_window", LongType, "rows outside the days that the run reads; whole days are read, so 0");
    public static final ColumnSpec DUPLICATE =
            required("duplicate", LongType, "rows whose key another row of the day has");
    public static final ColumnSpec UNMAPPED =
            required("unmapped", LongType, "rows of accounts that nobody has mapped to a person");
    public static final ColumnSpec USED = required("used", LongType, "rows in person_days");
    public static final ColumnSpec UNKNOWN_VALUES = required(
            "unknown_values", LongType, "values of optional enumerations that are not in the contract, read as null");
    public static final ColumnSpec FINGERPRINT = required(
            "input_fingerprint",
            StringType,
            "hash of the files (path, size, modification) that the day was built from; where list prices were in force on it, / and a hash of"
                    + " them");
    public static final ColumnSpec RUN_ID = required("run_id", StringType, "the run that built the day");

    public static final TableContract CONTRACT = TableContract.named(
                    "day_counts", 1, Room.OPEN, "where the rows of an input table's day went")
            .grain(EVENT_DATE, TABLE)
            .partitionedBy(EVENT_DATE)
            .columns(
                    EVENT_DATE,
                    TABLE,
                    ROWS_IN,
                    REJECTED,
                    OUT_OF_WINDOW,
                    DUPLICATE,
                    UNMAPPED,
                    USED,
                    UNKNOWN_VALUES,
                    FINGERPRINT,
                    RUN_ID);

    private DayCounts() {}
}
