package io.goodhart.benchmarks.landing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds what two ways of landing have written against each other, row by row and column by column, so that neither can be fast by doing
 * less.
 */
final class LandingComparison {
    private static final List<String> LONGS = List.of(
            "requests",
            "sessions",
            "input_tokens",
            "cache_read_tokens",
            "cache_write_tokens",
            "output_tokens",
            "total_tokens",
            "lines_suggested",
            "lines_accepted",
            "failed_requests",
            "tiny_requests",
            "stuffed_requests",
            "same_size_requests",
            "same_answer_requests",
            "agent_requests",
            "scheduled_requests",
            "active_hours",
            "night_requests",
            "weekend_requests",
            "gaps",
            "steady_gaps",
            "timer_gaps",
            "longest_streak_minutes",
            "crowded_requests",
            "prompts",
            "distinct_prompts",
            "top_prompt_requests",
            "credentials",
            "rotated_sessions");

    private static final String MINUTES = "struct(minute integer, requests bigint)[]";
    private static final String MODELS = "struct(model varchar, requests bigint, trivial_requests bigint, "
            + "total_tokens bigint, cost_usd decimal(18, 6))[]";

    private final Path ours;
    private final Path duck;

    /**
     * @param ours folder that our landing wrote to
     * @param duck folder that DuckDB's wrote to
     */
    LandingComparison(Path ours, Path duck) {
        this.ours = ours;
        this.duck = duck;
    }

    /**
     * Returns how many rows of {@code person_days} there are on either side, and how many differ, by column; {@code rejects} is the rows
     * that only one side rejects.
     *
     * @throws IllegalStateException if a row is on one side only, or a value differs
     */
    String require() throws SQLException {
        Map<String, Long> differing = new TreeMap<>();
        long rows;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set threads = 2");
            statement.execute("set memory_limit = '2GB'");
            statement.execute("create view ours as select * from read_parquet('" + ours
                    + "/second_restricted/person_days/data/*/*.parquet', hive_partitioning = false)");
            statement.execute("create view duck as select * from read_parquet('" + duck + "/second/days-*.parquet')");
            try (ResultSet result = statement.executeQuery(days())) {
                result.next();
                rows = result.getLong("rows");
                for (int column = 2; column <= result.getMetaData().getColumnCount(); column++) {
                    differing.put(result.getMetaData().getColumnLabel(column), result.getLong(column));
                }
            }
            try (ResultSet result = statement.executeQuery(rejects())) {
                result.next();
                differing.put("rejects", result.getLong(1));
            }
        }
        if (rows == 0 || differing.values().stream().anyMatch(count -> count > 0)) {
            throw new IllegalStateException("the two landings differ over " + rows + " rows: " + differing);
        }
        return rows + " rows of " + differing.size() + " columns are equal";
    }

    private static String days() {
        String longs = LONGS.stream()
                .map(name -> differs(name, "o." + name, "d." + name + "::bigint"))
                .collect(Collectors.joining(", "));
        return "select count(*) as rows, "
                + "count(*) filter (o.person_id is null or d.person_id is null) as on_one_side, " + longs + ", "
                + differs("cost_usd", "o.cost_usd", "d.cost_usd") + ", "
                // ours tells none where DuckDB's join finds nothing
                + differs("fanout_requests", "o.fanout_requests", "coalesce(d.fanout_requests, 0)::bigint") + ", "
                + differs("minute_requests", "o.minute_requests", "d.minute_requests::" + MINUTES) + ", "
                + differs("models", "o.models", "d.models::" + MODELS) + ", "
                + differs("prompt_sample", "len(o.prompt_sample)", "len(d.prompt_sample)")
                + " from ours o full join duck d using (event_date, person_id, source)";
    }

    private static String differs(String name, String ours, String duck) {
        return "count(*) filter (" + ours + " is distinct from " + duck + ") as " + name;
    }

    private String rejects() {
        return "select count(*) from (select \"key\", count(*) as n from read_parquet('" + ours
                + "/second_restricted/rejects/data/*/*.parquet', hive_partitioning = false) group by all) o "
                + "full join (select \"key\", count(*) as n from read_parquet('" + duck
                + "/second/rejects-*.parquet') group by all) d using (\"key\") where o.n is distinct from d.n";
    }
}
