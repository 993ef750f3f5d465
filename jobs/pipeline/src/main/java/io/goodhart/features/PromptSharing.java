package io.goodhart.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.PersonDays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Prompts that come again on other days, or from other people, by the daily samples of fingerprints.
 *
 * <p>A day keeps the prompts with the smallest hashes, so the same prompt is kept on every day of comparable size: what is compared is
 * a few dozen prompts a person and day, never all of them.
 */
final class PromptSharing {
    private static final int REPLAYED_DAYS = 3;
    private static final String PROMPT = "prompt";
    private static final String DAYS = "days";

    private PromptSharing() {}

    /** Returns one row a window and person. {@code windowDays}: person_days rows, each with a window's end. */
    static Dataset<Row> totals(Dataset<Row> windowDays) {
        Column window = WindowTotals.WINDOW_END.col();
        Column person = PersonDays.PERSON_ID.col();
        Dataset<Row> byPerson = windowDays
                .select(
                        window,
                        person,
                        PersonDays.EVENT_DATE.col(),
                        explode(PersonDays.PROMPT_SAMPLE_HASHES.col()).as(PROMPT))
                .groupBy(window, col(PROMPT), person)
                .agg(countDistinct(PersonDays.EVENT_DATE.col()).as(DAYS));
        Dataset<Row> shared = byPerson.groupBy(window, col(PROMPT))
                .agg(min(person).as("first_person"), max(person).as("last_person"))
                .where(col("first_person").notEqual(col("last_person")))
                .select(window, col(PROMPT), lit(true).as("is_shared"));
        return byPerson.join(shared, new String[] {WindowTotals.WINDOW_END.name(), PROMPT}, "left")
                .groupBy(window, person)
                .agg(
                        sum(col(DAYS)).as(WindowTotals.SAMPLED_PROMPTS.name()),
                        sum(when(col(DAYS).geq(REPLAYED_DAYS), col(DAYS)).otherwise(0L))
                                .as(WindowTotals.REPLAYED_PROMPTS.name()),
                        sum(when(col("is_shared"), col(DAYS)).otherwise(0L)).as(WindowTotals.SHARED_PROMPTS.name()));
    }
}
