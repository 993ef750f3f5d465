package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.MONEY;
import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createStructField;
import static org.apache.spark.sql.types.DataTypes.createStructType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code person_days}, the landing: one person's UTC day with one source, in aggregates that can be summed over days and sources.
 *
 * <p>Only the hour and weekday columns use the person's own clock. A family of columns is null where no row of the kind came that day; 0 means
 * that the source reported none.
 */
public final class PersonDays {
    /** Uncached input of a request from which on it is huge, tokens. */
    public static final long HUGE_INPUT = 20_000;

    /** Output up to which a huge request asked for next to nothing, tokens. */
    public static final long SCANT_OUTPUT = 200;

    /** All tokens of a request below which it is tiny. */
    public static final long TINY_REQUEST = 1_000;

    /** Uncached input and output together up to which a request is trivial work for a model, tokens. */
    public static final long TRIVIAL_WORK = 1_000;

    /** Lines changed up to which a merge is small. */
    public static final int SMALL_MERGE = 10;

    /** Prompts or answers are of one size where the largest is at most this part larger than the smallest: a tenth. */
    public static final int SAME_SIZE_PART = 10;

    /** The hour of the person's own clock at which a night begins. */
    public static final int NIGHT_BEGINS = 22;

    /** The hour at which it ends. */
    public static final int NIGHT_ENDS = 6;

    /** How many of a day's prompts, those with the smallest hashes, are kept to compare days and people. */
    public static final int PROMPT_SAMPLE = 32;

    /** Shape of an entry of {@link #MODELS}. */
    public static final StructType MODEL_USE = createStructType(List.of(
            createStructField("model", StringType, false),
            createStructField("requests", LongType, false),
            createStructField("trivial_requests", LongType, false),
            createStructField("total_tokens", LongType, false),
            createStructField("cost_usd", MONEY, true)));

    /** Shape of an entry of {@link #MINUTE_REQUESTS}. */
    public static final StructType MINUTE = createStructType(
            List.of(createStructField("minute", IntegerType, false), createStructField("requests", LongType, false)));

    /** How many entries of {@link #MERGED_BY} a day has at most. */
    public static final int MOST_MERGERS = 16;

    /** Shape of an entry of {@link #MERGED_BY}. */
    public static final StructType MERGER = createStructType(List.of(
            createStructField("counterpart_id", StringType, false),
            createStructField("merges", LongType, false),
            createStructField("quick_merges", LongType, false)));

    public static final ColumnSpec EVENT_DATE = required("event_date", DateType, "UTC date");
    public static final ColumnSpec PERSON_ID = required("person_id", StringType, "pseudonym");
    public static final ColumnSpec SOURCE = required("source", StringType, "where the rows come from");
    public static final ColumnSpec TIMEZONE =
            required("timezone", StringType, "the clock that the hour and weekday columns were made on");

    public static final ColumnSpec REQUESTS = optional("requests", LongType, "requests");
    public static final ColumnSpec SESSIONS = optional("sessions", LongType, "sessions; null: not told");
    public static final ColumnSpec INPUT_TOKENS = optional("input_tokens", LongType, "uncached input, tokens");
    public static final ColumnSpec CACHE_READ_TOKENS =
            optional("cache_read_tokens", LongType, "read from cache, tokens; null: not told");
    public static final ColumnSpec CACHE_WRITE_TOKENS =
            optional("cache_write_tokens", LongType, "written to cache, tokens; null: not told");
    public static final ColumnSpec OUTPUT_TOKENS = optional("output_tokens", LongType, "output, tokens");
    public static final ColumnSpec TOTAL_TOKENS = optional("total_tokens", LongType, "the four token columns together");
    public static final ColumnSpec COST_USD =
            optional("cost_usd", MONEY, "billed, else at list price; null: neither is known");
    public static final ColumnSpec LINES_SUGGESTED = optional("lines_suggested", LongType, "lines; null: not told");
    public static final ColumnSpec LINES_ACCEPTED = optional("lines_accepted", LongType, "lines; null: not told");
    public static final ColumnSpec FAILED_REQUESTS =
            optional("failed_requests", LongType, "requests with an error or refused; null: not told");
    public static final ColumnSpec MODELS = optional(
            "models",
            createArrayType(MODEL_USE, false),
            "use by model, sorted by model; of usage_daily, requests and tokens that are not told are 0, trivial_requests always");

    public static final ColumnSpec TINY_REQUESTS =
            optional("tiny_requests", LongType, "requests of fewer than " + TINY_REQUEST + " tokens in all");
    public static final ColumnSpec STUFFED_REQUESTS = optional(
            "stuffed_requests",
            LongType,
            "requests of " + HUGE_INPUT + " or more tokens of uncached input answered by " + SCANT_OUTPUT
                    + " or fewer");
    public static final ColumnSpec SAME_SIZE_REQUESTS = optional(
            "same_size_requests",
            LongType,
            "requests of the day's commonest prompt size beyond the first: the most whose input, cached input included, lies within a tenth above the smallest of them; rows that sum up several requests and those without input are left out, null: there is no other");
    public static final ColumnSpec SAME_ANSWER_REQUESTS = optional(
            "same_answer_requests",
            LongType,
            "the same of answers: those whose output lies within a tenth; null: there is none");
    public static final ColumnSpec AGENT_REQUESTS =
            optional("agent_requests", LongType, "requests begun by an agent; null: not told");
    public static final ColumnSpec SCHEDULED_REQUESTS =
            optional("scheduled_requests", LongType, "requests begun by a schedule; null: not told");

    public static final ColumnSpec ACTIVE_HOURS = optional(
            "active_hours",
            LongType,
            "hours of the person's own clock with a request, as bits: 1 for the hour from midnight, 2 for the next");
    public static final ColumnSpec NIGHT_REQUESTS = optional(
            "night_requests",
            LongType,
            "requests from " + NIGHT_BEGINS + " to " + NIGHT_ENDS + " o'clock of the person's own clock");
    public static final ColumnSpec WEEKEND_REQUESTS =
            optional("weekend_requests", LongType, "requests on Saturday or Sunday of the person's own clock");
    public static final ColumnSpec MINUTE_REQUESTS = optional(
            "minute_requests",
            createArrayType(MINUTE, false),
            "requests by minute of the hour, sorted by minute; a minute without any has no entry");
    public static final ColumnSpec GAPS =
            optional("gaps", LongType, "pauses between one request and the next of the day and source");
    public static final ColumnSpec STEADY_GAPS =
            optional("steady_gaps", LongType, "pauses of 10 s or more within 5 % of the pause before");
    public static final ColumnSpec TIMER_GAPS =
            optional("timer_gaps", LongType, "pauses within 2 % of 5, 10, 15, 20, 30 or 60 minutes");
    public static final ColumnSpec LONGEST_STREAK_MINUTES =
            optional("longest_streak_minutes", LongType, "longest stretch without a pause of 30 minutes, minutes");
    public static final ColumnSpec CROWDED_REQUESTS = optional(
            "crowded_requests",
            LongType,
            "requests begun in a minute in which three or more sessions of the person were active; null: not told");

    public static final ColumnSpec PROMPTS =
            optional("prompts", LongType, "requests with a fingerprint; null: not told");
    public static final ColumnSpec DISTINCT_PROMPTS =
            optional("distinct_prompts", LongType, "different fingerprints of the day");
    public static final ColumnSpec TOP_PROMPT_REQUESTS = optional(
            "top_prompt_requests", LongType, "requests of the five commonest fingerprints that came twice or more");
    public static final ColumnSpec FANOUT_REQUESTS = optional(
            "fanout_requests", LongType, "requests whose fingerprint went to four models or more within an hour");
    public static final ColumnSpec PROMPT_SAMPLE_HASHES = optional(
            "prompt_sample",
            createArrayType(LongType, false),
            "the " + PROMPT_SAMPLE
                    + " smallest hashes of the day's fingerprints: the same prompt is in the sample of every day and person, or of none");
    public static final ColumnSpec CREDENTIALS =
            optional("credentials", LongType, "different credentials of the day; null: not told");
    public static final ColumnSpec ROTATED_SESSIONS = optional(
            "rotated_sessions",
            LongType,
            "sessions that went on under a second credential; 0 also where credentials are told and no sessions; null: not told");

    public static final ColumnSpec COMMITS = optional("commits", LongType, "commits");
    public static final ColumnSpec OPENED = optional("pull_requests_opened", LongType, "pull requests opened");
    public static final ColumnSpec MERGED = optional("pull_requests_merged", LongType, "pull requests merged");
    public static final ColumnSpec CLOSED = optional("pull_requests_closed", LongType, "pull requests closed unmerged");
    public static final ColumnSpec REVIEWS = optional("reviews", LongType, "reviews given");
    public static final ColumnSpec ISSUES = optional("issues_closed", LongType, "issues closed");
    public static final ColumnSpec DEPLOYMENTS = optional("deployments", LongType, "deployments");
    public static final ColumnSpec INCIDENTS = optional("incidents_resolved", LongType, "incidents resolved");
    public static final ColumnSpec DOCUMENTS = optional("documents_published", LongType, "documents published");
    public static final ColumnSpec REVERTED =
            optional("reverted_outcomes", LongType, "commits and merges undone later; null: not told");
    public static final ColumnSpec REVERTED_MERGES =
            optional("reverted_merges", LongType, "merges undone later; null: not told");
    public static final ColumnSpec MERGED_LINES =
            optional("merged_lines", LongType, "lines added or deleted by merges; null: not told");
    public static final ColumnSpec COMMITTED_LINES =
            optional("committed_lines", LongType, "lines added or deleted by commits; null: not told");
    public static final ColumnSpec SMALL_MERGES =
            optional("small_merges", LongType, "merges of " + SMALL_MERGE + " lines or fewer; null: not told");
    public static final ColumnSpec QUICK_MERGES = optional(
            "quick_merges",
            LongType,
            "merges within 10 minutes of the opening of the same subject on the same day; null: not told");
    public static final ColumnSpec SELF_MERGES =
            optional("self_merges", LongType, "merges by the author with nobody else's review; null: not told");
    public static final ColumnSpec MERGED_BY = optional(
            "merged_by",
            createArrayType(MERGER, false),
            "who merged, how often, and how often as quickly as quick_merges, sorted by counterpart; the "
                    + MOST_MERGERS + " with the most merges, ties by id; null: no merge tells who merged it");

    public static final ColumnSpec ACTIONS = optional("agent_actions", LongType, "side effects of the person's agents");
    public static final ColumnSpec UNAPPROVED_ACTIONS =
            optional("unapproved_actions", LongType, "side effects that nobody approved, before or after");
    public static final ColumnSpec RISKY_ACTIONS = optional(
            "risky_actions",
            LongType,
            "side effects that reach others: " + String.join(", ", AgentActions.RISKY_ACTIONS));
    public static final ColumnSpec UNAPPROVED_RISKY_ACTIONS =
            optional("unapproved_risky_actions", LongType, "those of them that nobody approved");
    public static final ColumnSpec FAILED_ACTIONS =
            optional("failed_actions", LongType, "side effects that failed; null: not told");
    public static final ColumnSpec ROLLED_BACK_ACTIONS =
            optional("rolled_back_actions", LongType, "side effects undone later; null: not told");

    public static final TableContract CONTRACT = TableContract.named(
                    "person_days",
                    1,
                    Room.RESTRICTED,
                    "one person's UTC day with one source; null: no usage (outcome, action) of this source on the day, or not told")
            .grain(EVENT_DATE, PERSON_ID, SOURCE)
            .partitionedBy(EVENT_DATE)
            .columns(
                    EVENT_DATE,
                    PERSON_ID,
                    SOURCE,
                    TIMEZONE,
                    REQUESTS,
                    SESSIONS,
                    INPUT_TOKENS,
                    CACHE_READ_TOKENS,
                    CACHE_WRITE_TOKENS,
                    OUTPUT_TOKENS,
                    TOTAL_TOKENS,
                    COST_USD,
                    LINES_SUGGESTED,
                    LINES_ACCEPTED,
                    FAILED_REQUESTS,
                    MODELS,
                    TINY_REQUESTS,
                    STUFFED_REQUESTS,
                    SAME_SIZE_REQUESTS,
                    SAME_ANSWER_REQUESTS,
                    AGENT_REQUESTS,
                    SCHEDULED_REQUESTS,
                    ACTIVE_HOURS,
                    NIGHT_REQUESTS,
                    WEEKEND_REQUESTS,
                    MINUTE_REQUESTS,
                    GAPS,
                    STEADY_GAPS,
                    TIMER_GAPS,
                    LONGEST_STREAK_MINUTES,
                    CROWDED_REQUESTS,
                    PROMPTS,
                    DISTINCT_PROMPTS,
                    TOP_PROMPT_REQUESTS,
                    FANOUT_REQUESTS,
                    PROMPT_SAMPLE_HASHES,
                    CREDENTIALS,
                    ROTATED_SESSIONS,
                    COMMITS,
                    OPENED,
                    MERGED,
                    CLOSED,
                    REVIEWS,
                    ISSUES,
                    DEPLOYMENTS,
                    INCIDENTS,
                    DOCUMENTS,
                    REVERTED,
                    REVERTED_MERGES,
                    MERGED_LINES,
                    COMMITTED_LINES,
                    SMALL_MERGES,
                    QUICK_MERGES,
                    SELF_MERGES,
                    MERGED_BY,
                    ACTIONS,
                    UNAPPROVED_ACTIONS,
                    RISKY_ACTIONS,
                    UNAPPROVED_RISKY_ACTIONS,
                    FAILED_ACTIONS,
                    ROLLED_BACK_ACTIONS);

    private static final Map<String, ColumnSpec> OF_KIND = Map.of(
            "commit", COMMITS,
            "pull_request_opened", OPENED,
            "pull_request_merged", MERGED,
            "pull_request_closed", CLOSED,
            "review", REVIEWS,
            "issue_closed", ISSUES,
            "deployment", DEPLOYMENTS,
            "incident_resolved", INCIDENTS,
            "document_published", DOCUMENTS);

    private PersonDays() {}

    /** Returns the column that counts outcomes of {@code kind}, one of {@link ProductivityEvents#KINDS}. */
    public static ColumnSpec ofKind(String kind) {
        ColumnSpec column = OF_KIND.get(kind);
        if (column == null) {
            throw new IllegalArgumentException("no kind of outcome: " + kind);
        }
        return column;
    }
}
