package io.goodhart.features;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.bit_count;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is summed over a person's window, and under which name a {@link Feature} finds it. Sums of {@code person_days} columns keep the
 * column's name; what else there is stands here.
 *
 * <p>Only whole numbers and decimals are summed, so that no partitioning can change a digit.
 */
final class WindowTotals {
    static final Total WINDOW_END = new Total("window_end");
    static final Total ACTIVE_DAYS = new Total("active_days");
    static final Total OBSERVED_DAYS = new Total("observed_days");
    static final Total ACTIVE_HOURS = new Total("active_hours");
    static final Total NIGHT_REQUESTS = new Total("night_requests");
    static final Total STREAK_MINUTES = new Total("streak_minutes");
    static final Total MOST_IN_A_MINUTE = new Total("most_in_a_minute");
    static final Total SQUARED_TOKENS = new Total("squared_tokens");
    static final Total OUTCOMES = new Total("outcomes");
    static final Total PREMIUM_REQUESTS = new Total("premium_requests");
    static final Total PREMIUM_TRIVIAL_REQUESTS = new Total("premium_trivial_requests");
    static final Total MODEL_REQUESTS = new Total("model_requests");
    static final Total SAMPLED_PROMPTS = new Total("sampled_prompts");
    static final Total REPLAYED_PROMPTS = new Total("replayed_prompts");
    static final Total SHARED_PROMPTS = new Total("shared_prompts");
    static final Total SNAPSHOT_TOKENS = new Total("snapshot_tokens");
    static final Total BOARD_TOKENS = new Total("board_tokens");
    static final Total WHOLE_WEEKS = new Total("whole_weeks");
    static final Total BARE_WEEKS = new Total("bare_weeks");
    static final Total BAR_WEEKS = new Total("bar_weeks");
    static final Total SQUARED_WEEK_TOKENS = new Total("squared_week_tokens");
    static final Total WHOLE_WEEK_TOKENS = new Total("whole_week_tokens");
    static final Total EARLIER_TOKENS_A_DAY = new Total("earlier_tokens_a_day");
    static final Total EARLIER_REQUESTS_A_DAY = new Total("earlier_requests_a_day");
    static final Total EARLIER_HOURS_A_DAY = new Total("earlier_hours_a_day");

    /** The columns of {@code person_days} that are summed as they stand. */
    static final List<ColumnSpec> SUMMED = List.of(
            PersonDays.REQUESTS,
            PersonDays.SESSIONS,
            PersonDays.INPUT_TOKENS,
            PersonDays.CACHE_READ_TOKENS,
            PersonDays.CACHE_WRITE_TOKENS,
            PersonDays.OUTPUT_TOKENS,
            PersonDays.TOTAL_TOKENS,
            PersonDays.COST_USD,
            PersonDays.LINES_SUGGESTED,
            PersonDays.LINES_ACCEPTED,
            PersonDays.TINY_REQUESTS,
            PersonDays.STUFFED_REQUESTS,
            PersonDays.AGENT_REQUESTS,
            PersonDays.SCHEDULED_REQUESTS,
            PersonDays.WEEKEND_REQUESTS,
            PersonDays.GAPS,
            PersonDays.STEADY_GAPS,
            PersonDays.TIMER_GAPS,
            PersonDays.CROWDED_REQUESTS,
            PersonDays.PROMPTS,
            PersonDays.DISTINCT_PROMPTS,
            PersonDays.TOP_PROMPT_REQUESTS,
            PersonDays.FANOUT_REQUESTS,
            PersonDays.CREDENTIALS,
            PersonDays.ROTATED_SESSIONS,
            PersonDays.COMMITS,
            PersonDays.OPENED,
            PersonDays.MERGED,
            PersonDays.CLOSED,
            PersonDays.REVIEWS,
            PersonDays.ISSUES,
            PersonDays.DEPLOYMENTS,
            PersonDays.INCIDENTS,
            PersonDays.DOCUMENTS,
            PersonDays.REVERTED,
            PersonDays.REVERTED_MERGES,
            PersonDays.MERGED_LINES,
            PersonDays.COMMITTED_LINES,
            PersonDays.SMALL_MERGES,
            PersonDays.QUICK_MERGES,
            PersonDays.SELF_MERGES,
            PersonDays.ACTIONS,
            PersonDays.UNAPPROVED_ACTIONS,
            PersonDays.RISKY_ACTIONS,
            PersonDays.UNAPPROVED_RISKY_ACTIONS,
            PersonDays.FAILED_ACTIONS,
            PersonDays.ROLLED_BACK_ACTIONS);

    private static final Total HOURS = new Total("hours");
    private static final int HOURS_OF_DAY = 24;
    private static final int MINUTES_OF_HOUR = 60;

    /** A total that is not the plain sum of a column of {@code person_days}. */
    record Total(String name) {
        Column col() {
            return org.apache.spark.sql.functions.col(name);
        }
    }

    private WindowTotals() {}

    /** Returns one row a person and day: sources added up, hours of all sources laid over one another. */
    static Dataset<Row> daysOfAllSources(Dataset<Row> personDays) {
        Column nightHours = aggregate(
                        slice(PersonDays.HOUR_REQUESTS.col(), 1, 6), lit(0L), (total, count) -> total.plus(count))
                .plus(aggregate(
                        slice(PersonDays.HOUR_REQUESTS.col(), 23, 2), lit(0L), (total, count) -> total.plus(count)));
        List<Column> totals = new ArrayList<>(SUMMED.stream()
                .map(column -> sum(column.col()).cast(column.type()).as(column.name()))
                .toList());
        totals.add(sum(nightHours).as(NIGHT_REQUESTS.name()));
        totals.add(bit_or(hourBits()).as(HOURS.name()));
        totals.add(max(PersonDays.LONGEST_STREAK_MINUTES.col()).as(STREAK_MINUTES.name()));
        for (int minute = 0; minute < MINUTES_OF_HOUR; minute++) {
            totals.add(sum(element_at(PersonDays.MINUTE_REQUESTS.col(), lit(minute + 1)))
                    .as(minuteName(minute)));
        }
        return personDays
                .groupBy(PersonDays.EVENT_DATE.col(), PersonDays.PERSON_ID.col())
                .agg(totals.get(0), totals.subList(1, totals.size()).toArray(Column[]::new));
    }

    /** Returns the aggregates of a window over rows of {@link #daysOfAllSources}. */
    static List<Column> aggregates() {
        List<Column> totals = new ArrayList<>(SUMMED.stream()
                .map(column -> sum(column.col()).cast(column.type()).as(column.name()))
                .toList());
        Column active = PersonDays.REQUESTS.col().gt(0);
        Column tokens = PersonDays.TOTAL_TOKENS.col().cast("decimal(19,0)");
        totals.add(sum(when(active, 1).otherwise(0)).cast("int").as(ACTIVE_DAYS.name()));
        totals.add(sum(NIGHT_REQUESTS.col()).as(NIGHT_REQUESTS.name()));
        totals.add(sum(bit_count(HOURS.col())).as(ACTIVE_HOURS.name()));
        totals.add(sum(STREAK_MINUTES.col()).as(STREAK_MINUTES.name()));
        totals.add(sum(tokens.multiply(tokens)).as(SQUARED_TOKENS.name()));
        Column[] minutes = IntStream.range(0, MINUTES_OF_HOUR)
                .mapToObj(minute -> coalesce(sum(col(minuteName(minute))), lit(0L)))
                .toArray(Column[]::new);
        totals.add(greatest(minutes).as(MOST_IN_A_MINUTE.name()));
        return totals;
    }

    private static Column hourBits() {
        Column bits = lit(0);
        for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
            bits = bits.bitwiseOR(when(
                            element_at(PersonDays.HOUR_REQUESTS.col(), lit(hour + 1))
                                    .gt(0),
                            lit(1 << hour))
                    .otherwise(lit(0)));
        }
        return bits;
    }

    private static String minuteName(int minute) {
        return "minute_" + minute;
    }
}
