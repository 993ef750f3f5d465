package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SourceHealth;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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

    private static final String CANDIDATE = LevelMoves.DAY;
    private static final String AMOUNT = "_amount";
    private static final String MOVE = LevelMoves.MOVE;
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
        Column source = PersonDays.SOURCE.col();
        Column person = PersonDays.PERSON_ID.col();
        Column day = PersonDays.EVENT_DATE.col();
        Dataset<Row> active = personDays
                .select(
                        source,
                        person,
                        day,
                        coalesce(PersonDays.TOTAL_TOKENS.col(), PersonDays.REQUESTS.col())
                                .as(AMOUNT))
                .filter(col(AMOUNT).gt(0));
        Dataset<Row> wholeWeeks = active.agg(
                date_add(min(day), SIDE_DAYS).as("_from"),
                date_add(max(day), 1 - SIDE_DAYS).as("_to"));
        return active.select(source, person, unix_date(day).as(CANDIDATE), col(AMOUNT))
                .repartition(source, person)
                .sortWithinPartitions(source, person, col(CANDIDATE))
                .mapPartitions(
                        new LevelMoves(SIDE_DAYS, FEWEST_ACTIVE_DAYS),
                        Encoders.row(LevelMoves.schema(PersonDays.SOURCE.name())))
                .withColumn(CANDIDATE, date_from_unix_date(col(CANDIDATE)))
                .crossJoin(wholeWeeks)
                .filter(col(CANDIDATE).between(col("_from"), col("_to")));
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
