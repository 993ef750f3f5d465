package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code absences}: one stretch of days on which a person was away or on call. Optional as a whole. */
public final class Absences {
    public static final ColumnSpec PERSON_ID =
            required("person_id", StringType, "pseudonym").must(Rule.notBlank());
    public static final ColumnSpec FROM_DATE = required("from_date", DateType, "first day");
    public static final ColumnSpec TO_DATE = required("to_date", DateType, "last day");
    public static final ColumnSpec KIND =
            required("kind", StringType, "why").must(Rule.oneOf(List.of("leave", "holiday", "on_call")));

    public static final TableContract CONTRACT = TableContract.named(
                    "absences", 1, Room.INPUT, "one stretch of days on which a person was away or on call")
            .grain(PERSON_ID, FROM_DATE, KIND)
            .columns(PERSON_ID, FROM_DATE, TO_DATE, KIND);

    private Absences() {}
}
