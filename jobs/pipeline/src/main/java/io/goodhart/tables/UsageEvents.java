package io.goodhart.tables;

import static io.goodhart.tables.ColumnSpec.MONEY;
import static io.goodhart.tables.ColumnSpec.MOST_TOKENS;
import static io.goodhart.tables.ColumnSpec.MOST_USD;
import static io.goodhart.tables.ColumnSpec.nullable;
import static io.goodhart.tables.ColumnSpec.optional;
import static io.goodhart.tables.ColumnSpec.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code usage_events}: one model request, or one session where a tool reports no more. */
public final class UsageEvents {
    public static final ColumnSpec EVENT_ID =
            required("event_id", StringType, "the tool's request id").must(Rule.notBlank());
    public static final ColumnSpec EVENT_TIME =
            required("event_time", TimestampType, "when the request began, UTC").must(Rule.withinDay("event_date"));
    public static final ColumnSpec PERSON_ID =
            nullable("person_id", StringType, "pseudonym; null: an account that nobody has mapped to a person");
    public static final ColumnSpec SOURCE = required("source", StringType, "the tool or gateway that reported it")
            .must(Rule.notBlank());
    public static final ColumnSpec SURFACE = optional("surface", StringType, "where the tool was used; null: not told")
            .must(Rule.oneOf(List.of("ide", "cli", "app", "agent", "chat", "api")));
    public static final ColumnSpec MODEL =
            required("model", StringType, "the model's id as the tool names it").must(Rule.notBlank());
    public static final ColumnSpec SESSION_ID = optional("session_id", StringType, "the session; null: not told");
    public static final ColumnSpec INITIATOR = optional("initiator", StringType, "who began it; null: not told")
            .must(Rule.oneOf(List.of("human", "agent", "schedule", "unknown")));
    public static final ColumnSpec REQUESTS = optional(
                    "requests", IntegerType, "1 for request grain, more for session grain; null: 1")
            .must(Rule.between(0, 1_000_000));
    public static final ColumnSpec INPUT_TOKENS =
            required("input_tokens", LongType, "uncached input, tokens").must(Rule.between(0, MOST_TOKENS));
    public static final ColumnSpec CACHE_READ_TOKENS = optional(
                    "cache_read_tokens", LongType, "input served from cache, tokens; null: not told")
            .must(Rule.between(0, MOST_TOKENS));
    public static final ColumnSpec CACHE_WRITE_TOKENS = optional(
                    "cache_write_tokens", LongType, "input written to cache, tokens; null: not told")
            .must(Rule.between(0, MOST_TOKENS));
    public static final ColumnSpec OUTPUT_TOKENS =
            required("output_tokens", LongType, "output with reasoning, tokens").must(Rule.between(0, MOST_TOKENS));
    public static final ColumnSpec COST_USD = optional("cost_usd", MONEY, "US dollars; null: not billed by the request")
            .must(Rule.between(0, MOST_USD));
    public static final ColumnSpec PROMPT_FINGERPRINT = optional(
            "prompt_fingerprint", LongType, "salted hash of the prompt, made at the collector; null: not told");
    public static final ColumnSpec PROMPT_CHARS = optional(
                    "prompt_chars", IntegerType, "length of the prompt, characters; null: not told")
            .must(Rule.notNegative());
    public static final ColumnSpec LINES_SUGGESTED = optional(
                    "lines_suggested", IntegerType, "lines; null: the tool's edits bypass acceptance")
            .must(Rule.notNegative());
    public static final ColumnSpec LINES_ACCEPTED = optional(
                    "lines_accepted", IntegerType, "lines; null: the tool's edits bypass acceptance")
            .must(Rule.notNegative());
    public static final ColumnSpec STATUS = optional("status", StringType, "how it ended; null: not told")
            .must(Rule.oneOf(List.of("ok", "error", "refused")));
    public static final ColumnSpec CREDENTIAL_ID =
            optional("credential_id", StringType, "hash of the key used; null: not told");
    public static final ColumnSpec REPO_ID = optional("repo_id", StringType, "repository; null: not told");
    public static final ColumnSpec TASK_KEY = optional("task_key", StringType, "ticket; null: not told");
    public static final ColumnSpec EVENT_DATE =
            required("event_date", DateType, "UTC date of the request; in the path");

    public static final TableContract CONTRACT = TableContract.named(
                    "usage_events", 1, Room.INPUT, "one model request, or one session where a tool reports no more")
            .grain(SOURCE, EVENT_ID)
            .partitionedBy(EVENT_DATE)
            .columns(
                    EVENT_ID,
                    EVENT_TIME,
                    PERSON_ID,
                    SOURCE,
                    SURFACE,
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
                    PROMPT_CHARS,
                    LINES_SUGGESTED,
                    LINES_ACCEPTED,
                    STATUS,
                    CREDENTIAL_ID,
                    REPO_ID,
                    TASK_KEY,
                    EVENT_DATE);

    private UsageEvents() {}
}
