package io.goodhart.features;

import io.goodhart.tables.PersonDays;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** One person's UTC day over all sources: rows of {@code person_days} laid together. */
final class PersonDay {
    private static final long[] NONE = {};

    /** The hours that are no night, as bits. */
    private static final int DAY_HOURS = (1 << PersonDays.NIGHT_BEGINS) - (1 << PersonDays.NIGHT_ENDS);

    private static final int WEEKEND_REQUESTS = WindowTotals.place(PersonDays.WEEKEND_REQUESTS);

    private final LocalDate date;
    private final LocalDate week;
    private final long[] sums = new long[WindowTotals.SUMMED.size()];
    private long known;
    private long[] minutes = NONE;
    private Set<String> usageSources = Set.of();
    private long[] prompts = NONE;
    private int[] repeatedPrompts = {};
    private long microDollars;
    private boolean costKnown;
    private int hours;
    private long nightRequests;
    private long streakMinutes;
    private long modelRequests;
    private long premiumRequests;
    private long premiumTrivialRequests;
    private long sharedPrompts;
    private long reciprocalMerges;
    private boolean requestsUntold;
    private final Ratio.Sums ratios = new Ratio.Sums();

    PersonDay(LocalDate date) {
        this.date = date;
        this.week = Calendar.monday(date);
    }

    /** Adds a known value of the column at {@code place} of {@link WindowTotals#SUMMED}. */
    void addSum(int place, long value) {
        sums[place] += value;
        known |= 1L << place;
    }

    /**
     * Says that a source told of usage.
     *
     * @param requestsTold whether it told how many requests they were
     */
    void addSource(String source, boolean requestsTold) {
        requestsUntold |= !requestsTold;
        if (usageSources.isEmpty()) {
            usageSources = Set.of(source);
        } else if (!usageSources.contains(source)) {
            Set<String> more = new HashSet<>(usageSources);
            more.add(source);
            usageSources = more;
        }
    }

    void addMicroDollars(long added) {
        microDollars += added;
        costKnown = true;
    }

    /**
     * Adds hours with requests.
     *
     * @param added hours of the day, as bits
     * @param atNight requests at night
     */
    void addHours(int added, long atNight) {
        hours |= added;
        nightRequests += atNight;
    }

    void addStreak(long longestMinutes) {
        streakMinutes = Math.max(streakMinutes, longestMinutes);
    }

    /**
     * Adds the use of a model.
     *
     * @param trivialRequests those of the requests that were trivial work
     * @param premium whether it is a model of the dearest class
     */
    void addModel(long requests, long trivialRequests, boolean premium) {
        modelRequests += requests;
        premiumRequests += premium ? requests : 0;
        premiumTrivialRequests += premium ? trivialRequests : 0;
    }

    void addRequestsInMinute(int minute, long requests) {
        if (minutes.length == 0) {
            minutes = new long[WindowTotals.MINUTES];
        }
        minutes[minute] += requests;
    }

    /** Adds sampled prompts of a source, which may have come with another source's too. */
    void addPrompts(long[] sample) {
        if (prompts.length == 0 || sample.length == 0) {
            prompts = prompts.length == 0 ? sample : prompts;
            return;
        }
        long[] together = Arrays.copyOf(prompts, prompts.length + sample.length);
        System.arraycopy(sample, 0, together, prompts.length, sample.length);
        Arrays.sort(together);
        int distinct = 1;
        for (int i = 1; i < together.length; i++) {
            if (together[i] != together[i - 1]) {
                together[distinct++] = together[i];
            }
        }
        prompts = Arrays.copyOf(together, distinct);
    }

    /** Takes the numbers of those sampled prompts that came back on other days. */
    void repeating(int[] numbers) {
        repeatedPrompts = numbers;
    }

    /** Adds sampled prompts of the day that somebody else sent in the same week. */
    void addSharedPrompts(long count) {
        sharedPrompts += count;
    }

    /** Adds merges of the day that a colleague waved through whose own work the person waved through in the same week. */
    void addReciprocalMerges(long count) {
        reciprocalMerges += count;
    }

    /** Says that the person was on call: what falls into a night or a weekend is duty then, and no evidence. */
    void onCall() {
        nightRequests = 0;
        hours &= DAY_HOURS;
        sums[WEEKEND_REQUESTS] = 0;
    }

    LocalDate date() {
        return date;
    }

    /** Returns the Monday of the day's ISO week. */
    LocalDate week() {
        return week;
    }

    long sum(int place) {
        return sums[place];
    }

    /** Returns whether a source told of usage and not of how many requests it was. */
    boolean isRequestsUntold() {
        return requestsUntold;
    }

    /** Returns the sums of what the sources tell of both sides of a ratio; to be added to while the day is laid together. */
    Ratio.Sums ratios() {
        return ratios;
    }

    /** Returns which sums are known, as bits. */
    long known() {
        return known;
    }

    boolean isCostKnown() {
        return costKnown;
    }

    long microDollars() {
        return microDollars;
    }

    int hours() {
        return hours;
    }

    long nightRequests() {
        return nightRequests;
    }

    long streakMinutes() {
        return streakMinutes;
    }

    /** Returns the requests by minute of the hour; empty: none. */
    long[] minutes() {
        return minutes;
    }

    long modelRequests() {
        return modelRequests;
    }

    long premiumRequests() {
        return premiumRequests;
    }

    long premiumTrivialRequests() {
        return premiumTrivialRequests;
    }

    /** Returns the sampled prompts, each once. */
    long[] prompts() {
        return prompts;
    }

    /** Returns the numbers of sampled prompts that came back on other days: see {@link ReplayedPrompts}. */
    int[] repeatedPrompts() {
        return repeatedPrompts;
    }

    long sharedPrompts() {
        return sharedPrompts;
    }

    long reciprocalMerges() {
        return reciprocalMerges;
    }

    Set<String> usageSources() {
        return usageSources;
    }
}
