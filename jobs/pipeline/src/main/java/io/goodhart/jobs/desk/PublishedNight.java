package io.goodhart.jobs.desk;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.NamedPeople;
import io.goodhart.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What a published night says of a few people: those who are findings of it or of the night that it is compared with, so on the driver.
 *
 * @param modelId the model that scored it; empty: none did
 * @param judged how many people have a verdict
 * @param lastReported the largest p-value in rank; empty: nobody was reported
 * @param findings by person
 * @param scores by person
 * @param windows by person
 * @param patterns by id
 */
record PublishedNight(
        LocalDate runDate,
        Optional<String> modelId,
        long judged,
        Optional<Double> lastReported,
        Map<String, TableRow> findings,
        Map<String, TableRow> scores,
        Map<String, TableRow> windows,
        Map<String, TableRow> patterns) {

    /** Returns the people of the night's findings. */
    static List<String> peopleFound(Warehouse warehouse, LocalDate runDate) {
        return warehouse
                .read(SuspiciousUsage.CONTRACT, runDate)
                .select(SuspiciousUsage.PERSON_ID.col())
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    static PublishedNight read(Warehouse warehouse, LocalDate runDate, Collection<String> people) {
        Row judged = warehouse
                .read(UsageScores.CONTRACT, runDate)
                .where(UsageScores.P_VALUE.col().isNotNull())
                .groupBy()
                .agg(count(lit(1)))
                .first();
        return new PublishedNight(
                runDate,
                warehouse.recordedModel(runDate),
                judged.getLong(0),
                lastReported(warehouse, runDate),
                byPerson(warehouse, SuspiciousUsage.CONTRACT, runDate, people),
                byPerson(warehouse, UsageScores.CONTRACT, runDate, people),
                byPerson(warehouse, PersonWindows.CONTRACT, runDate, people),
                by(
                        UsagePatterns.PATTERN_ID.name(),
                        warehouse.read(UsagePatterns.CONTRACT, runDate).collectAsList()));
    }

    /** Returns the largest p-value among a night's findings in rank. */
    static Optional<Double> lastReported(Warehouse warehouse, LocalDate runDate) {
        Row most = warehouse
                .read(UsageScores.CONTRACT, runDate)
                .where(UsageScores.FLAGGED.col())
                .agg(max(UsageScores.P_VALUE.col()))
                .first();
        return most.isNullAt(0) ? Optional.empty() : Optional.of(most.getDouble(0));
    }

    String words() {
        long open = findings.values().stream()
                .filter(row -> !row.isNull(SuspiciousUsage.RANK))
                .count();
        return String.format(
                Locale.ROOT,
                "%s: %,d judged, %,d unusual up to a p-value of %s, %,d suppressed; model %s",
                runDate,
                judged,
                open,
                lastReported.map(p -> String.format(Locale.ROOT, "%.3g", p)).orElse("none"),
                findings.size() - open,
                modelId.orElse("none"));
    }

    Optional<String> score(String person) {
        return Optional.ofNullable(scores.get(person))
                .filter(row -> !row.isNull(UsageScores.SCORE))
                .map(row -> String.format(Locale.ROOT, "%.3f", row.real(UsageScores.SCORE)));
    }

    /** Returns the person's finding in rank; empty: there is none, or a suppressed one. */
    Optional<TableRow> inRank(String person) {
        return Optional.ofNullable(findings.get(person)).filter(row -> !row.isNull(SuspiciousUsage.RANK));
    }

    /** Returns the person's rank; who has none stands behind all who have one. */
    int place(String person) {
        return inRank(person)
                .map(row -> Integer.valueOf(row.text(SuspiciousUsage.RANK)))
                .orElse(Integer.MAX_VALUE);
    }

    boolean isSuppressed(String person) {
        return findings.containsKey(person) && inRank(person).isEmpty();
    }

    /** Returns the row of a pattern that a finding bears, if only a suppressed one. A pattern that is no more may have a row too, its last. */
    Optional<TableRow> borne(String patternId) {
        boolean isBorne = findings.values().stream()
                .anyMatch(finding -> finding.text(SuspiciousUsage.PATTERN_ID).equals(patternId));
        return Optional.ofNullable(patterns.get(patternId)).filter(row -> isBorne);
    }

    String patternName(Optional<TableRow> finding) {
        return finding.map(row -> row.text(SuspiciousUsage.PATTERN_ID))
                .map(id -> Optional.ofNullable(patterns.get(id))
                        .map(row -> row.text(UsagePatterns.NAME))
                        .orElse(id))
                .orElse("");
    }

    private static Map<String, TableRow> byPerson(
            Warehouse warehouse, TableContract table, LocalDate runDate, Collection<String> people) {
        return by(
                UsageScores.PERSON_ID.name(),
                warehouse
                        .read(table, runDate)
                        .where(NamedPeople.among(people, UsageScores.PERSON_ID.col()))
                        .collectAsList());
    }

    private static Map<String, TableRow> by(String key, List<Row> rows) {
        Map<String, TableRow> byKey = new TreeMap<>();
        rows.forEach(row -> byKey.put(row.getAs(key), new TableRow(row)));
        return byKey;
    }
}
