package io.goodhart.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.trunc;

import io.goodhart.rows.InnerRows;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWeeks;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Makes {@code person_weeks} of {@code person_days}: a person's days of an ISO week in one row, with what they have in common with other
 * people's of that week. A week that is over stays as it is, so nights need not look at its days again.
 */
public final class PackedWeeks {
    /** Raised whenever the same days would be packed otherwise: weeks of another format are packed anew. */
    public static final int FORMAT = 2;

    /** The columns of {@link #of}. */
    public static final StructType SCHEMA = new StructType()
            .add(PersonWeeks.WEEK.name(), PersonWeeks.WEEK.type(), false)
            .add(PersonWeeks.PERSON_ID.name(), PersonWeeks.PERSON_ID.type(), false)
            .add(PersonWeeks.PACKED.name(), PersonWeeks.PACKED.type(), false);

    static final int PERSON = 0;
    static final int DATE = 1;
    static final int PACKED = 3;

    private static final int SOURCE = 2;
    private static final int KEYS = 3;

    /** The people of a week are spread over so many tasks. */
    private static final int PARTS = 4;

    private PackedWeeks() {}

    /**
     * Returns one row a person and week, one week after the other within a task.
     *
     * @param personDays rows of {@code person_days}; of a week are packed, and compared between people, the days that are among them
     */
    public static Dataset<Row> of(Dataset<Row> personDays) {
        Column week = trunc(PersonDays.EVENT_DATE.col(), "week");
        Column person = PersonDays.PERSON_ID.col();
        Dataset<Row> entries = PackedRows.of(
                        days(personDays),
                        KEYS,
                        (row, output) -> PackedWeek.packSource(
                                row.getInt(DATE), row.getUTF8String(SOURCE).getBytes(), row, KEYS, output))
                .unionAll(PackedRows.of(
                        amongColleagues(personDays),
                        KEYS,
                        (row, output) -> PackedWeek.packCommon(
                                row.getInt(DATE), row.getLong(KEYS), row.getLong(KEYS + 1), output)))
                .repartition(week, pmod(hash(person), lit(PARTS)))
                .sortWithinPartitions(week, person, PersonDays.EVENT_DATE.col(), PersonDays.SOURCE.col());
        return InnerRows.dataset(
                personDays.sparkSession(),
                InnerRows.of(entries).mapPartitions(PackedWeeksIterator::new).rdd(),
                SCHEMA);
    }

    private static Dataset<Row> days(Dataset<Row> personDays) {
        return personDays.select(Stream.concat(
                        Stream.of(PersonDays.PERSON_ID, PersonDays.EVENT_DATE, PersonDays.SOURCE),
                        PackedDay.READS.stream())
                .map(ColumnSpec::col)
                .toArray(Column[]::new));
    }

    private static Dataset<Row> amongColleagues(Dataset<Row> personDays) {
        return SharedPrompts.of(personDays)
                .unionByName(ReciprocalMerges.of(personDays), true)
                .select(
                        PersonDays.PERSON_ID.col(),
                        PersonDays.EVENT_DATE.col(),
                        lit(null).cast(DataTypes.StringType).as(PersonDays.SOURCE.name()),
                        coalesce(col(SharedPrompts.COUNT), lit(0L)),
                        coalesce(col(ReciprocalMerges.COUNT), lit(0L)));
    }
}
