package io.goodhart.landing;

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
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.goodhart.rows.EventColumn;
import io.goodhart.rows.Words;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.util.List;
import org.apache.spark.sql.Column;

/** Folds a person's requests of a day into the usage columns of {@code person_days}. */
final class UsageFold implements DayFold {
    private static final List<EventColumn> READS = List.of(
            EventColumn.number("time", unix_micros(EVENT_TIME.col())),
            EventColumn.text("model", MODEL.col()),
            EventColumn.number("session", hash(SESSION_ID)),
            EventColumn.number("agent", INITIATOR.col().equalTo("agent")),
            EventColumn.number("scheduled", INITIATOR.col().equalTo("schedule")),
            EventColumn.number("requests", coalesce(REQUESTS.col(), lit(1))),
            EventColumn.number("input", INPUT_TOKENS.col()),
            EventColumn.number("cache_read", CACHE_READ_TOKENS.col()),
            EventColumn.number("cache_write", CACHE_WRITE_TOKENS.col()),
            EventColumn.number("output", OUTPUT_TOKENS.col()),
            EventColumn.money("cost", COST_USD.col()),
            EventColumn.number("fingerprint", PROMPT_FINGERPRINT.col()),
            EventColumn.number("suggested", LINES_SUGGESTED.col()),
            EventColumn.number("accepted", LINES_ACCEPTED.col()),
            EventColumn.number("failed", STATUS.col().notEqual("ok")),
            EventColumn.number("credential", hash(CREDENTIAL_ID)));
    private static final int TIME = 0;
    private static final int MODEL_CODE = 1;
    private static final int SESSION = 2;
    private static final int AGENT = 3;
    private static final int SCHEDULED = 4;
    private static final int COUNT = 5;
    private static final int INPUT = 6;
    private static final int CACHE_READ = 7;
    private static final int CACHE_WRITE = 8;
    private static final int OUTPUT = 9;
    private static final int COST = 10;
    private static final int FINGERPRINT = 11;
    private static final int SUGGESTED = 12;
    private static final int ACCEPTED = 13;
    private static final int FAILED = 14;
    private static final int CREDENTIAL = 15;

    static final List<ColumnSpec> FILLS = List.of(
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

    private final ListPrices prices;
    private final Total cacheRead = new Total();
    private final Total cacheWrite = new Total();
    private final Total linesSuggested = new Total();
    private final Total linesAccepted = new Total();
    private final Total failed = new Total();
    private final Total agent = new Total();
    private final Total scheduled = new Total();
    private final ModelUse models = new ModelUse();
    private final Clock clock = new Clock();
    private final Pauses pauses = new Pauses();
    private final Prompts prompts = new Prompts();
    private final Sizes promptSizes = new Sizes();
    private final Sizes answerSizes = new Sizes();
    private final Sessions sessions = new Sessions();
    private long requests;
    private long input;
    private long output;
    private long total;
    private long tiny;
    private long stuffed;

    UsageFold(Prices prices) {
        this.prices = new ListPrices(prices);
    }

    /** A session or credential matters only as far as it is the same as another. */
    private static Column hash(ColumnSpec text) {
        return when(text.col().isNotNull(), xxhash64(text.col()));
    }

    @Override
    public List<EventColumn> reads() {
        return READS;
    }

    @Override
    public int time() {
        return TIME;
    }

    @Override
    public int tie() {
        return -1;
    }

    @Override
    public List<ColumnSpec> fills() {
        return FILLS;
    }

    @Override
    public void fold(DayRows day, Object[] values, int[] places) {
        begin(day);
        for (int i = 0; i < day.size(); i++) {
            add(day, day.row(i));
        }
        Object[] found = finish(day);
        for (int i = 0; i < found.length; i++) {
            values[places[i]] = found[i];
        }
    }

    private void begin(DayRows day) {
        requests = 0;
        input = 0;
        output = 0;
        total = 0;
        tiny = 0;
        stuffed = 0;
        cacheRead.clear();
        cacheWrite.clear();
        linesSuggested.clear();
        linesAccepted.clear();
        failed.clear();
        agent.clear();
        scheduled.clear();
        models.clear();
        clock.begin(day.day(), day.zone());
        pauses.clear();
        prompts.clear();
        promptSizes.clear();
        answerSizes.clear();
        sessions.clear();
    }

    private void add(DayRows day, int row) {
        Words words = day.words();
        int first = day.firstWanted();
        long nulls = words.nulls(row) >>> first;
        long time = words.get(row, first + TIME);
        long count = words.get(row, first + COUNT);
        long in = words.get(row, first + INPUT);
        long read = words.get(row, first + CACHE_READ);
        long written = words.get(row, first + CACHE_WRITE);
        long out = words.get(row, first + OUTPUT);
        long all = in + out + read + written;
        long each = Math.max(1, count);

        requests += count;
        input += in;
        output += out;
        addKnown(cacheRead, nulls, CACHE_READ, read);
        addKnown(cacheWrite, nulls, CACHE_WRITE, written);
        addKnown(linesSuggested, nulls, SUGGESTED, words.get(row, first + SUGGESTED));
        addKnown(linesAccepted, nulls, ACCEPTED, words.get(row, first + ACCEPTED));
        addKnown(failed, nulls, FAILED, words.get(row, first + FAILED) * count);
        addKnown(agent, nulls, AGENT, words.get(row, first + AGENT) * count);
        addKnown(scheduled, nulls, SCHEDULED, words.get(row, first + SCHEDULED) * count);
        total += all;
        boolean isTrivial = in + out <= each * PersonDays.TRIVIAL_WORK;
        tiny += all < each * PersonDays.TINY_REQUEST ? count : 0;
        stuffed += in >= each * PersonDays.HUGE_INPUT && out <= each * PersonDays.SCANT_OUTPUT ? count : 0;

        int modelCode = (int) words.get(row, first + MODEL_CODE);
        int model = models.add(modelCode, count, isTrivial ? count : 0, all);
        if (isKnown(nulls, COST)) {
            models.cost(model).addMicros(words.get(row, first + COST));
        } else {
            prices.add(models.cost(model), modelCode, day, in, read, written, out);
        }
        clock.add(time, count);
        pauses.add(time);
        if (count == 1) {
            promptSizes.add(in + read + written);
            answerSizes.add(out);
        }
        if (isKnown(nulls, FINGERPRINT)) {
            prompts.add(words.get(row, first + FINGERPRINT), time, model);
        }
        boolean isKeyed = isKnown(nulls, CREDENTIAL);
        if (isKeyed) {
            sessions.addCredential(words.get(row, first + CREDENTIAL));
        }
        if (isKnown(nulls, SESSION)) {
            int session = sessions.addSession(time, words.get(row, first + SESSION), count);
            if (isKeyed) {
                sessions.addCredential(session, words.get(row, first + CREDENTIAL));
            }
        }
    }

    private Object[] finish(DayRows day) {
        return new Object[] {
            requests,
            sessions.countOrNull(),
            input,
            cacheRead.orNull(),
            cacheWrite.orNull(),
            output,
            total,
            models.costOrNull(),
            linesSuggested.orNull(),
            linesAccepted.orNull(),
            failed.orNull(),
            models.rows(day.texts()),
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

    private static boolean isKnown(long nulls, int column) {
        return (nulls >>> column & 1) == 0;
    }

    private static void addKnown(Total sum, long nulls, int column, long value) {
        if (isKnown(nulls, column)) {
            sum.add(value);
        }
    }
}
