package io.goodhart.findings;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.UsagePatterns;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * What a night goes on from: findings and patterns of the newest published date before it. As many as that night's budget allowed, so on
 * the driver.
 *
 * @param findings by person
 * @param patterns of that night
 */
public record Prior(Map<String, Ongoing> findings, List<KnownPattern> patterns) {

    /**
     * A finding that may go on.
     *
     * @param firstNight on which it was found
     * @param isSuppressed whether it was in no rank, that night before
     */
    record Ongoing(String findingId, LocalDate firstNight, LocalDate since, String patternId, boolean isSuppressed) {}

    /** A pattern that may come again. */
    record KnownPattern(String patternId, String name, Signature signature, LocalDate firstSeen) {}

    /** Returns the first night of the oldest finding; {@code otherwise} where there is none. */
    public LocalDate oldestNight(LocalDate otherwise) {
        return findings.values().stream()
                .map(Ongoing::firstNight)
                .min(Comparator.naturalOrder())
                .orElse(otherwise);
    }

    /** Returns the state of a night that goes on from nothing. */
    public static Prior none() {
        return new Prior(Map.of(), List.of());
    }

    /** Reads the rows of one earlier date. */
    public static Prior of(List<Row> suspiciousUsage, List<Row> usagePatterns) {
        Map<String, Ongoing> findings = suspiciousUsage.stream()
                .collect(Collectors.toMap(row -> row.getAs(SuspiciousUsage.PERSON_ID.name()), Prior::ongoing));
        List<KnownPattern> patterns = usagePatterns.stream()
                .map(row -> new KnownPattern(
                        row.getAs(UsagePatterns.PATTERN_ID.name()),
                        row.getAs(UsagePatterns.NAME.name()),
                        signature(row.getList(row.fieldIndex(UsagePatterns.SIGNATURE.name()))),
                        day(row, UsagePatterns.FIRST_SEEN)))
                .sorted(Comparator.comparing(KnownPattern::patternId))
                .toList();
        return new Prior(findings, patterns);
    }

    private static Ongoing ongoing(Row row) {
        String id = row.getAs(SuspiciousUsage.FINDING_ID.name());
        LocalDate since = day(row, SuspiciousUsage.SINCE);
        LocalDate night = day(row, SuspiciousUsage.RUN_DATE);
        return new Ongoing(
                id,
                FindingId.firstNight(id, row.getAs(SuspiciousUsage.PERSON_ID.name()), since, night)
                        .orElse(night),
                since,
                row.getAs(SuspiciousUsage.PATTERN_ID.name()),
                row.getAs(SuspiciousUsage.RANK.name()) == null);
    }

    private static LocalDate day(Row row, ColumnSpec column) {
        return row.<Date>getAs(column.name()).toLocalDate();
    }

    private static Signature signature(List<Row> entries) {
        Map<String, Double> weights = new TreeMap<>();
        entries.forEach(entry -> weights.put(entry.getAs("feature"), entry.getAs("weight")));
        return Signature.of(weights);
    }
}
