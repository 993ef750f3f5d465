package io.goodhart.findings;

import io.goodhart.features.FeatureSet;
import io.goodhart.tables.Dispositions;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.UsagePatterns;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The findings and patterns of a night, as rows of {@code suspicious_usage} and {@code usage_patterns}. */
public final class Findings {
    private static final int SIGNATURE_FEATURES = 8;

    private final List<Row> findings = new ArrayList<>();
    private final List<Row> patterns = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * What every row of a night says.
     *
     * @param runDate last day of the window
     * @param windowStart its first day
     */
    public record Night(LocalDate runDate, LocalDate windowStart, String runId, String modelId) {}

    /** Returns the findings of a night without any. */
    public static Findings none() {
        return new Findings();
    }

    /**
     * Makes the findings of a night.
     *
     * @param explained rows of {@link Judgement#findings}, explained by the forest; collected, for the budget bounds them
     * @param since when the usage of a finding became strange
     * @param dispositions rows of {@code dispositions}
     */
    public static Findings of(
            Dataset<Row> explained, Dataset<Row> dispositions, Since since, Prior prior, Night night) {
        List<Candidate> candidates =
                Candidate.all(explained.orderBy(PersonWindows.PERSON_ID.col()).collectAsList()).stream()
                        .sorted(java.util.Comparator.comparingDouble((Candidate candidate) -> -candidate.score())
                                .thenComparing(Candidate::personId))
                        .toList();
        Map<String, LocalDate> began = since.of(candidates, night.runDate());
        Set<String> clearedPatterns = clearedPatterns(dispositions, night.runDate());
        Findings made = new Findings();
        Lineage lineage = Lineage.of(Patterns.among(candidates, prior, night.runDate()), prior);
        made.add(candidates, lineage.patterns(), clearedPatterns, began, prior, night);
        made.counts.putAll(lineage.counts());
        return made;
    }

    /** Returns the rows of {@code suspicious_usage}. */
    public Dataset<Row> findings(SparkSession spark) {
        return spark.createDataFrame(findings, SuspiciousUsage.CONTRACT.schema());
    }

    /** Returns the rows of {@code usage_patterns}. */
    public Dataset<Row> patterns(SparkSession spark) {
        return spark.createDataFrame(patterns, UsagePatterns.CONTRACT.schema());
    }

    /** Returns what is to be counted of the night: patterns born, split, merged and retired. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    private void add(
            List<Candidate> candidates,
            List<Pattern> made,
            Set<String> clearedPatterns,
            Map<String, LocalDate> began,
            Prior prior,
            Night night) {
        Map<Candidate, Pattern> patternOf = new HashMap<>();
        made.forEach(pattern -> pattern.members().forEach(member -> patternOf.put(member, pattern)));
        Map<String, String> statusOf = new HashMap<>();
        int rank = 0;
        for (Candidate candidate : candidates) {
            Pattern pattern = patternOf.get(candidate);
            boolean suppressed =
                    candidate.suppressed() || clearedPatterns.contains(key(candidate.personId(), pattern.id()));
            boolean ongoing = prior.findings().containsKey(candidate.personId());
            String status = suppressed ? "suppressed" : ongoing ? "ongoing" : "new";
            statusOf.put(candidate.personId(), status);
            findings.add(finding(candidate, pattern, status, suppressed ? null : ++rank, began, prior, night));
        }
        made.forEach(pattern -> patterns.add(pattern(pattern, statusOf, night)));
    }

    private static Row finding(
            Candidate candidate,
            Pattern pattern,
            String status,
            Integer rankOrNull,
            Map<String, LocalDate> began,
            Prior prior,
            Night night) {
        Prior.Ongoing before = prior.findings().get(candidate.personId());
        Waste waste = candidate.waste();
        LocalDate since =
                before == null ? began.getOrDefault(candidate.personId(), night.windowStart()) : before.since();
        return RowFactory.create(
                java.sql.Date.valueOf(night.runDate()),
                candidate.personId(),
                candidate.teamId(),
                candidate.orgId(),
                candidate.role(),
                candidate.score(),
                candidate.pValue(),
                rankOrNull != null,
                null,
                candidate.totalTokens(),
                candidate.costUsdOrNull(),
                candidate.impactOrNull(),
                night.runId(),
                night.modelId(),
                before == null ? findingId(candidate.personId(), night.runDate()) : before.findingId(),
                rankOrNull,
                pattern.id(),
                pattern.share(candidate),
                candidate.evidence().reasons(),
                waste.tokens(),
                waste.usdOrNull(),
                waste.lowUsdOrNull(),
                waste.highUsdOrNull(),
                java.sql.Date.valueOf(night.windowStart()),
                java.sql.Date.valueOf(night.runDate()),
                java.sql.Date.valueOf(since),
                status);
    }

    private static Row pattern(Pattern pattern, Map<String, String> statusOf, Night night) {
        List<Candidate> open = pattern.members().stream()
                .filter(member -> !statusOf.get(member.personId()).equals("suppressed"))
                .toList();
        BigDecimal wasted = open.stream()
                .map(member -> member.waste().usdOrNull())
                .filter(java.util.Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
        Row[] signature = pattern.signature().carriers(SIGNATURE_FEATURES).stream()
                .map(i -> RowFactory.create(
                        FeatureSet.names().get(i),
                        FeatureSet.DIRECTED.get(i).suspicious().name().toLowerCase(java.util.Locale.ROOT),
                        pattern.signature().weight(i)))
                .toArray(Row[]::new);
        return RowFactory.create(
                java.sql.Date.valueOf(night.runDate()),
                pattern.id(),
                pattern.name(),
                pattern.description(),
                signature,
                (long) open.size(),
                open.stream()
                        .filter(member -> statusOf.get(member.personId()).equals("new"))
                        .count(),
                open.stream().mapToLong(Candidate::totalTokens).sum(),
                wasted,
                java.sql.Date.valueOf(pattern.firstSeen()),
                pattern.known(),
                night.runId());
    }

    /** Dispositions of one pattern of a person: people wrote them by hand, so they fit on the driver. */
    private static Set<String> clearedPatterns(Dataset<Row> dispositions, LocalDate runDate) {
        return Judgement.cleared(dispositions, runDate)
                .where(Dispositions.PATTERN_ID.col().isNotNull())
                .select(Dispositions.PERSON_ID.col(), Dispositions.PATTERN_ID.col())
                .collectAsList()
                .stream()
                .map(row -> key(row.getString(0), row.getString(1)))
                .collect(Collectors.toSet());
    }

    private static String key(String personId, String patternId) {
        return personId + "\n" + patternId;
    }

    /** The first night and the person make the id, so a rerun of that night gives it again. */
    private static String findingId(String personId, LocalDate firstNight) {
        return UUID.nameUUIDFromBytes((firstNight + " " + personId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
