package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;

/**
 * Table {@code person_weeks}: one person's ISO week of {@code person_days}, packed for the program itself, which reads the same weeks night
 * after night. It says nothing that {@code person_days} does not, and may be emptied at any time.
 */
public final class PersonWeeks {
    public static final ColumnSpec WEEK = required("week", DateType, "the Monday that it begins on, UTC");
    public static final ColumnSpec PERSON_ID = required("person_id", StringType, "pseudonym");
    public static final ColumnSpec MADE_FROM = required(
            "made_from",
            LongType,
            "hash of the files of person_days that the week was made from: the same for the whole week");
    public static final ColumnSpec PACKED =
            required("packed", BinaryType, "the days, in a form that only this version of the program reads");

    public static final TableContract CONTRACT = TableContract.named(
                    "person_weeks",
                    1,
                    Room.RESTRICTED,
                    "one person's ISO week of person_days, packed for the program itself; may be emptied at any time")
            .grain(WEEK, PERSON_ID)
            .partitionedBy(WEEK)
            .columns(WEEK, PERSON_ID, MADE_FROM, PACKED);

    private PersonWeeks() {}
}
