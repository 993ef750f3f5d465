package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;

/** Table {@code source_health}: how a source's day compares with the same weekday of the four weeks before. */
public final class SourceHealth {
    public static final ColumnSpec EVENT_DATE = required("event_date", DateType, "UTC date");
    public static final ColumnSpec SOURCE = required("source", StringType, "where the rows come from");
    public static final ColumnSpec SEEN = required("seen", LongType, "rows of usage seen, duplicates left out");
    public static final ColumnSpec EXPECTED =
            optional("expected", DoubleType, "median of the same weekday in the four weeks before; null: no such day");
    public static final ColumnSpec DUPLICATE_SHARE =
            required("duplicate_share", DoubleType, "share of rows that came twice");
    public static final ColumnSpec UNMAPPED_SHARE =
            required("unmapped_share", DoubleType, "share of rows that belong to nobody known");
    public static final ColumnSpec VERDICT = required(
            "verdict",
            StringType,
            "ok; missing, low, high: nothing, under half, over twice what was expected; shift: a lasting change on one day for most people");
    public static final ColumnSpec RUN_ID = required("run_id", StringType, "the run that wrote the row");

    public static final TableContract CONTRACT = TableContract.named(
                    "source_health",
                    1,
                    Room.OPEN,
                    "how a source's day compares with the same weekday of the four weeks before")
            .grain(SOURCE, EVENT_DATE)
            .partitionedBy(EVENT_DATE)
            .columns(EVENT_DATE, SOURCE, SEEN, EXPECTED, DUPLICATE_SHARE, UNMAPPED_SHARE, VERDICT, RUN_ID);

    private SourceHealth() {}
}
