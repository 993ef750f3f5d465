package io.goodhart.findings;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.UsagePatterns;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * What a night goes on from: findings and patterns of the newest published date before it, and findings of the week before that are not
 * among them. As many as the budget of a week's nights allowed, so on the driver.
 *
 * @param findings by person
 * @param lapsed findings of earlier nights whose people are not among {@code findings}, by person, the newest of each
 * @param patterns of the newest date
 */
public record Prior(Map<String, Ongoing> findings, Map<String, Ongoing> lapsed, List<KnownPattern> patterns) {
    /** How long a finding may be out of the table and go on: who stands near the rule's edge comes and goes with what others do. */
    public static final int LONGEST_LAPSE_DAYS = 7;

    /** The columns of {@code suspicious_usage} that are read. */
    public static final List<ColumnSpec> COLUMNS = List.of(
            SuspiciousUsage.RUN_DATE,
            SuspiciousUsage.PERSON_ID,
            SuspiciousUsage.FINDING_ID,
            SuspiciousUsage.SINCE,
            SuspiciousUsage.PATTERN_ID,
            SuspiciousUsage.RANK);

    /**
     * A finding that may go on.
     *
     * @param firstNight on which it was found
     * @param isSuppressed whether it was in no rank, that night before
     */
    record Ongoing(String findingId, LocalDate firstNight, LocalDate since, String patternId, boolean isSuppressed) {}

    /** A pattern that may come again. */
    record KnownPattern(String patternId, String name, Signature signature, LocalDate firstSeen) {}

    /** Returns the finding that one of the person would go on from. */
    Optional<Ongoing> of(String personId) {
        return Optional.ofNullable(findings.getOrDefault(personId, lapsed.get(personId)));
    }

    /** Returns the first night of the oldest finding; {@code otherwise} where there is none. */
    public LocalDate oldestNight(LocalDate otherwise) {
        return Stream.concat(findings.values().stream(), lapsed.values().stream())
                .map(Ongoing::firstNight)
                .min(Comparator.naturalOrder())
                .orElse(otherwise);
    }

    /** Returns the state of a night that goes on from nothing. */
    public static Prior none() {
        return new Prior(Map.of(), Map.of(), List.of());
    }

    /**
     * Reads rows of earlier dates.
     *
     * @param night the newest of them
     * @param suspiciousUsage of that night and those before, with {@link #COLUMNS}
     * @param usagePatterns of that night
     */
    public static Prior of(LocalDate night, List<Row> suspiciousUsage, List<Row> usagePatterns) {
        Map<String, Ongoing> findings = new HashMap<>();
        Map<String, Ongoing> lapsed = new HashMap<>();
        suspiciousUsage.stream()
                .sorted(Comparator.comparing((Row row) -> day(row, SuspiciousUsage.RUN_DATE)))
                .forEach(row -> {
                    boolean isOfTheNight = day(row, SuspiciousUsage.RUN_DATE).equals(night);
                    String personId = row.getAs(SuspiciousUsage.PERSON_ID.name());
                    (isOfTheNight ? findings : lapsed).put(personId, ongoing(row));
                });
        lapsed.keySet().removeAll(findings.keySet());
        List<KnownPattern> patterns = usagePatterns.stream()
                .map(row -> new KnownPattern(
                        row.getAs(UsagePatterns.PATTERN_ID.name()),
                        row.getAs(UsagePatterns.NAME.name()),
                        signature(row.getList(row.fieldIndex(UsagePatterns.SIGNATURE.name()))),
                        day(row, UsagePatterns.FIRST_SEEN)))
                .sorted(Comparator.comparing(KnownPattern::patternId))
                .toList();
        return new Prior(Map.copyOf(findings), Map.copyOf(lapsed), patterns);
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
