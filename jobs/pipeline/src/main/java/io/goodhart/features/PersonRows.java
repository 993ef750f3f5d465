package io.goodhart.features;

import io.goodhart.rows.InnerRows;
import io.goodhart.tables.PersonWeeks;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * All that windows are cut from, the rows of a person side by side after one exchange, where they wait for whoever cuts windows next: what
 * is known of the person, then the weeks in order.
 *
 * <p>A row is a person, the Monday of a week (null: the row is of the person's facts) and what is packed.
 */
final class PersonRows {
    static final int PERSON = 0;
    static final int WEEK = 1;
    static final int PACKED = 2;

    private static final int KEYS = 2;

    private PersonRows() {}

    /**
     * Returns the rows, sorted by person and week; a task holds all rows of its people.
     *
     * @param personWeeks rows of {@code person_weeks}, or of {@link PackedWeeks#of}
     * @param people rows of {@code people}
     * @param absences rows of {@code absences}
     */
    static JavaRDD<InternalRow> of(Dataset<Row> personWeeks, Dataset<Row> people, Dataset<Row> absences) {
        Dataset<Row> rows = personWeeks
                .select(PersonWeeks.PERSON_ID.col(), PersonWeeks.WEEK.col(), PersonWeeks.PACKED.col())
                .unionAll(PackedRows.of(
                        PackedFacts.of(people, absences), KEYS, (row, output) -> PackedFacts.pack(row, KEYS, output)));
        return InnerRows.of(rows.repartition(PersonWeeks.PERSON_ID.col())
                .sortWithinPartitions(PersonWeeks.PERSON_ID.col(), PersonWeeks.WEEK.col()));
    }
}
