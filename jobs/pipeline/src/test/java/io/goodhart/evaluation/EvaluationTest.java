package io.goodhart.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.evaluation.EvaluationReport.BehaviourLine;
import io.goodhart.evaluation.EvaluationReport.DelayLine;
import io.goodhart.evaluation.EvaluationReport.KeptLine;
import io.goodhart.evaluation.EvaluationReport.RankingLine;
import io.goodhart.failures.Failure.InputNotThere;
import io.goodhart.session.Settings;
import io.goodhart.tables.DeclaredWorkloads;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.Truth;
import io.goodhart.tables.UsageScores;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Lease;
import io.goodhart.warehouse.Publication;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One night of nine people by hand: what is measured of it can be counted on fingers. */
class EvaluationTest {
    private static final LocalDate NIGHT = LocalDate.parse("2026-05-31");
    private static final LocalDate WEEK_BEFORE = NIGHT.minusDays(7);

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;
    private static EvaluationReport report;

    @BeforeAll
    static void measure() {
        warehouse = TestWarehouse.in(folder);
        warehouse
                .fewRows()
                .replaceDays(
                        PersonDays.CONTRACT,
                        Rows.dataset(
                                        List.of("loop", "sitter", "found", "declared", "look", "later", "calm", "quiet")
                                                .stream()
                                                .map(EvaluationTest::dayOf)
                                                .toList())
                                .collectAsList(),
                        Set.of(NIGHT));
        publish(
                WEEK_BEFORE,
                List.of(score("loop", 0.6, 0.05, false), score("found", 0.9, 0.001, true)),
                List.of(
                        finding("found", 1),
                        finding("look", 2),
                        finding("sitter", 3),
                        finding("loop", 4).with(SuspiciousUsage.PATTERN_ID, "pattern-1")));
        publish(
                NIGHT,
                List.of(
                        score("declared", 0.95, 0.001, false),
                        score("loop", 0.9, 0.001, true).with(UsageScores.TOTAL_TOKENS, 10L),
                        score("look", 0.8, 0.01, true),
                        score("found", 0.7, 0.01, true),
                        score("later", 0.6, 0.09, false),
                        score("calm", 0.5, 0.3, false).with(UsageScores.TOTAL_TOKENS, 900L),
                        score("quiet", 0.4, 0.6, false),
                        score("sitter", null, null, false)),
                List.of(
                        finding("loop", 1)
                                .with(SuspiciousUsage.PATTERN_ID, "pattern-1")
                                .with(SuspiciousUsage.WASTED_USD, new BigDecimal("8.000000"))
                                .with(SuspiciousUsage.WASTED_USD_LOW, new BigDecimal("5.000000"))
                                .with(SuspiciousUsage.WASTED_USD_HIGH, new BigDecimal("12.000000")),
                        finding("look", 2),
                        finding("sitter", 4),
                        finding("found", 3)
                                .with(SuspiciousUsage.PATTERN_ID, "pattern-2")
                                .with(SuspiciousUsage.WASTED_USD, new BigDecimal("8.000000"))
                                .with(SuspiciousUsage.WASTED_USD_LOW, new BigDecimal("7.000000"))
                                .with(SuspiciousUsage.WASTED_USD_HIGH, new BigDecimal("9.000000"))));
        report = new Evaluation(warehouse, Settings.defaults()).measure(NIGHT, truth(), declared());
    }

    @Test
    void ownersOfDeclaredWorkloadsStandOutsideTheRanking() {
        assertThat(report.people()).isEqualTo(7);
        assertThat(report.outside()).isEqualTo(1);
    }

    @Test
    void whoHasNotBegunToGameIsHonestStill() {
        assertThat(report.behaviours())
                .containsExactly(
                        new BehaviourLine("runaway_loop", 2, 2, 2), new BehaviourLine("threshold_sitting", 1, 0, 0));
        assertThat(report.honestJudged()).isEqualTo(4);
    }

    /** Places 1 and 3 of those with a score; the gamer without a verdict comes last, at 7. */
    @Test
    void averagePrecisionCountsAGamerWithoutAVerdictAsLast() {
        RankingLine ours = report.rankings().get(0);
        assertThat(ours.averagePrecision()).isCloseTo((1 / 1.0 + 2 / 3.0 + 3 / 7.0) / 3, within(1e-12));
        assertThat(ours.precisionAmongFirst()).isCloseTo(2 / 3.0, within(1e-12));
    }

    /** By raw tokens "calm" comes first, then "loop" has less than nobody but the five others, who share places 2 to 6. */
    @Test
    void peopleOfEqualValueShareTheirPlaces() {
        RankingLine tokens = report.rankings().get(1);
        assertThat(tokens.name()).isEqualTo("raw tokens");
        assertThat(tokens.averagePrecision()).isCloseTo((2 / 3.0) * (2 / 6.0) + (1 / 3.0) * (3 / 7.0), within(1e-12));
        assertThat(tokens.precisionAmongFirst()).isCloseTo(2 * (2 / 5.0) / 3, within(1e-12));
    }

    @Test
    void honestPeopleAmongTheFlaggedAreToldByKind() {
        assertThat(report.flagged()).isEqualTo(3);
        assertThat(report.flaggedHonest()).isEqualTo(1);
        assertThat(report.falseDiscoveryProportion()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(report.lookAlikesAmongFirst()).isEqualTo(Map.of("~migration", 1L));
        assertThat(report.lookAlikesFlagged()).isEqualTo(Map.of("~migration", 1L));
    }

    @Test
    void calibrationCountsHonestPValuesOnly() {
        assertThat(report.honestBelowHundredth()).isEqualTo(1);
        assertThat(report.honestBelowTenth()).isEqualTo(2);
    }

    @Test
    void wasteIsHeldAgainstTheTruthOfFlaggedGamers() {
        EvaluationReport.WasteLine waste = report.waste().orElseThrow();
        assertThat(waste.findings()).isEqualTo(2);
        assertThat(waste.covered()).isEqualTo(1);
        assertThat(waste.toldUsd() / waste.trueUsd()).isCloseTo(16 / 20.0, within(1e-12));
    }

    @Test
    void oneBehaviourInTwoPatternsDoesNotAgree() {
        assertThat(report.patterns()).isEqualTo(2);
        assertThat(report.patternAgreement()).contains(0.0);
    }

    /** One is flagged on the day that they begin, one after five days; of the sitter nothing is seen yet. */
    @Test
    void delayRunsFromTheFirstGamedDayToTheFirstNightFlagged() {
        assertThat(report.delays())
                .containsExactly(
                        new DelayLine("runaway_loop", 2, List.of(0, 5)),
                        new DelayLine("threshold_sitting", 1, List.of()));
        assertThat(report.delays().get(0).medianDays()).contains(2.5);
        assertThat(report.delays().get(1).medianDays()).isEmpty();
    }

    /** The sitter stays in a pattern, another gamer does not; an honest person is none of them, nor is who has only just begun. */
    @Test
    void patternIdsAreKeptWhereBothNightsSayTheSame() {
        assertThat(report.kept()).contains(new KeptLine(2, 1, 2, 1));
    }

    @Test
    void aNightThatIsNotPublishedCannotBeMeasured() {
        assertThatThrownBy(() ->
                        new Evaluation(warehouse, Settings.defaults()).measure(NIGHT.plusDays(1), truth(), declared()))
                .isInstanceOf(InputNotThere.class)
                .hasMessageContaining("goodhart nightly --date 2026-06-01");
    }

    @Test
    void whatIsPrintedShowsNobody() {
        String printed = String.join("\n", EvaluationText.lines(report));
        assertThat(printed)
                .contains("average precision", "isolation forest, plain aggregates", "migration 1")
                .doesNotContain("calm", "found", "quiet");
    }

    private static Dataset<Row> truth() {
        return Rows.dataset(
                label("loop", "runaway_loop", NIGHT.minusDays(5)),
                label("found", "runaway_loop", WEEK_BEFORE),
                label("sitter", "threshold_sitting", WEEK_BEFORE),
                label("later", "ping_pong", NIGHT.plusDays(1)),
                label("look", "~migration", null),
                label("declared", "~eval_owner", null),
                label("calm", "", null),
                label("quiet", null, null));
    }

    private static TestRow label(String person, String truth, LocalDate from) {
        return Rows.of(Truth.CONTRACT)
                .by(person)
                .with(Truth.TRUTH, truth)
                .with(Truth.GAMING_FROM, from)
                .with(Truth.WASTED_USD, new BigDecimal("10.000000"));
    }

    private static Dataset<Row> declared() {
        return Rows.dataset(Rows.of(DeclaredWorkloads.CONTRACT)
                .by("declared")
                .with(DeclaredWorkloads.VALID_FROM, NIGHT.minusDays(60)));
    }

    private static TestRow dayOf(String person) {
        return Rows.of(PersonDays.CONTRACT)
                .by(person)
                .from("claude_code")
                .with(PersonDays.EVENT_DATE, NIGHT)
                .with(PersonDays.REQUESTS, 5L);
    }

    private static TestRow score(String person, Double score, Double pValue, boolean flagged) {
        return Rows.of(UsageScores.CONTRACT)
                .by(person)
                .with(UsageScores.SCORE, score)
                .with(UsageScores.P_VALUE, pValue)
                .with(UsageScores.TOTAL_TOKENS, 100L)
                .with(UsageScores.FLAGGED, flagged);
    }

    private static TestRow finding(String person, int rank) {
        return Rows.of(SuspiciousUsage.CONTRACT)
                .by(person)
                .with(SuspiciousUsage.RANK, rank)
                .with(UsageScores.FLAGGED, true);
    }

    private static void publish(LocalDate date, List<TestRow> scores, List<TestRow> findings) {
        RunRecord run = RunRecord.begin(date, Instant.now(), "test", Map.of());
        try (Lease lease = warehouse.lease(run, Duration.ofSeconds(60))) {
            Publication night = warehouse.publication(lease);
            List<TestRow> windows = new ArrayList<>();
            scores.forEach(score -> windows.add(Rows.of(PersonWindows.CONTRACT)
                    .by((String) score.value(UsageScores.PERSON_ID))
                    .with(PersonWindows.RUN_DATE, date)));
            night.stage(PersonWindows.CONTRACT, Rows.dataset(windows));
            night.stage(
                    SuspiciousUsage.CONTRACT,
                    Rows.dataset(findings.stream()
                            .map(row -> row.with(SuspiciousUsage.RUN_DATE, date))
                            .toList()));
            night.stage(
                    UsageScores.CONTRACT,
                    Rows.dataset(scores.stream()
                            .map(row -> row.with(UsageScores.RUN_DATE, date))
                            .toList()));
            night.publish(run);
        }
    }
}
