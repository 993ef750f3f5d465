package io.goodhart.features;

import static io.goodhart.features.Direction.HIGH;
import static io.goodhart.features.Direction.LOW;
import static io.goodhart.features.Feature.Family.AGENTS;
import static io.goodhart.features.Feature.Family.CALENDAR;
import static io.goodhart.features.Feature.Family.CHANGE;
import static io.goodhart.features.Feature.Family.MODELS;
import static io.goodhart.features.Feature.Family.REPETITION;
import static io.goodhart.features.Feature.Family.SHAPE;
import static io.goodhart.features.Feature.Family.TEMPO;
import static io.goodhart.features.Feature.Family.VOLUME;
import static io.goodhart.features.Feature.Family.YIELD;
import static io.goodhart.features.WindowTotals.*;
import static io.goodhart.tables.PersonDays.*;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import io.goodhart.features.Feature.Family;
import java.util.List;
import org.apache.spark.sql.Column;

/** The features, in the order of the model's vector. A new one is two lines here and a test of its edges. */
public final class FeatureSet {
    /** Requests that a share is credited with on the honest side, so that three requests at night do not make a night worker. */
    private static final int REQUESTS_BENEFIT = 20;

    /** The same for shares of rarer things: merges, actions, lines in hundreds. */
    private static final int OUTCOMES_BENEFIT = 4;

    private static final int DAYS_OF_WEEK = 7;

    public static final List<Feature> DIRECTED = List.of(
            feature(
                    "tokens_a_day",
                    VOLUME,
                    Unit.TOKENS,
                    HIGH,
                    "tokens an observed day",
                    "%s tokens a day",
                    0,
                    per(TOTAL_TOKENS.col(), OBSERVED_DAYS.col())),
            feature(
                    "requests_an_active_day",
                    VOLUME,
                    Unit.COUNT,
                    HIGH,
                    "requests a day with any",
                    "%s requests an active day",
                    0,
                    per(REQUESTS.col(), ACTIVE_DAYS.col())),
            feature(
                    "cost_a_day",
                    VOLUME,
                    Unit.USD,
                    HIGH,
                    "US dollars an observed day",
                    "%s US dollars a day",
                    0,
                    per(COST_USD.col(), OBSERVED_DAYS.col())),
            feature(
                    "active_day_share",
                    VOLUME,
                    Unit.SHARE,
                    HIGH,
                    "observed days with a request",
                    "active on %s of days",
                    0,
                    per(ACTIVE_DAYS.col(), OBSERVED_DAYS.col())),
            feature(
                    "input_per_output",
                    SHAPE,
                    Unit.RATIO,
                    HIGH,
                    "uncached input tokens a token of output",
                    "%s tokens of fresh input a token of output",
                    0,
                    per(INPUT_TOKENS.col(), OUTPUT_TOKENS.col().plus(1))),
            feature(
                    "stuffed_share",
                    SHAPE,
                    Unit.SHARE,
                    HIGH,
                    "requests of 20,000 or more fresh tokens answered by 200 or fewer",
                    "%s of requests pasted a huge input for a scant answer",
                    0,
                    share(STUFFED_REQUESTS.col(), REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "tiny_share",
                    SHAPE,
                    Unit.SHARE,
                    HIGH,
                    "requests of fewer than 1,000 tokens",
                    "%s of requests were tiny",
                    0,
                    share(TINY_REQUESTS.col(), REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "tiny_requests_an_active_day",
                    SHAPE,
                    Unit.COUNT,
                    HIGH,
                    "tiny requests a day with any request",
                    "%s tiny requests an active day",
                    0,
                    per(TINY_REQUESTS.col(), ACTIVE_DAYS.col())),
            feature(
                    "output_a_request",
                    SHAPE,
                    Unit.TOKENS,
                    LOW,
                    "tokens of output a request",
                    "%s tokens of output a request",
                    1_000,
                    per(OUTPUT_TOKENS.col(), REQUESTS.col())),
            feature(
                    "cache_read_share",
                    SHAPE,
                    Unit.SHARE,
                    LOW,
                    "input tokens served from cache",
                    "%s of input came from cache",
                    1,
                    share(
                            CACHE_READ_TOKENS.col(),
                            CACHE_READ_TOKENS.col().plus(INPUT_TOKENS.col()).plus(zero(CACHE_WRITE_TOKENS.col())),
                            1)),
            feature(
                    "requests_a_session",
                    SHAPE,
                    Unit.COUNT,
                    LOW,
                    "requests a session: depth of work",
                    "%s requests a session",
                    10,
                    per(REQUESTS.col(), SESSIONS.col())),
            feature(
                    "night_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "requests begun 22:00-05:59 on the person's own clock",
                    "%s of requests began at night",
                    0,
                    share(NIGHT_REQUESTS.col(), REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "weekend_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "requests on Saturday or Sunday of the person's own clock",
                    "%s of requests fell on a weekend",
                    0,
                    share(WEEKEND_REQUESTS.col(), REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "active_hours_a_day",
                    TEMPO,
                    Unit.HOURS,
                    HIGH,
                    "different hours with a request, a day with any",
                    "active in %s different hours a day",
                    0,
                    per(ACTIVE_HOURS.col(), ACTIVE_DAYS.col())),
            feature(
                    "streak_minutes",
                    TEMPO,
                    Unit.MINUTES,
                    HIGH,
                    "longest stretch of a day without a pause of half an hour, mean of active days",
                    "stretches of %s minutes without a pause",
                    0,
                    per(STREAK_MINUTES.col(), ACTIVE_DAYS.col())),
            feature(
                    "steady_gap_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "pauses of 10 s or more as long as the one before",
                    "%s of pauses were as long as the one before",
                    0,
                    share(STEADY_GAPS.col(), GAPS.col(), REQUESTS_BENEFIT)),
            feature(
                    "timer_gap_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "pauses of 5, 10, 15, 20, 30 or 60 minutes to within 2 %",
                    "%s of pauses were those of a timer",
                    0,
                    share(TIMER_GAPS.col(), GAPS.col(), REQUESTS_BENEFIT)),
            feature(
                    "same_minute_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "requests in the commonest minute of the hour",
                    "%s of requests began in the same minute of the hour",
                    0,
                    share(MOST_IN_A_MINUTE.col(), REQUESTS.col(), 3 * REQUESTS_BENEFIT)),
            feature(
                    "crowded_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "requests in minutes with three or more sessions at once",
                    "%s of requests came from three or more sessions at once",
                    0,
                    share(CROWDED_REQUESTS.col(), REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "day_variation",
                    TEMPO,
                    Unit.VARIATION,
                    LOW,
                    "how much active days differ in tokens",
                    "active days vary by %s",
                    1,
                    variation(TOTAL_TOKENS.col(), SQUARED_TOKENS.col(), ACTIVE_DAYS.col(), 10)),
            feature(
                    "repeated_prompt_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "prompts that the person had sent before on the same day",
                    "%s of prompts had been sent before on the day",
                    0,
                    share(PROMPTS.col().minus(DISTINCT_PROMPTS.col()), PROMPTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "top_prompt_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "prompts among the five commonest repeated ones of their day",
                    "%s of requests repeated one of five prompts",
                    0,
                    share(TOP_PROMPT_REQUESTS.col(), PROMPTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "replayed_prompt_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "sampled prompts that came on three or more days",
                    "%s of prompts came again on three or more days",
                    0,
                    share(REPLAYED_PROMPTS.col(), SAMPLED_PROMPTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "shared_prompt_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "sampled prompts that somebody else sent too",
                    "%s of prompts were sent by somebody else too",
                    0,
                    share(SHARED_PROMPTS.col(), SAMPLED_PROMPTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "fanout_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "prompts sent to four models or more within an hour",
                    "%s of prompts went to four models or more",
                    0,
                    share(FANOUT_REQUESTS.col(), PROMPTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "premium_share",
                    MODELS,
                    Unit.SHARE,
                    HIGH,
                    "requests to the dearest class of models",
                    "%s of requests went to the dearest models",
                    0,
                    share(PREMIUM_REQUESTS.col(), MODEL_REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "premium_trivial_share",
                    MODELS,
                    Unit.SHARE,
                    HIGH,
                    "requests of up to 1,000 fresh tokens in and out to the dearest class of models",
                    "%s of requests were trivia for the dearest models",
                    0,
                    share(PREMIUM_TRIVIAL_REQUESTS.col(), MODEL_REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "cost_a_million_tokens",
                    MODELS,
                    Unit.USD,
                    HIGH,
                    "US dollars a million tokens",
                    "%s US dollars a million tokens",
                    0,
                    per(
                            COST_USD.col().cast("double").multiply(1e6),
                            TOTAL_TOKENS.col().plus(100_000))),
            feature(
                    "credentials_an_active_day",
                    MODELS,
                    Unit.COUNT,
                    HIGH,
                    "different credentials a day with any request",
                    "%s credentials an active day",
                    0,
                    per(CREDENTIALS.col(), ACTIVE_DAYS.col())),
            feature(
                    "rotated_session_share",
                    MODELS,
                    Unit.SHARE,
                    HIGH,
                    "sessions that went on under a second credential",
                    "%s of sessions went on under another credential",
                    0,
                    share(ROTATED_SESSIONS.col(), SESSIONS.col(), REQUESTS_BENEFIT)),
            feature(
                    "tokens_an_outcome",
                    YIELD,
                    Unit.TOKENS,
                    HIGH,
                    "tokens a weighted outcome",
                    "%s tokens an outcome",
                    0,
                    per(TOTAL_TOKENS.col(), OUTCOMES.col().plus(1))),
            feature(
                    "cost_an_outcome",
                    YIELD,
                    Unit.USD,
                    HIGH,
                    "US dollars a weighted outcome",
                    "%s US dollars an outcome",
                    0,
                    per(COST_USD.col(), OUTCOMES.col().plus(1))),
            feature(
                    "dropped_line_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "suggested lines that were not accepted",
                    "%s of suggested lines were dropped",
                    0,
                    share(
                            LINES_SUGGESTED.col().minus(zero(LINES_ACCEPTED.col())),
                            LINES_SUGGESTED.col(),
                            100 * OUTCOMES_BENEFIT)),
            feature(
                    "dropped_lines_a_day",
                    YIELD,
                    Unit.LINES,
                    HIGH,
                    "suggested lines that were not accepted, an observed day",
                    "%s suggested lines a day were dropped",
                    0,
                    per(LINES_SUGGESTED.col().minus(zero(LINES_ACCEPTED.col())), OBSERVED_DAYS.col())),
            feature(
                    "reverted_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "commits and merges undone later",
                    "%s of commits and merges were undone",
                    0,
                    share(REVERTED.col(), COMMITS.col().plus(MERGED.col()), OUTCOMES_BENEFIT)),
            feature(
                    "reverted_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges undone later",
                    "%s of merges were undone",
                    0,
                    share(REVERTED_MERGES.col(), MERGED.col(), OUTCOMES_BENEFIT)),
            feature(
                    "small_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges of ten lines or fewer",
                    "%s of merges changed ten lines or fewer",
                    0,
                    share(SMALL_MERGES.col(), MERGED.col(), OUTCOMES_BENEFIT)),
            feature(
                    "small_merges_a_week",
                    YIELD,
                    Unit.COUNT,
                    HIGH,
                    "merges of ten lines or fewer, a week",
                    "%s merges a week changed ten lines or fewer",
                    0,
                    per(SMALL_MERGES.col().multiply(DAYS_OF_WEEK), OBSERVED_DAYS.col())),
            feature(
                    "quick_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges within ten minutes of their opening",
                    "%s of merges came within ten minutes of their opening",
                    0,
                    share(QUICK_MERGES.col(), MERGED.col(), OUTCOMES_BENEFIT)),
            feature(
                    "self_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges with nobody else's review",
                    "%s of merges had nobody else's review",
                    0,
                    share(SELF_MERGES.col(), MERGED.col(), OUTCOMES_BENEFIT)),
            feature(
                    "snapshot_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "tokens within a day of the reading of a board, while there is one",
                    "%s of tokens fell within a day of the board's reading",
                    0,
                    share(SNAPSHOT_TOKENS.col(), BOARD_TOKENS.col(), 1)),
            feature(
                    "bare_week_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "whole weeks with one or two requests",
                    "%s of weeks held one or two requests",
                    0,
                    share(BARE_WEEKS.col(), WHOLE_WEEKS.col(), 0)),
            feature(
                    "bar_week_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "whole weeks within 3 % of a cap or a floor",
                    "%s of weeks ended within 3 %% of a bar",
                    0,
                    share(BAR_WEEKS.col(), WHOLE_WEEKS.col(), 0)),
            feature(
                    "week_variation",
                    CALENDAR,
                    Unit.VARIATION,
                    LOW,
                    "how much whole weeks differ in tokens",
                    "weeks vary by %s",
                    0.5,
                    variation(WHOLE_WEEK_TOKENS.col(), SQUARED_WEEK_TOKENS.col(), WHOLE_WEEKS.col(), 3)),
            feature(
                    "tokens_rise",
                    CHANGE,
                    Unit.FOLD,
                    HIGH,
                    "tokens an observed day over those of the person's own earlier weeks",
                    "%s times the tokens of own earlier weeks",
                    1,
                    per(
                            per(TOTAL_TOKENS.col(), OBSERVED_DAYS.col()).plus(10_000),
                            EARLIER_TOKENS_A_DAY.col().plus(10_000))),
            feature(
                    "requests_rise",
                    CHANGE,
                    Unit.FOLD,
                    HIGH,
                    "requests an observed day over those of the person's own earlier weeks",
                    "%s times the requests of own earlier weeks",
                    1,
                    per(
                            per(REQUESTS.col(), OBSERVED_DAYS.col()).plus(1),
                            EARLIER_REQUESTS_A_DAY.col().plus(1))),
            feature(
                    "hours_rise",
                    CHANGE,
                    Unit.FOLD,
                    HIGH,
                    "active hours an observed day over those of the person's own earlier weeks",
                    "%s times the active hours of own earlier weeks",
                    1,
                    per(
                            per(ACTIVE_HOURS.col(), OBSERVED_DAYS.col()).plus(1),
                            EARLIER_HOURS_A_DAY.col().plus(1))),
            feature(
                    "agent_share",
                    AGENTS,
                    Unit.SHARE,
                    HIGH,
                    "requests begun by an agent",
                    "%s of requests were begun by an agent",
                    0,
                    share(AGENT_REQUESTS.col(), REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "scheduled_share",
                    AGENTS,
                    Unit.SHARE,
                    HIGH,
                    "requests begun by a schedule",
                    "%s of requests were begun by a schedule",
                    0,
                    share(SCHEDULED_REQUESTS.col(), REQUESTS.col(), REQUESTS_BENEFIT)),
            feature(
                    "unapproved_share",
                    AGENTS,
                    Unit.SHARE,
                    HIGH,
                    "side effects of agents that nobody approved",
                    "%s of agents' side effects had no approval",
                    0,
                    share(UNAPPROVED_ACTIONS.col(), ACTIONS.col(), OUTCOMES_BENEFIT)),
            feature(
                    "unapproved_risky_a_week",
                    AGENTS,
                    Unit.COUNT,
                    HIGH,
                    "side effects that reach others and that nobody approved, a week",
                    "%s unapproved side effects a week reached others",
                    0,
                    per(UNAPPROVED_RISKY_ACTIONS.col().multiply(DAYS_OF_WEEK), OBSERVED_DAYS.col())),
            feature(
                    "undone_action_share",
                    AGENTS,
                    Unit.SHARE,
                    HIGH,
                    "side effects of agents that failed or were rolled back",
                    "%s of agents' side effects failed or were rolled back",
                    0,
                    share(
                            zero(FAILED_ACTIONS.col()).plus(zero(ROLLED_BACK_ACTIONS.col())),
                            ACTIONS.col(),
                            2 * OUTCOMES_BENEFIT)));

    private FeatureSet() {}

    /** Returns the names, in the order of the vector. */
    public static List<String> names() {
        return DIRECTED.stream().map(Feature::name).toList();
    }

    private static Feature feature(
            String name,
            Family family,
            Unit unit,
            Direction suspicious,
            String meaning,
            String phrase,
            double whenAbsent,
            Column expression) {
        return new Feature(name, family, unit, suspicious, meaning, phrase, whenAbsent, expression);
    }

    /** Returns {@code amount} for each of {@code base}; null where there is no base. */
    private static Column per(Column amount, Column base) {
        Column each = base.cast("double");
        return when(each.gt(0), amount.cast("double").divide(each));
    }

    /** Returns {@code part} of {@code whole}, with {@code benefit} more in the whole: few observations prove nothing. */
    private static Column share(Column part, Column whole, int benefit) {
        return per(part, whole.plus(benefit));
    }

    /**
     * Returns standard deviation over mean of the addends behind {@code sum} and {@code sumOfSquares}; null where there are fewer than
     * {@code least} of them.
     */
    private static Column variation(Column sum, Column sumOfSquares, Column count, int least) {
        Column mean = sum.cast("double").divide(count);
        Column variance =
                greatest(lit(0.0), sumOfSquares.cast("double").divide(count).minus(mean.multiply(mean)));
        return when(count.geq(least).and(sum.gt(0)), sqrt(variance).divide(mean));
    }

    private static Column zero(Column count) {
        return coalesce(count, lit(0L));
    }
}
