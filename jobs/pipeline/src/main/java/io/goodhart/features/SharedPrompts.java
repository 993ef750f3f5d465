package io.goodhart.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.tables.PersonDays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Prompts that somebody else sent in the same ISO week, by the daily samples of fingerprints.
 *
 * <p>A day keeps the prompts with the smallest hashes, so the same prompt is kept by every person of comparable use: what is compared is
 * a few dozen prompts a person and day, never all of them.
 */
final class SharedPrompts {
    /** How many of the day's sampled prompts are shared. */
    static final String COUNT = "shared_prompts";

    private static final String PROMPT = "prompt";
    private static final String WEEK = "week";

    private SharedPrompts() {}

    /**
     * Returns one row a person and day with a shared prompt. {@code personDays} must hold whole weeks from their Monday on.
     *
     * <p>Who sent a prompt first and last is sought among hashes of people: smallest and largest of texts would have every prompt sorted.
     */
    static Dataset<Row> of(Dataset<Row> personDays) {
        Column person = PersonDays.PERSON_ID.col();
        Column day = PersonDays.EVENT_DATE.col();
        Dataset<Row> sent = personDays.select(
                person,
                day,
                trunc(day, WEEK).as(WEEK),
                explode(PersonDays.PROMPT_SAMPLE_HASHES.col()).as(PROMPT));
        Dataset<Row> shared = sent.select(
                        col(WEEK), col(PROMPT), xxhash64(person).as("sender"))
                .groupBy(col(WEEK), col(PROMPT))
                .agg(min("sender").as("one"), max("sender").as("other"))
                .where(col("one").notEqual(col("other")))
                .select(col(WEEK), col(PROMPT));
        return sent.join(shared, new String[] {WEEK, PROMPT}, "left_semi")
                .distinct()
                .groupBy(person, day)
                .agg(count(lit(1)).as(COUNT));
    }
}
