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

import io.goodhart.tables.TableContract.Room;
import java.util.List;

/** Table {@code usage_daily}: a person's day with one model of a tool that exports no requests. Optional as a whole. */
public final class UsageDaily {
    public static final ColumnSpec PERSON_ID =
            nullable("person_id", StringType, "pseudonym; null: an account that nobody has mapped to a person");
    public static final ColumnSpec SOURCE = required(
                    "source",
                    StringType,
                    "the tool that reported it; not a source of usage_events, else both are added up")
            .must(Rule.notBlank());
    public static final ColumnSpec SURFACE = optional("surface", StringType, "where the tool was used; null: not told")
            .must(Rule.oneOf(List.of("ide", "cli", "app", "agent", "chat", "api")));
    public static final ColumnSpec MODEL =
            required("model", StringType, "the model's id as the tool names it").must(Rule.notBlank());
    public static final ColumnSpec REQUESTS = optional("requests", IntegerType, "requests of the day; null: not told")
            .must(Rule.notNegative());
    public static final ColumnSpec SESSIONS = optional("sessions", IntegerType, "sessions of the day; null: not told")
            .must(Rule.notNegative());
    public static final ColumnSpec INPUT_TOKENS = optional(
                    "input_tokens", LongType, "uncached input, tokens; null: not told")
            .must(Rule.between(0, MOST_TOKENS));
    public static final ColumnSpec CACHE_READ_TOKENS = optional(
                    "cache_read_tokens", LongType, "input served from cache, tokens; null: not told")
            .must(Rule.between(0, MOST_TOKENS));
    public static final ColumnSpec CACHE_WRITE_TOKENS = optional(
                    "cache_write_tokens", LongType, "input written to cache, tokens; null: not told")
            .must(Rule.between(0, MOST_TOKENS));
    public static final ColumnSpec OUTPUT_TOKENS = optional(
                    "output_tokens", LongType, "output with reasoning, tokens; null: not told")
            .must(Rule.between(0, MOST_TOKENS));
    public static final ColumnSpec COST_USD = optional("cost_usd", MONEY, "US dollars; null: not billed by the day")
            .must(Rule.between(0, MOST_USD));
    public static final ColumnSpec LINES_SUGGESTED =
            optional("lines_suggested", IntegerType, "lines; null: not told").must(Rule.notNegative());
    public static final ColumnSpec LINES_ACCEPTED =
            optional("lines_accepted", IntegerType, "lines; null: not told").must(Rule.notNegative());
    public static final ColumnSpec EVENT_DATE = required("event_date", DateType, "the UTC date; in the path");

    public static final TableContract CONTRACT = TableContract.named(
                    "usage_daily", 1, Room.INPUT, "a person's day with one model of a tool that exports no requests")
            .grain(SOURCE, PERSON_ID, SURFACE, MODEL, EVENT_DATE)
            .partitionedBy(EVENT_DATE)
            .columns(
                    PERSON_ID,
                    SOURCE,
                    SURFACE,
                    MODEL,
                    REQUESTS,
                    SESSIONS,
                    INPUT_TOKENS,
                    CACHE_READ_TOKENS,
                    CACHE_WRITE_TOKENS,
                    OUTPUT_TOKENS,
                    COST_USD,
                    LINES_SUGGESTED,
                    LINES_ACCEPTED,
                    EVENT_DATE);

    private UsageDaily() {}
}
