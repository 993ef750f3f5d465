package io.goodhart.jobs.desk;

import io.goodhart.failures.Failure;
import io.goodhart.failures.Messages;
import io.goodhart.features.Feature;
import io.goodhart.features.FeatureSet;
import io.goodhart.findings.Clearing;
import io.goodhart.findings.Words;
import io.goodhart.jobs.desk.Explanation.Fact;
import io.goodhart.jobs.desk.Explanation.Reason;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.NamedPeople;
import io.goodhart.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Tells everything that a night's tables say of one person: the finding in full, or why there is none. */
public final class ExplainJob {
    private static final int MOST_UNUSUAL = 5;

    private final Warehouse warehouse;

    public ExplainJob(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * Explains a person's row of a published night.
     *
     * @throws Failure.InputNotThere if the date has not been published
     * @throws Failure.InvalidSettings if the night knows no such person
     */
    public Explanation run(String personId, LocalDate runDate) {
        if (warehouse.runs().published(runDate).isEmpty()) {
            throw Messages.notPublished(runDate, SuspiciousUsage.CONTRACT.name());
        }
        Column person = NamedPeople.among(List.of(personId), UsageScores.PERSON_ID.col());
        TableRow scores = row(UsageScores.CONTRACT, runDate, person).orElseThrow(() -> Messages.noSuchPerson(runDate));
        TableRow window = row(PersonWindows.CONTRACT, runDate, person).orElseThrow();
        return row(SuspiciousUsage.CONTRACT, runDate, person)
                .map(finding -> finding(finding, window, runDate))
                .orElseGet(() -> noFinding(scores, window, runDate));
    }

    private Explanation finding(TableRow finding, TableRow window, LocalDate runDate) {
        TableRow pattern = row(
                        UsagePatterns.CONTRACT,
                        runDate,
                        UsagePatterns.PATTERN_ID.col().equalTo(finding.text(SuspiciousUsage.PATTERN_ID)))
                .orElseThrow();
        List<Reason> reasons = new ArrayList<>();
        List<String> features = new ArrayList<>();
        double sum = 0;
        for (Row entry : finding.entries(SuspiciousUsage.REASONS)) {
            String feature = entry.getAs("feature");
            double contribution = entry.<Double>getAs("contribution");
            sum += contribution;
            features.add(feature);
            reasons.add(new Reason(
                    feature,
                    entry.getAs("text"),
                    Optional.ofNullable(entry.<String>getAs("direction")).orElse(""),
                    contribution));
        }
        List<Fact> facts = new ArrayList<>(person(finding, window));
        facts.add(new Fact(
                "status",
                finding.text(SuspiciousUsage.STATUS) + "; strange since " + finding.text(SuspiciousUsage.SINCE)));
        facts.add(new Fact("finding", finding.text(SuspiciousUsage.FINDING_ID)));
        facts.add(new Fact(
                "pattern",
                String.format(
                        java.util.Locale.ROOT,
                        "%s (%s), %s, first seen %s; it fits %.0f %%",
                        pattern.text(UsagePatterns.NAME),
                        pattern.text(UsagePatterns.PATTERN_ID),
                        others(pattern.number(UsagePatterns.PEOPLE) - (finding.isNull(SuspiciousUsage.RANK) ? 0 : 1)),
                        pattern.text(UsagePatterns.FIRST_SEEN),
                        100 * finding.real(SuspiciousUsage.PATTERN_SHARE))));
        facts.add(new Fact("", pattern.text(UsagePatterns.DESCRIPTION)));
        facts.add(new Fact("wasted", waste(finding)));
        String verdict = finding.isNull(SuspiciousUsage.RANK)
                ? "Unusual, and suppressed: the work was declared, or judged benign or planned."
                : "Unusual: number " + finding.text(SuspiciousUsage.RANK) + " of " + flagged(runDate)
                        + " to look at. It says nothing of intent.";
        return new Explanation(
                verdict,
                facts,
                reasons,
                "contribution",
                String.format(
                        java.util.Locale.ROOT,
                        "All contributions add up to %.3f edges: so much shorter is this person's path through the forest than the"
                                + " mean. \"At least\": some honest requests or outcomes are counted beside the real ones, lest few"
                                + " prove much; counted by hand it may come out higher.",
                        sum),
                Clearing.of(features, pattern.text(UsagePatterns.PATTERN_ID)));
    }

    private static String others(long people) {
        return people == 0
                ? "shared with nobody else"
                : people == 1
                        ? "shared with 1 other"
                        : String.format(java.util.Locale.ROOT, "shared with %,d others", people);
    }

    private static String waste(TableRow finding) {
        String tokens = String.format(
                java.util.Locale.ROOT,
                "%,d tokens above what is normal",
                finding.number(SuspiciousUsage.WASTED_TOKENS));
        return finding.isNull(SuspiciousUsage.WASTED_USD)
                ? tokens + "; their cost is not known"
                : String.format(
                        java.util.Locale.ROOT,
                        "%s; %,.2f US dollars (90 %% interval: %,.2f to %,.2f)",
                        tokens,
                        finding.money(SuspiciousUsage.WASTED_USD),
                        finding.money(SuspiciousUsage.WASTED_USD_LOW),
                        finding.money(SuspiciousUsage.WASTED_USD_HIGH));
    }

    private Explanation noFinding(TableRow scores, TableRow window, LocalDate runDate) {
        return new Explanation(
                "Not a finding: " + whyNot(scores, runDate),
                person(scores, window),
                unusual(window),
                "distance",
                "",
                List.of());
    }

    private String whyNot(TableRow scores, LocalDate runDate) {
        if (!scores.isNull(UsageScores.INSUFFICIENT)) {
            return switch (scores.text(UsageScores.INSUFFICIENT)) {
                case "too_few_days" ->
                    "no verdict (too_few_days). The person was observed on too few days of the window, that is employed and with a"
                            + " healthy source.";
                case "too_little_history" ->
                    "no verdict (too_little_history). There is too little history to learn from yet, for anybody.";
                case "no_output_source" ->
                    "no verdict (no_output_source). No source reported any output in the window.";
                default -> "no verdict (" + scores.text(UsageScores.INSUFFICIENT) + ").";
            };
        }
        if (scores.isNull(UsageScores.P_VALUE)) {
            return "the night gave no verdict.";
        }
        double p = scores.real(UsageScores.P_VALUE);
        Optional<Double> last = PublishedNight.lastReported(warehouse, runDate);
        String chance = String.format(
                java.util.Locale.ROOT,
                "%s of honest windows are as strange as this one (p-value %.3g), and ",
                Words.share(p),
                p);
        return chance
                + last.map(most -> p <= most
                                ? "the alert budget of the night was used up by stranger ones."
                                : String.format(
                                        java.util.Locale.ROOT, "nobody above a p-value of %.3g was reported.", most))
                        .orElse("nobody at all was strange enough to be reported.");
    }

    private long flagged(LocalDate runDate) {
        return warehouse
                .read(SuspiciousUsage.CONTRACT, runDate)
                .where(SuspiciousUsage.RANK.col().isNotNull())
                .count();
    }

    /** What stands furthest from role peers on the suspicious side, whatever the forest makes of it, of what this version has words for. */
    private static List<Reason> unusual(TableRow window) {
        return window.entries(PersonWindows.FEATURES).stream()
                .filter(entry -> entry.<Double>getAs("directed") > 0)
                .sorted(java.util.Comparator.comparingDouble((Row entry) -> -entry.<Double>getAs("directed")))
                .flatMap(entry ->
                        FeatureSet.called(entry.getAs("feature")).map(feature -> reason(feature, entry)).stream())
                .limit(MOST_UNUSUAL)
                .toList();
    }

    private static Reason reason(Feature feature, Row entry) {
        return new Reason(
                feature.name(),
                Words.reason(
                        feature,
                        entry.<Double>getAs("value"),
                        entry.<Double>getAs("peer_median"),
                        entry.<Double>getAs("own_baseline")),
                feature.suspicious().name().toLowerCase(java.util.Locale.ROOT),
                entry.<Double>getAs("directed"));
    }

    private static List<Fact> person(TableRow scores, TableRow window) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "role, team, organisation",
                String.join(
                        ", ",
                        scores.text(UsageScores.ROLE),
                        scores.text(UsageScores.TEAM_ID),
                        scores.text(UsageScores.ORG_ID))));
        facts.add(new Fact(
                "window",
                "ends on " + scores.text(UsageScores.RUN_DATE) + ": " + window.text(PersonWindows.OBSERVED_DAYS)
                        + " days observed, " + window.text(PersonWindows.ACTIVE_DAYS) + " with a request"));
        if (!scores.isNull(UsageScores.SCORE)) {
            facts.add(new Fact(
                    "score",
                    String.format(
                            java.util.Locale.ROOT,
                            "%.4f (p-value %.3g), by model %s",
                            scores.real(UsageScores.SCORE),
                            scores.real(UsageScores.P_VALUE),
                            scores.text(UsageScores.MODEL_ID))));
        }
        String cost = scores.isNull(UsageScores.COST_USD)
                ? "cost not known"
                : String.format(java.util.Locale.ROOT, "%,.2f US dollars", scores.money(UsageScores.COST_USD));
        facts.add(new Fact(
                "usage",
                String.format(java.util.Locale.ROOT, "%,d tokens, %s", scores.number(UsageScores.TOTAL_TOKENS), cost)));
        facts.add(new Fact(
                "outcomes",
                String.format(
                        java.util.Locale.ROOT,
                        "%.1f weighted outcomes%s",
                        window.real(PersonWindows.OUTCOMES),
                        scores.isNull(UsageScores.IMPACT)
                                ? ""
                                : String.format(
                                        java.util.Locale.ROOT,
                                        ", %.2f times the role peers' median",
                                        scores.real(UsageScores.IMPACT)))));
        return facts;
    }

    private Optional<TableRow> row(TableContract table, LocalDate runDate, Column which) {
        return warehouse.read(table, runDate).where(which).collectAsList().stream()
                .findFirst()
                .map(TableRow::new);
    }
}
