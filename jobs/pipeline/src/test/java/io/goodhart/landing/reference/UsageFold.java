package io.goodhart.landing.reference;

import static io.goodhart.tables.UsageEvents.CACHE_READ_TOKENS;
import static io.goodhart.tables.UsageEvents.CACHE_WRITE_TOKENS;
import static io.goodhart.tables.UsageEvents.COST_USD;
import static io.goodhart.tables.UsageEvents.CREDENTIAL_ID;
import static io.goodhart.tables.UsageEvents.EVENT_TIME;
import static io.goodhart.tables.UsageEvents.INITIATOR;
import static io.goodhart.tables.UsageEvents.INPUT_TOKENS;
import static io.goodhart.tables.UsageEvents.LINES_ACCEPTED;
import static io.goodhart.tables.UsageEvents.LINES_SUGGESTED;
import static io.goodhart.tables.UsageEvents.MODEL;
import static io.goodhart.tables.UsageEvents.OUTPUT_TOKENS;
import static io.goodhart.tables.UsageEvents.PROMPT_FINGERPRINT;
import static io.goodhart.tables.UsageEvents.REQUESTS;
import static io.goodhart.tables.UsageEvents.SESSION_ID;
import static io.goodhart.tables.UsageEvents.STATUS;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;

/** Folds a person's requests of a day into the usage columns of {@code person_days}. */
final class UsageFold implements DayFold {
    private static final int FIRST = DayFolding.KEY.size();
    private static final int TIMEZONE = DayFolding.KEY.indexOf(PersonDays.TIMEZONE);
    private static final List<ColumnSpec> READS = List.of(
            EVENT_TIME,
            MODEL,
            SESSION_ID,
            INITIATOR,
            REQUESTS,
            INPUT_TOKENS,
            CACHE_READ_TOKENS,
            CACHE_WRITE_TOKENS,
            OUTPUT_TOKENS,
            COST_USD,
            PROMPT_FINGERPRINT,
            LINES_SUGGESTED,
            LINES_ACCEPTED,
            STATUS,
            CREDENTIAL_ID);

    private final Total requests = new Total();
    private final Total input = new Total();
    private final Total cacheRead = new Total();
    private final Total cacheWrite = new Total();
    private final Total output = new Total();
    private final Total linesSuggested = new Total();
    private final Total linesAccepted = new Total();
    private final Total failed = new Total();
    private final Total agent = new Total();
    private final Total scheduled = new Total();
    private long total;
    private long tiny;
    private long stuffed;
    private ModelUse models = new ModelUse();
    private Clock clock = new Clock();
    private Pauses pauses = new Pauses();
    private Prompts prompts = new Prompts();
    private Sizes promptSizes = new Sizes();
    private Sizes answerSizes = new Sizes();
    private Sessions sessions = new Sessions();

    @Override
    public List<ColumnSpec> reads() {
        return READS;
    }

    @Override
    public List<ColumnSpec> fills() {
        return List.of(
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
                PersonDays.FAILED_REQUESTS,
                PersonDays.MODELS,
                PersonDays.TINY_REQUESTS,
                PersonDays.STUFFED_REQUESTS,
                PersonDays.SAME_SIZE_REQUESTS,
                PersonDays.SAME_ANSWER_REQUESTS,
                PersonDays.AGENT_REQUESTS,
                PersonDays.SCHEDULED_REQUESTS,
                PersonDays.ACTIVE_HOURS,
                PersonDays.NIGHT_REQUESTS,
                PersonDays.WEEKEND_REQUESTS,
                PersonDays.MINUTE_REQUESTS,
                PersonDays.GAPS,
                PersonDays.STEADY_GAPS,
                PersonDays.TIMER_GAPS,
                PersonDays.LONGEST_STREAK_MINUTES,
                PersonDays.CROWDED_REQUESTS,
                PersonDays.PROMPTS,
                PersonDays.DISTINCT_PROMPTS,
                PersonDays.TOP_PROMPT_REQUESTS,
                PersonDays.FANOUT_REQUESTS,
                PersonDays.PROMPT_SAMPLE_HASHES,
                PersonDays.CREDENTIALS,
                PersonDays.ROTATED_SESSIONS);
    }

    @Override
    public void begin() {
        List.of(requests, input, cacheRead, cacheWrite, output, linesSuggested, linesAccepted, failed, agent, scheduled)
                .forEach(Total::clear);
        total = 0;
        tiny = 0;
        stuffed = 0;
        models = new ModelUse();
        clock = new Clock();
        pauses = new Pauses();
        prompts = new Prompts();
        promptSizes = new Sizes();
        answerSizes = new Sizes();
        sessions = new Sessions();
    }

    @Override
    public void add(Row event) {
        Instant time = event.getTimestamp(at(EVENT_TIME)).toInstant();
        String model = event.getString(at(MODEL));
        long count = event.isNullAt(at(REQUESTS)) ? 1 : event.getInt(at(REQUESTS));
        long in = event.getLong(at(INPUT_TOKENS));
        long out = event.getLong(at(OUTPUT_TOKENS));
        long all = in + out + longOrZero(event, CACHE_READ_TOKENS) + longOrZero(event, CACHE_WRITE_TOKENS);
        long each = Math.max(1, count);

        requests.add(count);
        input.add(in);
        output.add(out);
        addLong(cacheRead, event, CACHE_READ_TOKENS);
        addLong(cacheWrite, event, CACHE_WRITE_TOKENS);
        addInt(linesSuggested, event, LINES_SUGGESTED);
        addInt(linesAccepted, event, LINES_ACCEPTED);
        total += all;
        boolean isTiny = all < each * PersonDays.TINY_REQUEST;
        boolean isTrivial = in + out <= each * PersonDays.TRIVIAL_WORK;
        tiny += isTiny ? count : 0;
        stuffed += in >= each * PersonDays.HUGE_INPUT && out <= each * PersonDays.SCANT_OUTPUT ? count : 0;
        if (!event.isNullAt(at(STATUS))) {
            failed.add(event.getString(at(STATUS)).equals("ok") ? 0 : count);
        }
        if (!event.isNullAt(at(INITIATOR))) {
            String initiator = event.getString(at(INITIATOR));
            agent.add(initiator.equals("agent") ? count : 0);
            scheduled.add(initiator.equals("schedule") ? count : 0);
        }

        BigDecimal cost = event.isNullAt(at(COST_USD)) ? null : event.getDecimal(at(COST_USD));
        models.add(model, count, isTrivial ? count : 0, all, cost);
        clock.add(time, event.getString(TIMEZONE), count);
        pauses.add(time);
        if (count == 1) {
            promptSizes.add(all - out);
            answerSizes.add(out);
        }
        if (!event.isNullAt(at(PROMPT_FINGERPRINT))) {
            prompts.add(event.getLong(at(PROMPT_FINGERPRINT)), time, model);
        }
        sessions.add(time, event.getString(at(SESSION_ID)), event.getString(at(CREDENTIAL_ID)), count);
    }

    @Override
    public Object[] finish() {
        return new Object[] {
            requests.orNull(),
            sessions.countOrNull(),
            input.orNull(),
            cacheRead.orNull(),
            cacheWrite.orNull(),
            output.orNull(),
            total,
            models.costOrNull(),
            linesSuggested.orNull(),
            linesAccepted.orNull(),
            failed.orNull(),
            models.rows(),
            tiny,
            stuffed,
            promptSizes.sameOrNull(),
            answerSizes.sameOrNull(),
            agent.orNull(),
            scheduled.orNull(),
            clock.activeHours(),
            clock.nightRequests(),
            clock.weekendRequests(),
            clock.minutes(),
            pauses.count(),
            pauses.steady(),
            pauses.timer(),
            pauses.longestStreakMinutes(),
            sessions.crowdedOrNull(),
            prompts.countOrNull(),
            prompts.distinctOrNull(),
            prompts.topRequestsOrNull(),
            prompts.fanoutOrNull(),
            prompts.sampleOrNull(),
            sessions.credentialsOrNull(),
            sessions.rotatedOrNull()
        };
    }

    private static int at(ColumnSpec column) {
        return FIRST + READS.indexOf(column);
    }

    private static long longOrZero(Row event, ColumnSpec column) {
        return event.isNullAt(at(column)) ? 0 : event.getLong(at(column));
    }

    private static void addLong(Total total, Row event, ColumnSpec column) {
        if (!event.isNullAt(at(column))) {
            total.add(event.getLong(at(column)));
        }
    }

    private static void addInt(Total total, Row event, ColumnSpec column) {
        if (!event.isNullAt(at(column))) {
            total.add(event.getInt(at(column)));
        }
    }
}
