package io.goodhart.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.goodhart.features.TrailingWeeks;
import io.goodhart.features.WindowFeatures;
import io.goodhart.findings.ClearedPatterns;
import io.goodhart.findings.Findings;
import io.goodhart.findings.Judgement;
import io.goodhart.findings.Prior;
import io.goodhart.findings.Since;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.FewRows;
import io.goodhart.warehouse.NamedPeople;
import io.goodhart.warehouse.RunRecord;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a model says of a night's windows: scores, the findings among them, and what {@code usage_scores} holds. */
final class Verdicts {
    private static final String RAW_SCORE = "raw_score";

    private final Run run;
    private final History history;
    private final Judgement judgement;
    private final Prior prior;
    private final ClearedPatterns cleared;

    /** @param before the night that this one goes on from */
    Verdicts(Run run, History history, Optional<RunRecord> before) {
        this.run = run;
        this.history = history;
        this.prior = prior(before);
        this.cleared = ClearedPatterns.of(
                history.dimensions().dispositions(), run.days().runDate());
        this.judgement = new Judgement(
                run.settings().decision().falseDiscoveryRate(),
                run.settings().decision().alertBudget());
    }

    /** Returns the windows with score, p-value and decision. */
    Dataset<Row> judged(Dataset<Row> windows, TrainedModel model) {
        Dataset<Row> scored = model.forest()
                .setScoreCol(RAW_SCORE)
                .transform(Vectors.with(windows))
                .withColumn(
                        UsageScores.SCORE.name(),
                        when(PersonWindows.INSUFFICIENT.col().isNull(), col(RAW_SCORE)))
                .drop(RAW_SCORE);
        return judgement.judged(
                scored,
                model.honest(),
                WindowFeatures.HAS_EARLIER_WEEKS,
                NamedPeople.among(cleared.foundIn(prior), PersonWindows.PERSON_ID.col()),
                history.dimensions().declaredWorkloads(),
                history.dimensions().dispositions(),
                run.days().windowStart(),
                run.days().runDate());
    }

    /** Returns the windows of a night on which nobody can be judged. */
    static Dataset<Row> unjudged(Dataset<Row> windows) {
        return windows.withColumn(UsageScores.SCORE.name(), lit(null).cast("double"))
                .withColumn(UsageScores.P_VALUE.name(), lit(null).cast("double"));
    }

    /** Returns the windows in rank, neither explained nor grouped. */
    Dataset<Row> inRank(Dataset<Row> judged) {
        return judgement.inRank(judged);
    }

    /** Returns the findings, explained, grouped and priced. */
    Findings findings(Dataset<Row> judged, TrainedModel model, WindowFeatures features) {
        NightDays days = run.days();
        Dataset<Row> explained =
                model.forest().setContributionsCol(Judgement.CONTRIBUTIONS).explain(judgement.findings(judged));
        long daysBack = ChronoUnit.DAYS.between(days.baselineStart(), days.runDate());
        LocalDate firstWeekEnd = latest(
                prior.oldestNight(days.runDate()).minusDays(daysBack),
                history.start().plusDays(6));
        return Findings.of(
                judged,
                explained,
                cleared,
                new Since(new TrailingWeeks(features, firstWeekEnd, days.runDate()), daysBack),
                prior,
                new Findings.Night(days.runDate(), days.windowStart(), run.id(), model.modelId()));
    }

    /** A finding goes on as long as the windows overlap, over gaps of a week at most. */
    private Prior prior(Optional<RunRecord> prior) {
        return prior.map(RunRecord::runDate)
                .filter(night -> !night.isBefore(run.days().windowStart()))
                .map(this::prior)
                .orElse(Prior.none());
    }

    private Prior prior(LocalDate night) {
        LocalDate first = run.days().runDate().minusDays(Prior.LONGEST_LAPSE_DAYS + 1L);
        FewRows rows = run.warehouse().fewRows();
        return Prior.of(
                night,
                rows.between(SuspiciousUsage.CONTRACT, Prior.COLUMNS, first.isBefore(night) ? first : night, night),
                rows.between(UsagePatterns.CONTRACT, night, night));
    }

    /**
     * Returns the rows of {@code usage_scores}.
     *
     * @param flagged the people of the findings in rank; the budget bounds them
     */
    static Dataset<Row> scores(Dataset<Row> judged, List<String> flagged, Optional<TrainedModel> model) {
        return judged.withColumn(UsageScores.FLAGGED.name(), NamedPeople.among(flagged, UsageScores.PERSON_ID.col()))
                .withColumn(
                        UsageScores.MODEL_ID.name(),
                        lit(model.map(TrainedModel::modelId).orElse(null)).cast("string"))
                .select(UsageScores.CONTRACT.cols());
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
