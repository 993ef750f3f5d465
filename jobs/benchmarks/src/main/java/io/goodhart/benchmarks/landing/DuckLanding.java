package io.goodhart.benchmarks.landing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The landing of usage in DuckDB, in its best form: a loop of one query a day, two threads. The same columns as ours: duplicates, rejects and
 * unmapped rows left out, decimal money, hours on the person's clock, pauses, streaks, crowded minutes, repeated and fanned-out prompts, prompts
 * and answers of one size, a sample of prompts, use by model.
 */
final class DuckLanding {
    /** Every rule with its name, as {@code RowRules} has them; the first that is broken counts. */
    private static final String BROKEN = """
            case when event_id is null or trim(event_id) = '' then 'event_id'
              when event_time is null then 'event_time'
              when not (event_time >= $day and event_time < $day + interval 1 day) then 'event_date'
              when source is null or trim(source) = '' then 'source'
              when model is null or trim(model) = '' then 'model'
              when not coalesce(requests, 1) between 0 and 1000000 then 'requests'
              when input_tokens is null or not input_tokens between 0 and 1000000000 then 'input_tokens'
              when not coalesce(cache_read_tokens, 0) between 0 and 1000000000 then 'cache_read_tokens'
              when not coalesce(cache_write_tokens, 0) between 0 and 1000000000 then 'cache_write_tokens'
              when output_tokens is null or not output_tokens between 0 and 1000000000 then 'output_tokens'
              when coalesce(cost_usd, 0) < 0 then 'cost_usd'
              when coalesce(prompt_chars, 0) < 0 then 'prompt_chars'
              when coalesce(lines_suggested, 0) < 0 then 'lines_suggested'
              when coalesce(lines_accepted, 0) < 0 then 'lines_accepted' end
            """;

    /** Reads each value once; of duplicates the best is looked for among those rows alone that have one. */
    private static final List<String> DAY = List.of("""
            create or replace temp table labelled as
            select * replace (nullif(trim(person_id), '') as person_id,
                case when initiator in ('human', 'agent', 'schedule', 'unknown') then initiator end as initiator,
                case when status in ('ok', 'error', 'refused') then status end as status),
              coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
                + coalesce(output_tokens, 0) as total,
              coalesce(requests, 1)::bigint as count,
              $broken as broken
            from read_parquet('$files')
            """, """
            create or replace temp table worse as
            select rowid as place from (
              select l.rowid, row_number() over (partition by l.source, l.event_id
                order by l.total desc, l.person_id is null, hash(l)) as place
              from labelled l join (
                select hash(source, event_id) as key from labelled where broken is null
                group by key having count(*) > 1) again on hash(l.source, l.event_id) = again.key
              where l.broken is null) where place > 1
            """, """
            copy (select $day as event_date, 'usage_events' as "table", broken as rule, source || '/' || event_id as key,
                {'requests': requests, 'input_tokens': input_tokens, 'cache_read_tokens': cache_read_tokens,
                  'cache_write_tokens': cache_write_tokens, 'output_tokens': output_tokens, 'prompt_chars': prompt_chars,
                  'lines_suggested': lines_suggested, 'lines_accepted': lines_accepted} as numbers
              from labelled where broken is not null) to '$rejects' (format parquet, compression zstd)
            """, """
            copy (select $day as event_date, source, count(*) as rows_in,
                count(*) filter (broken is not null) as rejected,
                count(*) filter (rowid in (select place from worse)) as duplicate,
                count(*) filter (broken is null and person_id is null) as without_person
              from labelled group by source) to '$counts' (format parquet, compression zstd)
            """, """
            create or replace temp table used as
            select labelled.* exclude (broken, event_id, surface, repo_id, task_key, prompt_chars),
              coalesce(timezone, 'UTC') as timezone,
              event_time at time zone coalesce(timezone, 'UTC') as local_time
            from labelled left join people using (person_id)
            where broken is null and person_id is not null
              and labelled.rowid not in (select place from worse)
            """);

    private static final String FOLD = """
            copy (
            with paused as (
              select person_id, source, event_time,
                epoch_us(event_time) - lag(epoch_us(event_time)) over w as pause
              from used window w as (partition by person_id, source order by event_time)),
            steadied as (
              select *, lag(pause) over w as pause_before,
                sum(case when pause > 1800000000 then 1 else 0 end) over w as streak
              from paused window w as (partition by person_id, source order by event_time rows unbounded preceding)),
            gaps as (
              select person_id, source, count(pause) as gaps,
                count(*) filter (pause >= 10000000 and abs(pause - pause_before) <= 0.05 * pause_before) as steady_gaps,
                count(*) filter (abs(pause - 300000000) <= 6000000 or abs(pause - 600000000) <= 12000000
                  or abs(pause - 900000000) <= 18000000 or abs(pause - 1200000000) <= 24000000
                  or abs(pause - 1800000000) <= 36000000 or abs(pause - 3600000000) <= 72000000) as timer_gaps
              from steadied group by all),
            streaks as (
              select person_id, source, max(length) // 60000000 as longest_streak_minutes from (
                select person_id, source, streak, epoch_us(max(event_time)) - epoch_us(min(event_time)) as length
                from steadied group by all) group by all),
            crowds as (
              select person_id, source, sum(case when sessions >= 3 then requests else 0 end) as crowded_requests from (
                select person_id, source, date_trunc('minute', event_time) as minute,
                  count(distinct session_id) as sessions, sum(count) as requests
                from used where session_id is not null group by all) group by all),
            prompt_counts as (
              select person_id, source, prompt_fingerprint, count(*) as requests, count(distinct model) as models
              from used where prompt_fingerprint is not null group by all),
            tops as (
              select person_id, source, sum(requests) as prompts, count(*) as distinct_prompts,
                coalesce(list_sum(max(requests, 5) filter (requests > 1)), 0) as top_prompt_requests,
                list_sort(min(hash(prompt_fingerprint), 32)) as prompt_sample
              from prompt_counts group by all),
            many as (
              select u.person_id, u.source, u.prompt_fingerprint, u.event_time, u.model
              from used u join prompt_counts p using (person_id, source, prompt_fingerprint) where p.models >= 4),
            begins as (
              select a.person_id, a.source, a.prompt_fingerprint, a.event_time
              from many a join many b on a.person_id = b.person_id and a.source = b.source
                and a.prompt_fingerprint = b.prompt_fingerprint
                and b.event_time between a.event_time and a.event_time + interval 1 hour
              group by all having count(distinct b.model) >= 4),
            fans as (
              select person_id, source, count(*) as fanout_requests from many a where exists (
                select 1 from begins b where b.person_id = a.person_id and b.source = a.source
                  and b.prompt_fingerprint = a.prompt_fingerprint
                  and a.event_time between b.event_time and b.event_time + interval 1 hour)
              group by all),
            prompt_sizes as (
              select person_id, source, list_max(list_transform(sizes,
                  lambda size: len(list_filter(sizes, lambda other: other between size and size + size // 10)))) - 1 as same_size_requests
              from (select person_id, source, list(total - output_tokens) as sizes
                from used where count = 1 and total > output_tokens group by all)),
            answer_sizes as (
              select person_id, source, list_max(list_transform(sizes,
                  lambda size: len(list_filter(sizes, lambda other: other between size and size + size // 10)))) - 1 as same_answer_requests
              from (select person_id, source, list(output_tokens) as sizes
                from used where count = 1 and output_tokens > 0 group by all)),
            rotations as (
              select person_id, source, count(*) filter (keys > 1) as rotated_sessions from (
                select person_id, source, session_id, count(distinct credential_id) as keys
                from used where session_id is not null group by all) group by all),
            uses as (
              select person_id, source, list({'model': model, 'requests': requests, 'trivial_requests': trivial,
                  'total_tokens': tokens, 'cost_usd': cost} order by model) as models from (
                select person_id, source, model, sum(count) as requests,
                  sum(case when input_tokens + output_tokens <= greatest(1, count) * 1000 then count else 0 end) as trivial,
                  sum(total) as tokens, sum(cost_usd) as cost
                from used group by all) group by all),
            sums as (
              select person_id, source, any_value(timezone) as timezone, sum(count) as requests,
                count(distinct session_id) as sessions, sum(input_tokens) as input_tokens,
                sum(cache_read_tokens) as cache_read_tokens, sum(cache_write_tokens) as cache_write_tokens,
                sum(output_tokens) as output_tokens, sum(total) as total_tokens, sum(cost_usd) as cost_usd,
                sum(lines_suggested) as lines_suggested, sum(lines_accepted) as lines_accepted,
                sum(case when status <> 'ok' then count when status = 'ok' then 0 end) as failed_requests,
                sum(case when total < greatest(1, count) * 1000 then count else 0 end) as tiny_requests,
                sum(case when input_tokens >= greatest(1, count) * 20000 and output_tokens <= greatest(1, count) * 200
                    then count else 0 end) as stuffed_requests,
                sum(case when initiator = 'agent' then count when initiator is not null then 0 end) as agent_requests,
                sum(case when initiator = 'schedule' then count when initiator is not null then 0 end) as scheduled_requests,
                coalesce(bit_or(1::bigint << hour(local_time)) filter (count > 0), 0) as active_hours,
                sum(case when hour(local_time) >= 22 or hour(local_time) < 6 then count else 0 end) as night_requests,
                sum(case when isodow(local_time) >= 6 then count else 0 end) as weekend_requests,
                [entry for entry in $minutes if entry.requests > 0] as minute_requests,
                count(distinct credential_id) as credentials
              from used group by all)
            select $day as event_date, * from sums
              left join gaps using (person_id, source) left join streaks using (person_id, source)
              left join crowds using (person_id, source) left join tops using (person_id, source)
              left join fans using (person_id, source) left join rotations using (person_id, source)
              left join prompt_sizes using (person_id, source) left join answer_sizes using (person_id, source)
              left join uses using (person_id, source)
            order by person_id, source
            ) to '$out' (format parquet, compression zstd)
            """;

    private final Path input;
    private final Path output;

    DuckLanding(Path input, Path output) {
        this.input = input;
        this.output = output;
    }

    /** Lands these days; returns nothing but files. */
    void run(List<LocalDate> days) throws SQLException, IOException {
        Files.createDirectories(output);
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("set threads = 2");
            statement.execute("set memory_limit = '3GB'");
            statement.execute("set TimeZone = 'UTC'");
            statement.execute("create table people as select person_id, timezone from read_parquet('" + input
                    + "/people/*.parquet')");
            for (LocalDate day : days) {
                for (String query : DAY) {
                    statement.execute(query(query, day));
                }
                statement.execute(query(FOLD, day));
            }
        }
    }

    private String query(String query, LocalDate day) {
        return query.replace("$broken", BROKEN)
                .replace("$files", input + "/usage_events/event_date=" + day + "/*.parquet")
                .replace(
                        "$rejects",
                        output.resolve("rejects-" + day + ".parquet").toString())
                .replace("$counts", output.resolve("counts-" + day + ".parquet").toString())
                .replace("$out", output.resolve("days-" + day + ".parquet").toString())
                .replace("$minutes", minutes())
                .replace("$day", "date '" + day + "'");
    }

    /** Counts by minute; a sum a bin is what DuckDB does fastest. */
    private static String minutes() {
        return IntStream.range(0, 60)
                .mapToObj(minute -> "{'minute': " + minute + ", 'requests': sum(case when minute(local_time) = "
                        + minute + " then count else 0 end)}")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
