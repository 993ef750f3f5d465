package io.goodhart.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;

import io.goodhart.tables.PersonDays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Merges that a colleague waved through within minutes while their own work was waved through by the person in the same ISO week.
 *
 * <p>Colleagues merge for one another every day; to do it within minutes, and both ways, is what a ring does.
 */
final class ReciprocalMerges {
    /** How many of the day's merges are such. */
    static final String COUNT = "reciprocal_merges";

    private static final String MERGER = "merger";
    private static final String AUTHOR = "author";
    private static final String WEEK = "week";

    private ReciprocalMerges() {}

    /** Returns one row a person and day with such a merge. {@code personDays} must hold whole weeks from their Monday on. */
    static Dataset<Row> of(Dataset<Row> personDays) {
        Column day = PersonDays.EVENT_DATE.col();
        Dataset<Row> quick = personDays
                .select(
                        PersonDays.PERSON_ID.col(),
                        day,
                        trunc(day, WEEK).as(WEEK),
                        explode(PersonDays.MERGED_BY.col()).as("entry"))
                .select(
                        PersonDays.PERSON_ID.col(),
                        day,
                        col(WEEK),
                        col("entry.counterpart_id").as(MERGER),
                        col("entry.quick_merges").as(COUNT))
                .where(col(COUNT).gt(0).and(col(MERGER).notEqual(PersonDays.PERSON_ID.col())));
        Dataset<Row> returned = quick.select(
                        col(WEEK),
                        col(MERGER).as(PersonDays.PERSON_ID.name()),
                        PersonDays.PERSON_ID.col().as(AUTHOR))
                .withColumnRenamed(AUTHOR, MERGER)
                .distinct();
        return quick.join(returned, new String[] {WEEK, PersonDays.PERSON_ID.name(), MERGER}, "left_semi")
                .groupBy(PersonDays.PERSON_ID.col(), day)
                .agg(sum(col(COUNT)).as(COUNT));
    }
}
