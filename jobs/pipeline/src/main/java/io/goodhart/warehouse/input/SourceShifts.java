package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SourceHealth;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the days on which a source changed for most people at once and for good, as when a vendor's client release counts differently.
 *
 * <p>A person's level on a side of a day is the mean, over their active days, of tokens (requests, where the tool tells no tokens) in the
 * seven days before it, or in the seven that begin with it; three active days a side are needed. The day is a shift when more than half of
 * at least {@value #FEWEST_PEOPLE} such people move the same way by more than a factor of {@value #FACTOR}. The days around a shift move
 * too: of those less than a week apart the one with the largest median movement stands.
 */
final class SourceShifts {
    /** True in every row that {@link #among} returns. */
    static final String SHIFTED = "_shifted";

    /** By how much a person's level must change. */
    static final double FACTOR = 1.5;

    /** Fewer people are not a source's habit. */
    static final int FEWEST_PEOPLE = 5;

    private static final int SIDE_DAYS = 7;
    private static final int FEWEST_ACTIVE_DAYS = 3;

    private static final String CANDIDATE = "_candidate";
    private static final String AMOUNT = "_amount";
    private static final String MOVE = "_move";
    private static final String SIZE = "_size";

    private SourceShifts() {}

    /** Returns (source, event_date, {@link #SHIFTED}) for the shifts between {@code first} and {@code last}. */
    static Dataset<Row> among(Dataset<Row> personDays, LocalDate first, LocalDate last) {
        Dataset<Row> moved = daysThatMostMove(moves(personDays));
        Column apart = abs(datediff(col("day." + CANDIDATE), col("rival." + CANDIDATE)));
        Column larger = col("rival." + SIZE).gt(col("day." + SIZE));
        Column asLargeAndEarlier = col("rival." + SIZE)
                .equalTo(col("day." + SIZE))
                .and(col("rival." + CANDIDATE).lt(col("day." + CANDIDATE)));
        return moved.as("day")
                .join(
                        moved.as("rival"),
                        PersonDays.SOURCE
                                .of("day")
                                .equalTo(PersonDays.SOURCE.of("rival"))
                                .and(apart.lt(SIDE_DAYS))
                                .and(larger.or(asLargeAndEarlier)),
                        "left_anti")
                .filter(col(CANDIDATE).between(lit(first), lit(last)))
                .select(
                        PersonDays.SOURCE.col(),
                        col(CANDIDATE).as(SourceHealth.EVENT_DATE.name()),
                        lit(true).as(SHIFTED));
    }

    /** Returns, by source, candidate day and person, the logarithm of the factor by which the level changed. */
    private static Dataset<Row> moves(Dataset<Row> personDays) {
        Column day = PersonDays.EVENT_DATE.col();
        Column amount = coalesce(PersonDays.TOTAL_TOKENS.col(), PersonDays.REQUESTS.col());
        Column after = day.geq(col(CANDIDATE));
        Column before = day.lt(col(CANDIDATE));
        Column level = sum(when(after, col(AMOUNT))).divide(count(when(after, lit(1))));
        Column earlierLevel = sum(when(before, col(AMOUNT))).divide(count(when(before, lit(1))));
        Dataset<Row> active = personDays
                .select(PersonDays.SOURCE.col(), PersonDays.PERSON_ID.col(), day, amount.as(AMOUNT))
                .filter(col(AMOUNT).gt(0));
        Dataset<Row> wholeWeeks = active.agg(
                date_add(min(day), SIDE_DAYS).as("_from"),
                date_add(max(day), 1 - SIDE_DAYS).as("_to"));
        return active.withColumn(CANDIDATE, explode(sequence(date_add(day, 1 - SIDE_DAYS), date_add(day, SIDE_DAYS))))
                .crossJoin(wholeWeeks)
                .filter(col(CANDIDATE).between(col("_from"), col("_to")))
                .groupBy(PersonDays.SOURCE.col(), col(CANDIDATE), PersonDays.PERSON_ID.col())
                .agg(
                        count(when(after, lit(1))).as("_days_after"),
                        count(when(before, lit(1))).as("_days_before"),
                        log(level).minus(log(earlierLevel)).as(MOVE))
                .filter(col("_days_after")
                        .geq(FEWEST_ACTIVE_DAYS)
                        .and(col("_days_before").geq(FEWEST_ACTIVE_DAYS)));
    }

    private static Dataset<Row> daysThatMostMove(Dataset<Row> moves) {
        double step = Math.log(FACTOR);
        return moves.groupBy(PersonDays.SOURCE.col(), col(CANDIDATE))
                .agg(
                        count(lit(1)).as("_people"),
                        count(when(col(MOVE).gt(step), lit(1))).as("_up"),
                        count(when(col(MOVE).lt(-step), lit(1))).as("_down"),
                        abs(median(col(MOVE))).as(SIZE))
                .filter(col("_people").geq(FEWEST_PEOPLE))
                .filter(greatest(col("_up"), col("_down")).multiply(2).gt(col("_people")));
    }
}
