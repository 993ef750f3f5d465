package io.goodhart.features;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** One person's UTC day over all sources: rows of {@code person_days} laid together. */
final class PersonDay {
    private static final List<ColumnSpec> OTHERS = List.of(
            PersonDays.SOURCE,
            PersonDays.COST_USD,
            PersonDays.HOUR_REQUESTS,
            PersonDays.LONGEST_STREAK_MINUTES,
            PersonDays.MINUTE_REQUESTS,
            PersonDays.MODELS,
            PersonDays.PROMPT_SAMPLE_HASHES);

    /** The columns of {@code person_days} that a day is read from, in the order that {@link #add} expects. */
    static final List<ColumnSpec> READS =
            Stream.concat(WindowTotals.SUMMED.stream(), OTHERS.stream()).toList();

    private static final int SOURCE = READS.indexOf(PersonDays.SOURCE);
    private static final int COST_USD = READS.indexOf(PersonDays.COST_USD);
    private static final int HOUR_REQUESTS = READS.indexOf(PersonDays.HOUR_REQUESTS);
    private static final int LONGEST_STREAK_MINUTES = READS.indexOf(PersonDays.LONGEST_STREAK_MINUTES);
    private static final int MINUTE_REQUESTS = READS.indexOf(PersonDays.MINUTE_REQUESTS);
    private static final int MODELS = READS.indexOf(PersonDays.MODELS);
    private static final int PROMPT_SAMPLE_HASHES = READS.indexOf(PersonDays.PROMPT_SAMPLE_HASHES);
    private static final int TOTAL_TOKENS = READS.indexOf(PersonDays.TOTAL_TOKENS);
    private static final int NIGHT_BEGINS = 22;
    private static final int NIGHT_ENDS = 6;

    /** The hours from {@link #NIGHT_ENDS} to {@link #NIGHT_BEGINS}, as bits. */
    private static final int DAY_HOURS = (1 << NIGHT_BEGINS) - (1 << NIGHT_ENDS);

    private static final int WEEKEND_REQUESTS = WindowTotals.place(PersonDays.WEEKEND_REQUESTS);
    private static final int MODEL = PersonDays.MODEL_USE.fieldIndex("model");
    private static final int MODEL_REQUESTS = PersonDays.MODEL_USE.fieldIndex("requests");
    private static final int MODEL_TRIVIAL = PersonDays.MODEL_USE.fieldIndex("trivial_requests");

    private final LocalDate date;
    private final long[] sums = new long[WindowTotals.SUMMED.size()];
    private final boolean[] known = new boolean[WindowTotals.SUMMED.size()];
    private final long[] minutes = new long[60];
    private final Set<String> usageSources = new HashSet<>();
    private final Set<Long> prompts = new HashSet<>();
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

    PersonDay(LocalDate date) {
        this.date = date;
    }

    /**
     * Lays one source's row over the day.
     *
     * @param row its columns {@link #READS} begin at {@code first}
     * @param premiumModels the models of the dearest class
     */
    void add(Row row, int first, Set<String> premiumModels) {
        for (int i = 0; i < sums.length; i++) {
            if (!row.isNullAt(first + i)) {
                sums[i] += row.getLong(first + i);
                known[i] = true;
            }
        }
        if (row.isNullAt(first + MODELS) && row.isNullAt(first + TOTAL_TOKENS)) {
            return;
        }
        usageSources.add(row.getString(first + SOURCE));
        BigDecimal cost = row.getDecimal(first + COST_USD);
        if (cost != null) {
            microDollars += cost.movePointRight(ColumnSpec.MONEY.scale()).longValueExact();
            costKnown = true;
        }
        List<Long> byHour = list(row, first + HOUR_REQUESTS);
        for (int hour = 0; hour < byHour.size(); hour++) {
            long requests = byHour.get(hour);
            hours |= requests > 0 ? 1 << hour : 0;
            nightRequests += hour >= NIGHT_BEGINS || hour < NIGHT_ENDS ? requests : 0;
        }
        List<Long> byMinute = list(row, first + MINUTE_REQUESTS);
        for (int minute = 0; minute < byMinute.size(); minute++) {
            minutes[minute] += byMinute.get(minute);
        }
        int streak = first + LONGEST_STREAK_MINUTES;
        streakMinutes = row.isNullAt(streak) ? streakMinutes : Math.max(streakMinutes, row.getLong(streak));
        for (Row use : PersonDay.<Row>list(row, first + MODELS)) {
            boolean premium = premiumModels.contains(use.getString(MODEL));
            modelRequests += use.getLong(MODEL_REQUESTS);
            premiumRequests += premium ? use.getLong(MODEL_REQUESTS) : 0;
            premiumTrivialRequests += premium ? use.getLong(MODEL_TRIVIAL) : 0;
        }
        prompts.addAll(list(row, first + PROMPT_SAMPLE_HASHES));
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

    long sum(int index) {
        return sums[index];
    }

    boolean isKnown(int index) {
        return known[index];
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

    long requestsInMinute(int minute) {
        return minutes[minute];
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

    Set<Long> promptSample() {
        return prompts;
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

    private static <T> List<T> list(Row row, int index) {
        return row.isNullAt(index) ? List.of() : row.getList(index);
    }
}
