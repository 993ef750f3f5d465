package io.goodhart.evaluation;

import com.github.freva.asciitable.AsciiTable;
import io.goodhart.evaluation.EvaluationReport.KeptLine;
import io.goodhart.evaluation.EvaluationReport.WasteLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An {@link EvaluationReport} in words and tables. It tells counts and names of behaviours, and nobody. */
public final class EvaluationText {
    private EvaluationText() {}

    /** Returns the lines to print. */
    public static List<String> lines(EvaluationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d people ranked, %,d outside (declared or cleared); %,d game, %,d honest look-alikes",
                report.runDate(),
                report.people(),
                report.outside(),
                report.gamers(),
                report.lookAlikes()));
        if (report.gamers() > 0) {
            lines.add(table(
                    List.of("ranking", "average precision", "precision at " + report.gamers()),
                    report.rankings().stream()
                            .map(line -> List.of(
                                    line.name(), three(line.averagePrecision()), three(line.precisionAmongFirst())))
                            .toList()));
            lines.add(table(
                    List.of("behaviour", "people", "flagged", "among the first " + report.gamers()),
                    report.behaviours().stream()
                            .map(line -> List.of(
                                    line.behaviour(),
                                    String.valueOf(line.gamers()),
                                    String.valueOf(line.flagged()),
                                    String.valueOf(line.amongFirst())))
                            .toList()));
            lines.add("look-alikes among the first " + report.gamers() + ": " + kinds(report.lookAlikesAmongFirst()));
        }
        lines.add("look-alikes flagged: " + kinds(report.lookAlikesFlagged()));
        lines.add(String.format(
                Locale.ROOT,
                "flagged: %,d, of them honest %,d (%s); honest with p <= 0.01: %s, p <= 0.1: %s of %,d",
                report.flagged(),
                report.flaggedHonest(),
                percent(report.falseDiscoveryProportion()),
                percent(share(report.honestBelowHundredth(), report.honestJudged())),
                percent(share(report.honestBelowTenth(), report.honestJudged())),
                report.honestJudged()));
        report.patternAgreement()
                .ifPresent(agreement -> lines.add(
                        report.patterns() + " patterns of flagged gamers; adjusted Rand index " + three(agreement)));
        report.waste().ifPresent(waste -> lines.add(words(waste)));
        if (!report.delays().isEmpty()) {
            lines.add(table(
                    List.of("behaviour", "people", "flagged", "median days until flagged"),
                    report.delays().stream()
                            .map(line -> List.of(
                                    line.behaviour(),
                                    String.valueOf(line.gamers()),
                                    String.valueOf(line.daysUntilFlagged().size()),
                                    line.medianDays()
                                            .map(days -> String.format(Locale.ROOT, "%.1f", days))
                                            .orElse("not yet")))
                            .toList()));
        }
        report.kept().ifPresent(kept -> lines.add(words(kept)));
        return lines;
    }

    /** Returns the lines to print of a rehearsal. */
    public static List<String> lines(RehearsalReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(table(
                List.of("behaviour", "volume", "injected", "found", "recall"),
                report.lines().stream()
                        .map(line -> List.of(
                                line.behaviour(),
                                String.valueOf(line.volume()),
                                String.valueOf(line.injected()),
                                String.valueOf(line.found()),
                                percent(share(line.found(), line.injected()))))
                        .toList()));
        report.falseAlarms()
                .forEach(alarms -> lines.add(String.format(
                        Locale.ROOT,
                        "volume %s: %d false alarms beyond the night's own findings, in %d nights rehearsed",
                        alarms.volume(),
                        alarms.people(),
                        alarms.rounds())));
        if (!report.notPlayed().isEmpty()) {
            lines.add("not played, for these tables or so few players cannot show it: "
                    + String.join(", ", report.notPlayed()));
        }
        lines.add("The figures are kept with the run of " + report.runDate() + ", in runs.counts.");
        return lines;
    }

    static String words(KeptLine kept) {
        return String.format(
                Locale.ROOT,
                "pattern ids of %,d gamers seen night after night: kept throughout by %s, and in %s of %,d steps",
                kept.people(),
                percent(share(kept.keptPeople(), kept.people())),
                percent(share(kept.keptSteps(), kept.steps())),
                kept.steps());
    }

    private static String words(WasteLine waste) {
        return String.format(
                Locale.ROOT,
                "waste of %,d flagged gamers: interval holds the truth for %s; told over true: %.2f in dollars, %.2f in tokens",
                waste.findings(),
                percent(share(waste.covered(), waste.findings())),
                waste.toldUsd() / waste.trueUsd(),
                waste.toldTokens() / waste.trueTokens());
    }

    /** Returns a table, its first column to the left and the others to the right. */
    static String table(List<String> header, List<List<String>> rows) {
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER,
                header.toArray(String[]::new),
                null,
                rows.stream().map(row -> row.toArray(Object[]::new)).toArray(Object[][]::new));
    }

    private static String kinds(Map<String, Long> kinds) {
        return kinds.isEmpty()
                ? "none"
                : new TreeMap<>(kinds)
                        .entrySet().stream()
                                .map(kind -> kind.getKey().substring(1) + " " + kind.getValue())
                                .collect(Collectors.joining(", "));
    }

    static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    static String three(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
