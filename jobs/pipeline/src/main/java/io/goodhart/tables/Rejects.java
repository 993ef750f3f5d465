package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import io.goodhart.tables.TableContract.Room;

/** Table {@code rejects}: one row of an event table that breaks a rule of its contract, by the first rule that it breaks. */
public final class Rejects {
    public static final ColumnSpec EVENT_DATE = required("event_date", DateType, "UTC date of the partition");
    public static final ColumnSpec TABLE = required("table", StringType, "the input table");
    public static final ColumnSpec RULE = required("rule", StringType, "the rule, as column.rule");
    public static final ColumnSpec KEY =
            optional("key", StringType, "the row's key, as source/event_id; null: the row or the table has none");
    public static final ColumnSpec NUMBERS = required(
            "numbers",
            createMapType(StringType, LongType, true),
            "the row's integer columns by name, prompt_fingerprint left out: nothing personal");
    public static final ColumnSpec RUN_ID = required("run_id", StringType, "the run that built the day");

    public static final TableContract CONTRACT = TableContract.named(
                    "rejects",
                    1,
                    Room.RESTRICTED,
                    "one row of an event table that breaks a rule of its contract; those of small tables are counted in runs.counts")
            .partitionedBy(EVENT_DATE)
            .columns(EVENT_DATE, TABLE, RULE, KEY, NUMBERS, RUN_ID);

    private Rejects() {}
}
