package io.goodhart.features;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.PersonDays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Totals that answer to the calendar of targets: whole weeks, bars, and the days on which a board is read. */
final class Calendar {
    /** How near a bar counts as sitting at it. */
    private static final double NEAR_BAR = 0.03;

    private static final int BARE_WEEK_REQUESTS = 2;
    private static final String WEEK = "week";

    private final List<Policy> policies;

    Calendar(List<Policy> policies) {
        this.policies = policies;
    }

    /** Returns the aggregates of a window that depend on the boards: tokens while a board was read, and those about its reading. */
    List<Column> boardAggregates() {
        Column onBoard = lit(false);
        Column aboutReading = lit(false);
        for (Policy policy : policies) {
            if (policy.snapshotWeekday().isPresent()
                    && policy.metric().isPresent()
                    && policy.threshold().isEmpty()) {
                Column applies = policy.appliesOn(PersonDays.EVENT_DATE.col());
                onBoard = onBoard.or(applies);
                // ISO weekday 1..7 against 0..6, Monday first: the day itself and the day before it
                int reading = policy.snapshotWeekday().getAsInt() - 1;
                aboutReading = aboutReading.or(
                        applies.and(weekday(PersonDays.EVENT_DATE.col()).isin(reading, (reading + 6) % 7)));
            }
        }
        Column tokens = PersonDays.TOTAL_TOKENS.col();
        return List.of(
                sum(when(onBoard, tokens)).as(WindowTotals.BOARD_TOKENS.name()),
                sum(when(aboutReading, tokens).otherwise(when(onBoard, 0L))).as(WindowTotals.SNAPSHOT_TOKENS.name()));
    }

    /**
     * Returns one row a window and person with what its whole ISO weeks add up to.
     *
     * @param windowDays rows of {@link WindowTotals#daysOfAllSources} with a window's end, its first day and the person's unit
     */
    Dataset<Row> wholeWeeks(Dataset<Row> windowDays, Column windowStart) {
        Column weekStart = trunc(PersonDays.EVENT_DATE.col(), WEEK);
        Dataset<Row> weeks = windowDays
                .where(weekStart.geq(windowStart).and(date_add(weekStart, 6).leq(WindowTotals.WINDOW_END.col())))
                .groupBy(WindowTotals.WINDOW_END.col(), PersonDays.PERSON_ID.col(), weekStart.as(WEEK))
                .agg(
                        sum(PersonDays.TOTAL_TOKENS.col()).cast("decimal(19,0)").as(PersonDays.TOTAL_TOKENS.name()),
                        sum(PersonDays.REQUESTS.col()).as(PersonDays.REQUESTS.name()),
                        sum(PersonDays.COST_USD.col()).as(PersonDays.COST_USD.name()),
                        org.apache
                                .spark
                                .sql
                                .functions
                                .max(col(io.goodhart.tables.People.ORG_ID.name()))
                                .as(io.goodhart.tables.People.ORG_ID.name()),
                        org.apache
                                .spark
                                .sql
                                .functions
                                .max(col(io.goodhart.tables.People.TEAM_ID.name()))
                                .as(io.goodhart.tables.People.TEAM_ID.name()));
        Column tokens = PersonDays.TOTAL_TOKENS.col();
        Column requests = PersonDays.REQUESTS.col();
        return weeks.groupBy(WindowTotals.WINDOW_END.col(), PersonDays.PERSON_ID.col())
                .agg(
                        count(when(requests.gt(0), 1)).as(WindowTotals.WHOLE_WEEKS.name()),
                        count(when(requests.between(1, BARE_WEEK_REQUESTS), 1)).as(WindowTotals.BARE_WEEKS.name()),
                        count(when(atABar(), 1)).as(WindowTotals.BAR_WEEKS.name()),
                        sum(tokens).as(WindowTotals.WHOLE_WEEK_TOKENS.name()),
                        sum(tokens.multiply(tokens)).as(WindowTotals.SQUARED_WEEK_TOKENS.name()));
    }

    private Column atABar() {
        Column at = lit(false);
        for (Policy policy : policies) {
            if (policy.isPersonalWeeklyBar()) {
                double bar = policy.threshold().orElseThrow();
                Column reached = col(policy.metric().orElseThrow()).cast("double");
                at = at.or(
                        policy.appliesOn(col(WEEK)).and(abs(reached.minus(bar)).leq(NEAR_BAR * bar)));
            }
        }
        return coalesce(at, lit(false));
    }

    static Column firstDay(int windowDays) {
        return date_sub(WindowTotals.WINDOW_END.col(), windowDays - 1);
    }
}
