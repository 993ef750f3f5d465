package io.goodhart.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SourceHealth;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** On how many days of a window a person was observed: employed, within the history, and with a healthy source of theirs. */
final class Observation {
    private static final String DARK_DAYS = "dark_days";

    private final Dataset<Row> people;
    private final Dataset<Row> unhealthy;
    private final LocalDate historyStart;

    /** @param historyStart the first day of the landing */
    Observation(Dataset<Row> people, Dataset<Row> sourceHealth, LocalDate historyStart) {
        this.people = people;
        this.historyStart = historyStart;
        this.unhealthy = sourceHealth
                .where(SourceHealth.VERDICT.col().isin("missing", "low"))
                .select(
                        SourceHealth.SOURCE.col().as("unhealthy_source"),
                        SourceHealth.EVENT_DATE.col().as("unhealthy_date"));
    }

    /**
     * Returns {@code totals} with unit, role and {@link WindowTotals#OBSERVED_DAYS}.
     *
     * @param totals one row a window and person
     * @param windowDays person_days rows, each with a window's end
     */
    Dataset<Row> observed(Dataset<Row> totals, Dataset<Row> windowDays, int length) {
        Column start = Calendar.firstDay(length);
        Column from = greatest(start, lit(historyStart), coalesce(People.START_DATE.col(), start));
        Column to =
                least(WindowTotals.WINDOW_END.col(), coalesce(People.END_DATE.col(), WindowTotals.WINDOW_END.col()));
        Column employed = greatest(lit(0), datediff(to, from).plus(1));
        Column dark = coalesce(col(DARK_DAYS), lit(0L)).cast("int");
        return totals.join(darkDays(windowDays, length), key(), "left")
                .join(people, new String[] {People.PERSON_ID.name()}, "left")
                .withColumn(WindowTotals.OBSERVED_DAYS.name(), greatest(lit(0), employed.minus(dark)))
                .withColumn(People.ROLE.name(), coalesce(People.ROLE.col(), lit(People.UNKNOWN)))
                .withColumn(People.TEAM_ID.name(), coalesce(People.TEAM_ID.col(), lit(People.UNKNOWN)))
                .withColumn(People.ORG_ID.name(), coalesce(People.ORG_ID.col(), lit(People.UNKNOWN)))
                .drop(DARK_DAYS);
    }

    /** Returns how many days of a window a person's sources were all missing or low. */
    private Dataset<Row> darkDays(Dataset<Row> windowDays, int length) {
        Column window = WindowTotals.WINDOW_END.col();
        Column person = PersonDays.PERSON_ID.col();
        Dataset<Row> sources = windowDays
                .where(PersonDays.TOTAL_TOKENS.col().isNotNull())
                .select(window, person, PersonDays.SOURCE.col())
                .distinct();
        Dataset<Row> known = sources.groupBy(window, person).agg(count(lit(1)).as("sources"));
        return sources.join(
                        unhealthy,
                        PersonDays.SOURCE
                                .col()
                                .equalTo(col("unhealthy_source"))
                                .and(col("unhealthy_date").leq(window))
                                .and(col("unhealthy_date").geq(Calendar.firstDay(length))))
                .groupBy(window, person, col("unhealthy_date"))
                .agg(countDistinct(PersonDays.SOURCE.col()).as("unhealthy_sources"))
                .join(known, key())
                .where(col("unhealthy_sources").equalTo(col("sources")))
                .groupBy(window, person)
                .agg(count(lit(1)).as(DARK_DAYS));
    }

    static String[] key() {
        return new String[] {WindowTotals.WINDOW_END.name(), PersonDays.PERSON_ID.name()};
    }
}
