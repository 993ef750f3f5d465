package io.goodhart.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.testing.TestSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every behaviour leaves in the tables what the catalogue says, and the honest middle does not. */
class BehaviourTest {
    private static final SparkSession SPARK = TestSession.spark();
    private static final List<String> VIEWS = List.of("truth", "usage", "outcomes", "actions", "shared");

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeUpACompanyInWhichAllIsGamed() {
        String company = folder.resolve("company").toString();
        Simulation.of(new SimulationSettings(170, 36, LocalDate.of(2026, 5, 31), 3, 1.5, 0.12, List.of()))
                .write(SPARK, company);
        SPARK.read().parquet(company + "/truth.parquet").createOrReplaceTempView("truth");
        SPARK.read()
                .parquet(company + "/usage_events")
                .dropDuplicates("source", "event_id")
                .createOrReplaceTempView("all_usage");
        String gamedDays = " join truth using (person_id) where event_date > coalesce(gaming_from, date '2026-05-14')"
                + " and event_date > date '2026-05-13'";
        SPARK.sql("select *, input_tokens + cache_read_tokens + cache_write_tokens + output_tokens as tokens,"
                        + " hour(event_time) as hour from all_usage" + gamedDays)
                .cache()
                .createOrReplaceTempView("usage");
        SPARK.sql("select prompt_fingerprint, count(distinct person_id) as sharers, count(distinct model) as models"
                        + " from usage group by 1")
                .createOrReplaceTempView("shared");
        SPARK.read().parquet(company + "/productivity_events").createOrReplaceTempView("all_outcomes");
        SPARK.sql("select * from all_outcomes" + gamedDays).createOrReplaceTempView("outcomes");
        SPARK.read().parquet(company + "/agent_actions").createOrReplaceTempView("all_actions");
        SPARK.sql("select * from all_actions" + gamedDays).createOrReplaceTempView("actions");
    }

    @AfterAll
    static void dropViews() {
        SPARK.table("usage").unpersist();
        VIEWS.forEach(SPARK.catalog()::dropTempView);
        List.of("all_usage", "all_outcomes", "all_actions").forEach(SPARK.catalog()::dropTempView);
    }

    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void isShownBySomebody(Behaviour behaviour) {
        assertThat(SPARK.sql("select * from truth where truth = '" + behaviour.id() + "'")
                        .count())
                .isPositive();
    }

    /** The measure over all of a behaviour's people together; the honest middle is the median of ordinary people. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            runaway_loop | count(distinct person_id, event_date, hour) / count(distinct person_id, event_date) | 7.5 | 24
            context_stuffing | avg(if(input_tokens > 100000 and output_tokens <= 60, 1, 0)) | 0.4 | 1
            cache_busting | sum(cache_read_tokens) / sum(tokens) | 0 | 0.4
            discard_generation | try_divide(sum(lines_accepted), sum(lines_suggested)) | 0 | 0.08
            premium_trivial | avg(if(model = 'epic-4', 1, 0)) | 0.8 | 1
            premium_trivial | avg(if(input_tokens + output_tokens < 1000, 1, 0)) | 0.6 | 1
            snapshot_burst | sum(if(weekday(event_date) in (3, 4), tokens, 0)) / sum(tokens) | 0.6 | 1
            threshold_sitting | count(*) / count(distinct person_id, event_date) | 1 | 1
            threshold_sitting | avg(if(weekday(event_date) in (3, 4), 1, 0)) | 1 | 1
            ping_pong | count(*) / count(distinct person_id, event_date) | 90 | 1000
            ping_pong | median(tokens) | 10 | 900
            duplicate_prompts | 1 - count(distinct prompt_fingerprint) / count(*) | 0.5 | 1
            scheduled_bot | avg(if(weekday(event_date) > 4, 1, 0)) | 0.2 | 0.35
            risky_unsupervised | avg(if(initiator = 'agent', 1, 0)) | 0.5 | 1
            """)
    void leavesItsTraceInUsage(String behaviour, String measure, double least, double most) {
        assertThat(measured(measure, "usage where truth = '" + behaviour + "'")).isBetween(least, most);
        double honest = SPARK.sql("select median(m) from (select cast(" + measure
                        + " as double) m from usage where truth = '' group by person_id having count(*) > 20)")
                .head()
                .getDouble(0);
        assertThat(honest < least || honest > most)
                .as("honest median is %s", honest)
                .isTrue();
    }

    @Test
    void fiveFingerprintsOrFewerCoverMostOfATimersRequests() {
        assertThat(measured(
                        "sum(if(place <= 5, requests, 0)) / sum(requests)",
                        "(select row_number() over (partition by person_id order by requests desc) place, requests from"
                                + " (select person_id, prompt_fingerprint, count(*) requests from usage"
                                + " where truth = 'timer_ping' group by 1, 2))"))
                .isGreaterThan(0.6);
    }

    @Test
    void aTimersPausesPileUpAtFiveTenOrFifteenMinutes() {
        String pauses = "(select unix_timestamp(event_time) - unix_timestamp(lag(event_time)"
                + " over (partition by person_id, event_date order by event_time)) pause from usage where truth ";
        String atMark = "avg(if(abs(pause - 300) <= 6 or abs(pause - 600) <= 12 or abs(pause - 900) <= 18, 1, 0))";

        assertThat(measured(atMark, pauses + "= 'timer_ping')")).isGreaterThan(0.5);
        assertThat(measured(atMark, pauses + "= '')")).isLessThan(0.1);
    }

    @Test
    void weeksAreSteeredToWithinThreePerCentOfABar() {
        assertThat(measured(
                        "count(*)",
                        "(select person_id, date_trunc('week', event_date) week, sum(tokens) total from usage"
                                + " where truth = 'cap_calibration' group by 1, 2)"
                                + " where abs(total / " + Calendar.WEEKLY_CAP + " - 1) < 0.03 or abs(total / "
                                + Calendar.WEEKLY_FLOOR + " - 1) < 0.03"))
                .isPositive();
    }

    @Test
    void sessionsGoOnUnderTheNextCredential() {
        String sessions = "(select session_id, count(distinct credential_id) keys from usage where truth ";
        assertThat(measured("max(keys)", sessions + "= 'rotated_accounts' group by 1)"))
                .isGreaterThan(1);
        assertThat(measured("max(keys)", sessions + "= '' group by 1)")).isEqualTo(1);
    }

    @Test
    void onePromptGoesToFourModelsOrMore() {
        assertThat(measured(
                        "avg(if(models >= 4, 1, 0))",
                        "usage join shared using (prompt_fingerprint) where truth = 'model_fanout'"))
                .isGreaterThan(0.4);
    }

    @Test
    void aRingSharesPromptsAndReviewsItsOwnWithinMinutes() {
        assertThat(measured(
                        "avg(if(sharers >= 2, 1, 0))",
                        "usage join shared using (prompt_fingerprint) where truth = 'collusive_ring'"))
                .isGreaterThan(0.3);
        assertThat(measured(
                        "count(*)",
                        "outcomes r join outcomes o using (subject_id) join truth a on a.person_id = o.person_id"
                                + " where r.kind = 'review' and o.kind = 'pull_request_opened' and r.truth = 'collusive_ring'"
                                + " and a.truth = 'collusive_ring' and r.counterpart_id = o.person_id"
                                + " and r.event_time < o.event_time + interval 6 minutes"))
                .isGreaterThan(3);
    }

    @Test
    void splittersMergeAFewLinesByThemselvesAndUndoMany() {
        String merges = "outcomes where kind = 'pull_request_merged' and truth = 'output_splitting'";
        assertThat(measured("avg(if(lines_added <= 10 and self_merged, 1, 0))", merges))
                .isGreaterThan(0.6);
        assertThat(measured("avg(if(reverted, 1, 0))", merges)).isGreaterThan(0.15);
    }

    @Test
    void unwatchedAgentsActInProduction() {
        String measure = "avg(if(approval = 'none' and target_env = 'prod', 1, 0))";
        assertThat(measured(measure, "actions where truth = 'risky_unsupervised'"))
                .isGreaterThan(0.35);
        assertThat(measured(measure, "actions where truth = ''")).isLessThan(0.05);
    }

    @Test
    void everyGamerWastesMoneyAndNobodyElseDoes() {
        assertThat(measured("count(*)", "truth where gaming_from is not null and wasted_usd <= 0"))
                .isZero();
        assertThat(measured("count(*)", "truth where gaming_from is null and wasted_usd <> 0"))
                .isZero();
    }

    private static double measured(String measure, String from) {
        Row row =
                SPARK.sql("select cast(" + measure + " as double) from " + from).head();
        return row.getDouble(0);
    }
}
