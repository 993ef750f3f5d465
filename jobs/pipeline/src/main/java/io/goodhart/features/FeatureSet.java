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
import static io.goodhart.tables.PersonDays.*;

import io.goodhart.features.Feature.Family;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The features, in the order of the model's vector. A new one is two lines here and a test of its edges. */
public final class FeatureSet {
    /** Requests that a share is credited with on the honest side, so that three requests at night do not make a night worker. */
    private static final int REQUESTS_BENEFIT = 20;

    /** The same for shares of rarer things: merges, actions, lines in hundreds. */
    private static final int OUTCOMES_BENEFIT = 4;

    /** Lines that are credited as suggested and kept, so that three dropped lines are no ratio. */
    private static final int LINES_BENEFIT = 100 * OUTCOMES_BENEFIT;

    private static final int DAYS_OF_WEEK = 7;

    /** Active days on which nothing happened that are credited to everybody: a key that is replaced at work once proves nothing. */
    private static final int DAYS_BENEFIT = 5;

    /** Tokens without a cost that the price of a token is credited with, so that a few dear ones are no price. */
    public static final int CREDITED_TOKENS = 100_000;

    /** Raised when a feature comes to tell something else under its name: a model learned what it told before. */
    public static final int DEFINITIONS = 5;

    /** What a share of uncached input is credited with before it is compared with an earlier one. */
    private static final double UNCACHED_FLOOR = 0.03;

    public static final List<Feature> DIRECTED = List.of(
            feature(
                    "tokens_a_day",
                    VOLUME,
                    Unit.TOKENS,
                    HIGH,
                    "tokens an observed day",
                    "%s tokens a day",
                    0,
                    w -> per(w.of(TOTAL_TOKENS), w.presentDays)),
            feature(
                    "requests_an_active_day",
                    VOLUME,
                    Unit.COUNT,
                    HIGH,
                    "requests a day with any",
                    "%s requests an active day",
                    0,
                    w -> per(w.of(REQUESTS), w.activeDays)),
            feature(
                    "cost_a_day",
                    VOLUME,
                    Unit.USD,
                    HIGH,
                    "US dollars an observed day",
                    "%s US dollars a day",
                    0,
                    w -> per(w.costUsd(), w.presentDays)),
            feature(
                    "output_a_day",
                    VOLUME,
                    Unit.TOKENS,
                    HIGH,
                    "tokens of output an observed day",
                    "%s tokens of output a day",
                    0,
                    w -> per(w.of(OUTPUT_TOKENS), w.presentDays)),
            feature(
                    "sessions_an_active_day",
                    VOLUME,
                    Unit.COUNT,
                    HIGH,
                    "sessions a day with any request",
                    "%s sessions an active day",
                    0,
                    w -> per(w.ratios.base(Ratio.REQUESTS_A_SESSION), w.activeDays)),
            feature(
                    "active_day_share",
                    VOLUME,
                    Unit.SHARE,
                    HIGH,
                    "observed days with a request",
                    "active on %s of days",
                    0,
                    w -> per(w.activeDays, w.presentDays)),
            feature(
                    "input_per_output",
                    SHAPE,
                    Unit.RATIO,
                    HIGH,
                    "uncached input tokens a token of output",
                    "%s tokens of fresh input a token of output",
                    0,
                    w -> per(w.ratios.part(Ratio.INPUT_PER_OUTPUT), w.ratios.base(Ratio.INPUT_PER_OUTPUT) + 1)),
            credited(
                    "stuffed_share",
                    SHAPE,
                    Unit.SHARE,
                    HIGH,
                    "requests of 20,000 or more fresh tokens answered by 200 or fewer",
                    "%s of requests pasted a huge input for a scant answer",
                    0,
                    w -> share(w.of(STUFFED_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            credited(
                    "tiny_share",
                    SHAPE,
                    Unit.SHARE,
                    HIGH,
                    "requests of fewer than 1,000 tokens",
                    "%s of requests were tiny",
                    0,
                    w -> share(w.of(TINY_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            feature(
                    "tiny_requests_an_active_day",
                    SHAPE,
                    Unit.COUNT,
                    HIGH,
                    "tiny requests a day with any request",
                    "%s tiny requests an active day",
                    0,
                    w -> per(w.of(TINY_REQUESTS), w.activeDays)),
            feature(
                    "output_a_request",
                    SHAPE,
                    Unit.TOKENS,
                    LOW,
                    "tokens of output a request",
                    "%s tokens of output a request",
                    1_000,
                    w -> per(w.ratios.part(Ratio.OUTPUT_A_REQUEST), w.ratios.base(Ratio.OUTPUT_A_REQUEST))),
            credited(
                    "answer_length",
                    SHAPE,
                    Unit.TOKENS,
                    HIGH,
                    "tokens of output a request, 20 requests without any credited: few long answers prove nothing",
                    "answers of %s tokens in the mean",
                    0,
                    w -> per(
                            w.ratios.part(Ratio.OUTPUT_A_REQUEST),
                            w.ratios.base(Ratio.OUTPUT_A_REQUEST) + REQUESTS_BENEFIT)),
            feature(
                    "cache_read_share",
                    SHAPE,
                    Unit.SHARE,
                    LOW,
                    "input tokens served from cache",
                    "%s of input came from cache",
                    1,
                    FeatureSet::cachedShare),
            feature(
                    "requests_a_session",
                    SHAPE,
                    Unit.COUNT,
                    LOW,
                    "requests a session: depth of work",
                    "%s requests a session",
                    10,
                    w -> per(w.ratios.part(Ratio.REQUESTS_A_SESSION), w.ratios.base(Ratio.REQUESTS_A_SESSION))),
            credited(
                    "failed_share",
                    SHAPE,
                    Unit.SHARE,
                    HIGH,
                    "requests with an error or refused",
                    "%s of requests failed",
                    0,
                    w -> share(w.of(FAILED_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            credited(
                    "night_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "requests begun 22:00-05:59 on the person's own clock",
                    "%s of requests began at night",
                    0,
                    w -> share(w.nightRequests, w.of(REQUESTS), REQUESTS_BENEFIT)),
            credited(
                    "weekend_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "requests on Saturday or Sunday of the person's own clock",
                    "%s of requests fell on a weekend",
                    0,
                    w -> share(w.of(WEEKEND_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            feature(
                    "active_hours_a_day",
                    TEMPO,
                    Unit.HOURS,
                    HIGH,
                    "different hours with a request, a day with any",
                    "active in %s different hours a day",
                    0,
                    w -> per(w.activeHours, w.activeDays)),
            feature(
                    "streak_minutes",
                    TEMPO,
                    Unit.MINUTES,
                    HIGH,
                    "longest stretch of a day without a pause of half an hour, mean of active days",
                    "stretches of %s minutes without a pause",
                    0,
                    w -> per(w.streakMinutes, w.activeDays)),
            credited(
                    "steady_gap_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "pauses of 10 s or more as long as the one before",
                    "%s of pauses were as long as the one before",
                    0,
                    w -> share(w.of(STEADY_GAPS), w.of(GAPS), REQUESTS_BENEFIT)),
            credited(
                    "timer_gap_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "pauses of 5, 10, 15, 20, 30 or 60 minutes to within 2 %",
                    "%s of pauses were those of a timer",
                    0,
                    w -> share(w.of(TIMER_GAPS), w.of(GAPS), REQUESTS_BENEFIT)),
            credited(
                    "same_minute_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "requests in the commonest minute of the hour",
                    "%s of requests began in the same minute of the hour",
                    0,
                    w -> share(w.mostInAMinute(), w.of(REQUESTS), 3 * REQUESTS_BENEFIT)),
            credited(
                    "crowded_share",
                    TEMPO,
                    Unit.SHARE,
                    HIGH,
                    "requests in minutes with three or more sessions at once",
                    "%s of requests came from three or more sessions at once",
                    0,
                    w -> share(w.of(CROWDED_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            feature(
                    "day_variation",
                    TEMPO,
                    Unit.VARIATION,
                    LOW,
                    "how much active days differ in tokens",
                    "active days vary by %s",
                    1,
                    w -> variation(w.of(TOTAL_TOKENS), w.squaredTokens, w.activeDays, 10)),
            credited(
                    "repeated_prompt_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "prompts that the person had sent before on the same day",
                    "%s of prompts had been sent before on the day",
                    0,
                    w -> share(w.of(PROMPTS) - w.of(DISTINCT_PROMPTS), w.of(PROMPTS), REQUESTS_BENEFIT)),
            credited(
                    "top_prompt_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "prompts among the five commonest repeated ones of their day",
                    "%s of prompts were among the five most repeated of their day",
                    0,
                    w -> share(w.of(TOP_PROMPT_REQUESTS), w.of(PROMPTS), REQUESTS_BENEFIT)),
            credited(
                    "replayed_prompt_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "sampled prompts that came on three or more days",
                    "%s of prompts came again on three or more days",
                    0,
                    w -> share(w.replayedPrompts(), w.sampledPrompts, REQUESTS_BENEFIT)),
            credited(
                    "shared_prompt_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "sampled prompts that somebody else sent too",
                    "%s of prompts were sent by somebody else too",
                    0,
                    w -> share(w.sharedPrompts, w.sampledPrompts, REQUESTS_BENEFIT)),
            credited(
                    "fanout_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "prompts sent to four models or more within an hour",
                    "%s of prompts went to four models or more",
                    0,
                    w -> share(w.of(FANOUT_REQUESTS), w.of(PROMPTS), REQUESTS_BENEFIT)),
            credited(
                    "same_size_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "requests of their day's commonest prompt size, to within a tenth, beyond the first",
                    "%s of prompts were of their day's commonest size",
                    0,
                    w -> share(w.of(SAME_SIZE_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            credited(
                    "same_answer_share",
                    REPETITION,
                    Unit.SHARE,
                    HIGH,
                    "requests of their day's commonest size of answer, to within a tenth, beyond the first",
                    "%s of answers were of their day's commonest size",
                    0,
                    w -> share(w.of(SAME_ANSWER_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            credited(
                    "premium_share",
                    MODELS,
                    Unit.SHARE,
                    HIGH,
                    "requests to the dearest class of models",
                    "%s of requests went to the dearest models",
                    0,
                    w -> share(w.premiumRequests, w.modelRequests, REQUESTS_BENEFIT)),
            credited(
                    "premium_trivial_share",
                    MODELS,
                    Unit.SHARE,
                    HIGH,
                    "requests of up to 1,000 fresh tokens in and out to the dearest class of models",
                    "%s of requests were trivia for the dearest models",
                    0,
                    w -> share(w.premiumTrivialRequests, w.modelRequests, REQUESTS_BENEFIT)),
            credited(
                    "cost_a_million_tokens",
                    MODELS,
                    Unit.USD,
                    HIGH,
                    "US dollars a million tokens",
                    "%s US dollars a million tokens",
                    0,
                    w -> per(w.ratios.part(Ratio.COST_A_TOKEN), w.ratios.base(Ratio.COST_A_TOKEN) + CREDITED_TOKENS)),
            feature(
                    "credentials_an_active_day",
                    MODELS,
                    Unit.COUNT,
                    HIGH,
                    "different credentials a day with any request",
                    "%s credentials an active day",
                    0,
                    w -> per(w.of(CREDENTIALS), w.activeDays)),
            credited(
                    "rotated_day_share",
                    MODELS,
                    Unit.SHARE,
                    HIGH,
                    "active days on which a session went on under a second credential",
                    "on %s of active days a session went on under another credential",
                    0,
                    // by days: the one session that goes round all day drowns among short ones
                    w -> Double.isNaN(w.of(ROTATED_SESSIONS))
                            ? Double.NaN
                            : share(w.rotatedDays, w.activeDays, DAYS_BENEFIT)),
            credited(
                    "tokens_an_outcome",
                    YIELD,
                    Unit.TOKENS,
                    HIGH,
                    "tokens a weighted outcome",
                    "%s tokens an outcome",
                    0,
                    w -> per(w.of(TOTAL_TOKENS), w.outcomes + 1)),
            credited(
                    "cost_an_outcome",
                    YIELD,
                    Unit.USD,
                    HIGH,
                    "US dollars a weighted outcome",
                    "%s US dollars an outcome",
                    0,
                    w -> per(w.costUsd(), w.outcomes + 1)),
            credited(
                    "lines_a_kept_line",
                    YIELD,
                    Unit.RATIO,
                    HIGH,
                    "lines suggested for each one that was accepted",
                    "%s lines were suggested for each one kept",
                    1,
                    w -> per(
                            w.ratios.base(Ratio.ACCEPTED) + LINES_BENEFIT,
                            w.ratios.part(Ratio.ACCEPTED) + LINES_BENEFIT)),
            feature(
                    "dropped_lines_a_day",
                    YIELD,
                    Unit.LINES,
                    HIGH,
                    "suggested lines that were not accepted, an observed day",
                    "%s suggested lines a day were dropped",
                    0,
                    w -> per(w.ratios.base(Ratio.ACCEPTED) - w.ratios.part(Ratio.ACCEPTED), w.presentDays)),
            credited(
                    "reverted_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "commits and merges undone later",
                    "%s of commits and merges were undone",
                    0,
                    w -> share(w.of(REVERTED), w.of(COMMITS) + w.of(MERGED), OUTCOMES_BENEFIT)),
            credited(
                    "reverted_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges undone later",
                    "%s of merges were undone",
                    0,
                    w -> share(w.of(REVERTED_MERGES), w.of(MERGED), OUTCOMES_BENEFIT)),
            credited(
                    "small_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges of ten lines or fewer",
                    "%s of merges changed ten lines or fewer",
                    0,
                    w -> share(w.of(SMALL_MERGES), w.of(MERGED), OUTCOMES_BENEFIT)),
            feature(
                    "small_merges_a_week",
                    YIELD,
                    Unit.COUNT,
                    HIGH,
                    "merges of ten lines or fewer, a week",
                    "%s merges a week changed ten lines or fewer",
                    0,
                    w -> per(w.of(SMALL_MERGES) * DAYS_OF_WEEK, w.presentDays)),
            credited(
                    "quick_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges within ten minutes of their opening",
                    "%s of merges came within ten minutes of their opening",
                    0,
                    w -> share(w.of(QUICK_MERGES), w.of(MERGED), OUTCOMES_BENEFIT)),
            credited(
                    "reciprocal_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges waved through within minutes by somebody whose work the person waved through in the same week",
                    "%s of merges were waved through within minutes, and returned in kind",
                    0,
                    w -> share(w.reciprocalMerges, w.of(MERGED), OUTCOMES_BENEFIT)),
            credited(
                    "self_merge_share",
                    YIELD,
                    Unit.SHARE,
                    HIGH,
                    "merges with nobody else's review",
                    "%s of merges had nobody else's review",
                    0,
                    w -> share(w.of(SELF_MERGES), w.of(MERGED), OUTCOMES_BENEFIT)),
            feature(
                    "snapshot_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "share of tokens about the reading of a board, above the share of active days there",
                    "%s more of the tokens than of the active days fell about the board's reading",
                    0,
                    w -> Math.max(0, per(w.snapshotTokens, w.boardTokens) - per(w.snapshotDays, w.boardDays))),
            feature(
                    "snapshot_tokens_contrast",
                    CALENDAR,
                    Unit.SPREADS,
                    HIGH,
                    "how far the tokens of days about the reading of a board stand above other days, in standard errors of the difference: in as many as the person's own days differ by chance",
                    "more tokens on days about the board's reading than on other days: %s times what chance makes",
                    0,
                    w -> Math.max(0, w.snapshotTokensADay.spreads())),
            feature(
                    "snapshot_requests_contrast",
                    CALENDAR,
                    Unit.SPREADS,
                    HIGH,
                    "the same for requests",
                    "more requests on days about the board's reading than on other days: %s times what chance makes",
                    0,
                    w -> Math.max(0, w.snapshotRequestsADay.spreads())),
            feature(
                    "bare_week_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "whole weeks beyond a first whose one or two requests came on the same weekday as in others",
                    "%s of weeks beyond a first held one or two requests, on the same weekday",
                    0,
                    w -> beyondOne(w, w.mostBareWeeksOnAWeekday(), w.wholeWeeks)),
            feature(
                    "bar_week_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "whole weeks beyond a first within 3 % of a cap or a floor",
                    "%s of weeks beyond a first ended within 3 %% of a bar",
                    0,
                    w -> beyondOne(w, w.barWeeks, w.wholeWeeks)),
            feature(
                    "bar_recent_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "of the last eight whole weeks, those beyond a first within 3 % of a cap or a floor",
                    "%s of the last eight weeks beyond a first ended within 3 %% of a bar",
                    0,
                    w -> beyondOne(w, w.recentBarWeeks, w.recentWeeks)),
            feature(
                    "bar_closeness",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "how close whole weeks came to a cap or a floor: 100 % at it, 0 % from 3 % away",
                    "weeks ended %s close to a bar, on average (100 %%: at it, 0 %%: 3 %% off)",
                    0,
                    w -> per(w.barCloseness, w.wholeWeeks)),
            feature(
                    "bar_month_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "of the last three months, those beyond a first within 3 % of a cap or a floor",
                    "%s of months beyond a first ended within 3 %% of a bar",
                    0,
                    w -> beyondOne(w, w.barMonths, w.wholeMonths)),
            credited(
                    "weekday_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "active days on the commonest weekday, less what a part-time contract makes of it",
                    "%s of active days fell on the same weekday, part-time work allowed for",
                    0,
                    w -> Math.max(0, share(w.mostOnAWeekday(), w.activeDays, 2) - w.weekdayShareOfContract())),
            feature(
                    "two_weekdays_token_share",
                    CALENDAR,
                    Unit.SHARE,
                    HIGH,
                    "tokens on the two neighbouring weekdays that hold most, above the share of active days there",
                    "%s more of the tokens than of the active days fell on two neighbouring weekdays",
                    0,
                    w -> Math.max(0, per(w.mostTokensOnTwoWeekdays(), w.of(TOTAL_TOKENS)) - w.dayShareOfTwoWeekdays())),
            feature(
                    "week_variation",
                    CALENDAR,
                    Unit.VARIATION,
                    LOW,
                    "how much whole weeks differ in tokens",
                    "weeks vary by %s",
                    0.5,
                    w -> variation(w.wholeWeekTokens, w.squaredWeekTokens, w.wholeWeeks, 3)),
            credited(
                    "uncached_rise",
                    CHANGE,
                    Unit.FOLD,
                    HIGH,
                    "share of input not served from cache, over that of the person's own earlier weeks",
                    "the share of input that no cache served was %s times that of own earlier weeks",
                    1,
                    w -> fold(w, FeatureSet::uncachedShare, UNCACHED_FLOOR)),
            credited(
                    "agent_share",
                    AGENTS,
                    Unit.SHARE,
                    HIGH,
                    "requests begun by an agent",
                    "%s of requests were begun by an agent",
                    0,
                    w -> share(w.of(AGENT_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            credited(
                    "scheduled_share",
                    AGENTS,
                    Unit.SHARE,
                    HIGH,
                    "requests begun by a schedule",
                    "%s of requests were begun by a schedule",
                    0,
                    w -> share(w.of(SCHEDULED_REQUESTS), w.of(REQUESTS), REQUESTS_BENEFIT)),
            credited(
                    "unapproved_share",
                    AGENTS,
                    Unit.SHARE,
                    HIGH,
                    "side effects of agents that nobody approved",
                    "%s of agents' side effects had no approval",
                    0,
                    w -> share(w.of(UNAPPROVED_ACTIONS), w.of(ACTIONS), OUTCOMES_BENEFIT)),
            feature(
                    "unapproved_risky_a_week",
                    AGENTS,
                    Unit.COUNT,
                    HIGH,
                    "side effects that reach others and that nobody approved, a week",
                    "%s unapproved side effects a week reached others",
                    0,
                    w -> per(w.of(UNAPPROVED_RISKY_ACTIONS) * DAYS_OF_WEEK, w.presentDays)),
            credited(
                    "undone_action_share",
                    AGENTS,
                    Unit.SHARE,
                    HIGH,
                    "side effects of agents that failed or were rolled back",
                    "%s of agents' side effects failed or were rolled back",
                    0,
                    // The same one may have failed and been rolled back: so many it were at least.
                    w -> share(
                            Math.max(w.orZero(FAILED_ACTIONS), w.orZero(ROLLED_BACK_ACTIONS)),
                            w.of(ACTIONS),
                            2 * OUTCOMES_BENEFIT)));

    private FeatureSet() {}

    /** Returns the names, in the order of the vector. */
    public static List<String> names() {
        return DIRECTED.stream().map(Feature::name).toList();
    }

    /** Returns the feature of that name; empty: this version has none. */
    public static Optional<Feature> called(String name) {
        return DIRECTED.stream().filter(feature -> feature.name().equals(name)).findFirst();
    }

    /** Returns the raw values of a window, in the order of the vector. */
    static double[] values(WindowTotals totals) {
        return DIRECTED.stream().mapToDouble(feature -> feature.value(totals)).toArray();
    }

    private static Feature feature(
            String name,
            Family family,
            Unit unit,
            Direction suspicious,
            String meaning,
            String phrase,
            double whenAbsent,
            ToDoubleFunction<WindowTotals> expression) {
        return new Feature(name, family, unit, suspicious, meaning, phrase, whenAbsent, false, expression);
    }

    /** Returns a feature that is {@link Feature#credited}. */
    private static Feature credited(
            String name,
            Family family,
            Unit unit,
            Direction suspicious,
            String meaning,
            String phrase,
            double whenAbsent,
            ToDoubleFunction<WindowTotals> expression) {
        return new Feature(name, family, unit, suspicious, meaning, phrase, whenAbsent, true, expression);
    }

    /** Returns {@code amount} for each of {@code base}; NaN where there is no base. */
    private static double per(double amount, double base) {
        return base > 0 ? amount / base : Double.NaN;
    }

    /** Returns {@code part} of {@code whole}, with {@code benefit} more in the whole: few observations prove nothing. */
    private static double share(double part, double whole, int benefit) {
        return per(part, whole + benefit);
    }

    /** Returns the share of {@code hits} in {@code tries}, one of each left out: one week in twenty ends at some bar by chance. */
    private static double beyondOne(WindowTotals w, int hits, int tries) {
        int leftOut = w.isOneWeek ? 0 : 1;
        return per(Math.max(0, hits - leftOut), tries - leftOut);
    }

    /** Returns {@code amount} over the same in the person's own earlier weeks; {@code floor} more on both sides. */
    private static double fold(WindowTotals window, ToDoubleFunction<WindowTotals> amount, double floor) {
        return window.earlier == null
                ? Double.NaN
                : (amount.applyAsDouble(window) + floor) / (amount.applyAsDouble(window.earlier) + floor);
    }

    private static double cachedShare(WindowTotals window) {
        double cached = window.ratios.part(Ratio.CACHED);
        return share(cached, cached + window.ratios.base(Ratio.CACHED), 1);
    }

    private static double uncachedShare(WindowTotals window) {
        return 1 - cachedShare(window);
    }

    /**
     * Returns standard deviation over mean of the addends behind {@code sum} and {@code sumOfSquares}; NaN where there are fewer than
     * {@code least} of them.
     */
    private static double variation(double sum, double sumOfSquares, double count, int least) {
        if (count < least || sum <= 0) {
            return Double.NaN;
        }
        double mean = sum / count;
        return Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean)) / mean;
    }
}
