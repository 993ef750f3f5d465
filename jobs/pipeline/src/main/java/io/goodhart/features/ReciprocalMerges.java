package io.goodhart.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;

import io.goodhart.tables.PersonDays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Merges that a colleague waved through within minutes while their own work was waved through by the person in the same ISO week.
 *
 * <p>Colleagues merge for one another every day; to do it within minutes, and both ways, is what a ring does.
 */
final class ReciprocalMerges {
    /** How many of the day's merges are such. */
    static final String COUNT = "reciprocal_merges";

    private static final String MERGER = "merger";
    private static final String BOTH_WAYS = "both_ways";

    private ReciprocalMerges() {}

    /** Returns one row a person and day with such a merge. {@code personDays} must hold whole weeks from their Monday on. */
    static Dataset<Row> of(Dataset<Row> personDays) {
        Column day = PersonDays.EVENT_DATE.col();
        Column author = PersonDays.PERSON_ID.col();
        Column merger = col(MERGER);
        WindowSpec pair = Window.partitionBy(trunc(day, "week"), least(author, merger), greatest(author, merger));
        return personDays
                .select(author, day, explode(PersonDays.MERGED_BY.col()).as("entry"))
                .select(
                        author,
                        day,
                        col("entry.counterpart_id").as(MERGER),
                        col("entry.quick_merges").as(COUNT))
                .where(col(COUNT).gt(0).and(merger.notEqual(author)))
                .withColumn(
                        BOTH_WAYS, min(author).over(pair).notEqual(max(author).over(pair)))
                .where(col(BOTH_WAYS))
                .groupBy(author, day)
                .agg(sum(col(COUNT)).as(COUNT));
    }
}
