package io.goodhart.evaluation;

import io.goodhart.evaluation.EvaluationReport.BehaviourLine;
import io.goodhart.evaluation.EvaluationReport.DelayLine;
import io.goodhart.evaluation.EvaluationReport.KeptLine;
import io.goodhart.evaluation.EvaluationReport.WasteLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Reports of companies that are the same but for the seed, in one table: mean and standard deviation over seeds. */
final class TrialTable {
    private TrialTable() {}

    static List<String> lines(String kind, List<EvaluationReport> reports) {
        List<String> lines = new ArrayList<>();
        lines.add(kind + ", " + reports.size() + " seeds: mean ± standard deviation over seeds");
        List<EvaluationReport> gamed =
                reports.stream().filter(report -> report.gamers() > 0).toList();
        if (!gamed.isEmpty()) {
            lines.add(rankings(gamed));
            lines.add(behaviours(gamed));
            lines.add("look-alikes among the first k, a company: "
                    + spread(gamed, report -> total(report.lookAlikesAmongFirst())));
            gamed.stream()
                    .flatMap(report -> report.patternAgreement().stream())
                    .findFirst()
                    .ifPresent(found -> lines.add("adjusted Rand index: "
                            + spread(gamed, report -> report.patternAgreement().orElse(Double.NaN))));
            waste(gamed, lines);
            delays(gamed, lines);
            gamed.stream()
                    .flatMap(report -> report.kept().stream())
                    .reduce((one, other) -> new KeptLine(
                            one.people() + other.people(),
                            one.keptPeople() + other.keptPeople(),
                            one.steps() + other.steps(),
                            one.keptSteps() + other.keptSteps()))
                    .ifPresent(kept -> lines.add(EvaluationText.words(kept)));
        }
        lines.add("honest among the flagged: " + spread(reports, EvaluationReport::falseDiscoveryProportion)
                + "; flagged a company: " + spread(reports, EvaluationReport::flagged));
        lines.add("honest people with p <= 0.01: "
                + spread(reports, report -> EvaluationText.share(report.honestBelowHundredth(), report.honestJudged()))
                + "; with p <= 0.1: "
                + spread(reports, report -> EvaluationText.share(report.honestBelowTenth(), report.honestJudged())));
        return lines;
    }

    private static String rankings(List<EvaluationReport> reports) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < reports.get(0).rankings().size(); i++) {
            int ranking = i;
            rows.add(List.of(
                    reports.get(0).rankings().get(i).name(),
                    spread(reports, report -> report.rankings().get(ranking).averagePrecision()),
                    spread(reports, report -> report.rankings().get(ranking).precisionAmongFirst())));
        }
        return EvaluationText.table(List.of("ranking", "average precision", "precision at k"), rows);
    }

    private static String behaviours(List<EvaluationReport> reports) {
        Map<String, BehaviourLine> sums = new TreeMap<>();
        reports.stream()
                .flatMap(report -> report.behaviours().stream())
                .forEach(line -> sums.merge(
                        line.behaviour(),
                        line,
                        (one, other) -> new BehaviourLine(
                                one.behaviour(),
                                one.gamers() + other.gamers(),
                                one.flagged() + other.flagged(),
                                one.amongFirst() + other.amongFirst())));
        return EvaluationText.table(
                List.of("behaviour", "people", "flagged", "among the first k"),
                sums.values().stream()
                        .map(line -> List.of(
                                line.behaviour(),
                                String.valueOf(line.gamers()),
                                EvaluationText.percent(EvaluationText.share(line.flagged(), line.gamers())),
                                EvaluationText.percent(EvaluationText.share(line.amongFirst(), line.gamers()))))
                        .toList());
    }

    private static void waste(List<EvaluationReport> reports, List<String> lines) {
        List<WasteLine> known =
                reports.stream().flatMap(report -> report.waste().stream()).toList();
        if (!known.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "waste of %d flagged gamers: interval holds the truth for %s; told over true, all together: %.2f",
                    known.stream().mapToLong(WasteLine::findings).sum(),
                    EvaluationText.percent(EvaluationText.share(
                            known.stream().mapToLong(WasteLine::covered).sum(),
                            known.stream().mapToLong(WasteLine::findings).sum())),
                    known.stream().mapToDouble(WasteLine::toldUsd).sum()
                            / known.stream().mapToDouble(WasteLine::trueUsd).sum()));
        }
    }

    private static void delays(List<EvaluationReport> reports, List<String> lines) {
        Map<String, DelayLine> pooled = new TreeMap<>();
        reports.stream()
                .flatMap(report -> report.delays().stream())
                .forEach(line -> pooled.merge(
                        line.behaviour(),
                        line,
                        (one, other) -> new DelayLine(
                                one.behaviour(),
                                one.gamers() + other.gamers(),
                                Stream.concat(one.daysUntilFlagged().stream(), other.daysUntilFlagged().stream())
                                        .toList())));
        if (!pooled.isEmpty()) {
            lines.add(EvaluationText.table(
                    List.of("behaviour", "people", "flagged", "median days until flagged"),
                    pooled.values().stream()
                            .map(line -> List.of(
                                    line.behaviour(),
                                    String.valueOf(line.gamers()),
                                    String.valueOf(line.daysUntilFlagged().size()),
                                    line.medianDays().map(String::valueOf).orElse("not yet")))
                            .toList()));
        }
    }

    private static double total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String spread(List<EvaluationReport> reports, ToDoubleFunction<EvaluationReport> figure) {
        double[] values = reports.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double mean = Stream.of(values)
                .flatMapToDouble(java.util.Arrays::stream)
                .average()
                .orElse(Double.NaN);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
    }
}
