package io.goodhart.findings;

import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.UsagePatterns;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a night goes on from: findings and patterns of the newest published date before it. As many as that night's budget allowed, so on
 * the driver.
 *
 * @param findings by person
 * @param patterns of that night
 */
public record Prior(Map<String, Ongoing> findings, List<KnownPattern> patterns) {

    /** A finding that may go on. */
    record Ongoing(String findingId, LocalDate since, String patternId) {}

    /** A pattern that may come again. */
    record KnownPattern(String patternId, String name, Signature signature, LocalDate firstSeen) {}

    /** Returns the state of a night that goes on from nothing. */
    public static Prior none() {
        return new Prior(Map.of(), List.of());
    }

    /** Reads the rows of one earlier date. */
    public static Prior of(Dataset<Row> suspiciousUsage, Dataset<Row> usagePatterns) {
        Map<String, Ongoing> findings = suspiciousUsage
                .select(
                        SuspiciousUsage.PERSON_ID.col(),
                        SuspiciousUsage.FINDING_ID.col(),
                        SuspiciousUsage.SINCE.col().cast("string"),
                        SuspiciousUsage.PATTERN_ID.col())
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(
                        row -> row.getString(0),
                        row -> new Ongoing(row.getString(1), LocalDate.parse(row.getString(2)), row.getString(3))));
        List<KnownPattern> patterns = usagePatterns
                .orderBy(UsagePatterns.PATTERN_ID.col())
                .select(
                        UsagePatterns.PATTERN_ID.col(),
                        UsagePatterns.SIGNATURE.col(),
                        UsagePatterns.FIRST_SEEN.col().cast("string"),
                        UsagePatterns.NAME.col())
                .collectAsList()
                .stream()
                .map(row -> new KnownPattern(
                        row.getString(0),
                        row.getString(3),
                        signature(row.getList(1)),
                        LocalDate.parse(row.getString(2))))
                .toList();
        return new Prior(findings, patterns);
    }

    private static Signature signature(List<Row> entries) {
        Map<String, Double> weights = new TreeMap<>();
        entries.forEach(entry -> weights.put(entry.getAs("feature"), entry.getAs("weight")));
        return Signature.of(weights);
    }
}
