package io.goodhart.features;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a person's days of a window add up to: what a {@link Feature} is made of.
 *
 * <p>Days are added in order of date within one task, so sums do not depend on the partitioning. Unknown totals are NaN: a sum over
 * partly unknown days is the sum of the known ones.
 */
final class WindowTotals {
    /** The columns of {@code person_days} that are summed as they stand: at most 64, for which of them are known is kept in bits. */
    static final List<ColumnSpec> SUMMED = List.of(
            PersonDays.REQUESTS,
            PersonDays.SESSIONS,
            PersonDays.INPUT_TOKENS,
            PersonDays.CACHE_READ_TOKENS,
            PersonDays.CACHE_WRITE_TOKENS,
            PersonDays.OUTPUT_TOKENS,
            PersonDays.TOTAL_TOKENS,
            PersonDays.LINES_SUGGESTED,
            PersonDays.LINES_ACCEPTED,
            PersonDays.FAILED_REQUESTS,
            PersonDays.TINY_REQUESTS,
            PersonDays.STUFFED_REQUESTS,
            PersonDays.SAME_SIZE_REQUESTS,
            PersonDays.SAME_ANSWER_REQUESTS,
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

    private static final Map<String, Integer> PLACES = IntStream.range(0, SUMMED.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(place -> SUMMED.get(place).name(), place -> place));
    private static final int REQUESTS = place(PersonDays.REQUESTS);
    private static final int TOKENS = place(PersonDays.TOTAL_TOKENS);
    private static final int ROTATED = place(PersonDays.ROTATED_SESSIONS);

    /** Minutes of an hour. */
    static final int MINUTES = 60;

    private static final int DAYS_OF_WEEK = 7;

    private final long[] sums = new long[SUMMED.size()];
    final Ratio.Sums ratios = new Ratio.Sums();
    private final long[] minutes = new long[MINUTES];
    private long known;
    private int[] daysOfPrompt = new int[8];
    private final int[] activeOnWeekday = new int[DAYS_OF_WEEK];
    private final double[] tokensOnWeekday = new double[DAYS_OF_WEEK];
    private long microDollars;
    private boolean costKnown;
    private boolean usage;

    int activeDays;

    /** On how many days a session went on under another credential. */
    int rotatedDays;

    int observedDays;

    /** The observed days over which amounts are spread: days of leave without usage are left out, down to what a verdict needs. */
    int presentDays;

    /** On how many days a week the person's contract has them work. */
    int workingDays = Person.FULL_WEEK;

    double activeHours;
    double nightRequests;
    double streakMinutes;
    double squaredTokens;
    double modelRequests;
    double premiumRequests;
    double premiumTrivialRequests;
    double sampledPrompts;
    double sharedPrompts;
    double reciprocalMerges;
    double boardTokens;
    double snapshotTokens;
    int boardDays;
    int snapshotDays;

    /** Days about the reading of a board against the others. */
    final Contrast snapshotTokensADay = new Contrast();

    final Contrast snapshotRequestsADay = new Contrast();

    /** Whether this is one week that is looked at by itself: of one, no first is left out. */
    boolean isOneWeek;

    int wholeWeeks;
    /** By weekday, Monday first: whole weeks whose one or two requests all came on that day. */
    final int[] bareWeeksOn = new int[DAYS_OF_WEEK];

    int barWeeks;

    /** Over whole weeks: 1 at a bar, 0 as far from one as is no longer near. */
    double barCloseness;

    /** Weeks with usage among the last whole ones, which reach back before the window, and those near a bar. */
    int recentWeeks;

    int recentBarWeeks;
    int wholeMonths;
    int barMonths;
    double wholeWeekTokens;
    double squaredWeekTokens;
    double outcomes;

    /** The person's own earlier weeks; null where the person was hardly there. */
    WindowTotals earlier;

    void add(PersonDay day) {
        for (long left = day.known(); left != 0; left &= left - 1) {
            int place = Long.numberOfTrailingZeros(left);
            sums[place] += day.sum(place);
        }
        known |= day.known();
        ratios.add(day.ratios());
        if (day.isCostKnown()) {
            microDollars += day.microDollars();
            costKnown = true;
        }
        usage |= !day.usageSources().isEmpty();
        boolean active = day.sum(REQUESTS) > 0;
        activeDays += active ? 1 : 0;
        rotatedDays += day.sum(ROTATED) > 0 ? 1 : 0;
        activeHours += Integer.bitCount(day.hours());
        nightRequests += day.nightRequests();
        streakMinutes += day.streakMinutes();
        double tokens = day.sum(TOKENS);
        squaredTokens += tokens * tokens;
        int weekday = day.date().getDayOfWeek().getValue() - 1;
        activeOnWeekday[weekday] += active ? 1 : 0;
        tokensOnWeekday[weekday] += tokens;
        long[] byMinute = day.minutes();
        for (int minute = 0; minute < byMinute.length; minute++) {
            minutes[minute] += byMinute[minute];
        }
        modelRequests += day.modelRequests();
        premiumRequests += day.premiumRequests();
        premiumTrivialRequests += day.premiumTrivialRequests();
        sampledPrompts += day.prompts().length;
        for (int prompt : day.repeatedPrompts()) {
            if (prompt >= daysOfPrompt.length) {
                daysOfPrompt = Arrays.copyOf(daysOfPrompt, 2 * prompt);
            }
            daysOfPrompt[prompt]++;
        }
        sharedPrompts += day.sharedPrompts();
        reciprocalMerges += day.reciprocalMerges();
    }

    /** Returns the sum of {@code column}, one of {@link #SUMMED}; NaN where no day knows it. */
    double of(ColumnSpec column) {
        int index = place(column);
        return (known & 1L << index) != 0 ? sums[index] : Double.NaN;
    }

    /** Returns the sum of {@code column}, 0 where no day knows it. */
    double orZero(ColumnSpec column) {
        return sums[place(column)];
    }

    /** Returns where {@code column} stands among {@link #SUMMED}. */
    static int place(ColumnSpec column) {
        return PLACES.get(column.name());
    }

    /** Returns whether the person used an AI tool at all. */
    boolean hasUsage() {
        return usage;
    }

    long totalTokens() {
        return sums[TOKENS];
    }

    /** Returns the cost in millionths of a US dollar; null where no day knows it. */
    Long microDollarsOrNull() {
        return costKnown ? Long.valueOf(microDollars) : null;
    }

    /** Returns the cost in US dollars; NaN where no day knows it. */
    double costUsd() {
        return costKnown ? microDollars / 1e6 : Double.NaN;
    }

    double mostInAMinute() {
        return Arrays.stream(minutes).max().orElse(0);
    }

    /** Returns the active days on the commonest weekday. */
    double mostOnAWeekday() {
        return Arrays.stream(activeOnWeekday).max().orElse(0);
    }

    /** Returns by how much a contract of fewer days raises the share of active days on a weekday. */
    double weekdayShareOfContract() {
        return 1.0 / workingDays - 1.0 / Person.FULL_WEEK;
    }

    /** Returns the bare weeks of the weekday that has most. */
    int mostBareWeeksOnAWeekday() {
        return Arrays.stream(bareWeeksOn).max().orElse(0);
    }

    /** Returns the share of active days that fall on the two neighbouring weekdays with most tokens. */
    double dayShareOfTwoWeekdays() {
        double most = mostTokensOnTwoWeekdays();
        for (int day = 0; day < DAYS_OF_WEEK; day++) {
            int next = (day + 1) % DAYS_OF_WEEK;
            if (tokensOnWeekday[day] + tokensOnWeekday[next] == most) {
                return (double) (activeOnWeekday[day] + activeOnWeekday[next]) / activeDays;
            }
        }
        return Double.NaN;
    }

    /** Returns the tokens of the two neighbouring weekdays that hold most. */
    double mostTokensOnTwoWeekdays() {
        double most = 0;
        for (int day = 0; day < DAYS_OF_WEEK; day++) {
            most = Math.max(most, tokensOnWeekday[day] + tokensOnWeekday[(day + 1) % DAYS_OF_WEEK]);
        }
        return most;
    }

    /** Returns how many entries of the daily samples belong to prompts that came on several days. */
    double replayedPrompts() {
        return Arrays.stream(daysOfPrompt)
                .filter(days -> days >= ReplayedPrompts.DAYS)
                .sum();
    }
}
