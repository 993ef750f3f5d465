package io.goodhart.findings;

import io.goodhart.features.FeatureSet;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsagePatterns;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;

/** The findings and patterns of a night, as rows of {@code suspicious_usage} and {@code usage_patterns}. */
public final class Findings {
    private static final int SIGNATURE_FEATURES = 8;
    private static final String NEW = "new";
    private static final String ONGOING = "ongoing";
    private static final String SUPPRESSED = "suppressed";

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
     * @param judged all windows with a p-value: from those that are no findings it is learned what is normal
     * @param explained rows of {@link Judgement#findings}, explained by the forest; collected, for the budget bounds them
     * @param since when the usage of a finding became strange
     * @param cleared who is cleared of a pattern
     */
    public static Findings of(
            Dataset<Row> judged,
            Dataset<Row> explained,
            ClearedPatterns cleared,
            Since since,
            Prior prior,
            Night night) {
        List<Candidate> candidates = Candidate.all(explained.collectAsList()).stream()
                .sorted(java.util.Comparator.comparingDouble((Candidate candidate) -> -candidate.score())
                        .thenComparing(Candidate::personId))
                .toList();
        Lineage lineage = Lineage.of(Patterns.among(candidates, prior, cleared, night.runDate()), prior);
        Findings made = new Findings();
        made.add(
                told(candidates, lineage.patterns(), cleared, since.of(candidates, night.runDate()), prior, night),
                lineage.patterns(),
                HonestChange.of(judged, largestPValue(candidates)),
                night);
        made.counts.putAll(lineage.counts());
        return made;
    }

    /** Returns the rows of {@code suspicious_usage}. */
    public List<Row> findings() {
        return List.copyOf(findings);
    }

    /** Returns the people of the findings in rank. */
    public List<String> flagged() {
        return findings.stream()
                .filter(row -> row.getAs(SuspiciousUsage.RANK.name()) != null)
                .map(row -> row.<String>getAs(SuspiciousUsage.PERSON_ID.name()))
                .toList();
    }

    /** Returns the rows of {@code usage_patterns}. */
    public List<Row> patterns() {
        return List.copyOf(patterns);
    }

    /** Returns what is to be counted of the night: patterns born, split, merged and retired. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /**
     * What is told of a candidate.
     *
     * @param status suppressed; new: in rank, and not so when last found; ongoing
     * @param before the finding that it goes on from; null: none
     * @param level what the person used before {@code since}
     */
    private record Told(
            Candidate candidate,
            Pattern pattern,
            String status,
            Prior.Ongoing before,
            LocalDate since,
            OwnLevel level) {
        boolean isOpen() {
            return !status.equals(SUPPRESSED);
        }

        Waste waste(HonestChange change) {
            return Waste.of(candidate, level, change, pattern.id());
        }
    }

    private static List<Told> told(
            List<Candidate> candidates,
            List<Pattern> patterns,
            ClearedPatterns cleared,
            Since.Past past,
            Prior prior,
            Night night) {
        Map<Candidate, Pattern> patternOf = new HashMap<>();
        patterns.forEach(pattern -> pattern.members().forEach(member -> patternOf.put(member, pattern)));
        List<Told> told = new ArrayList<>();
        for (Candidate candidate : candidates) {
            String personId = candidate.personId();
            Pattern pattern = patternOf.get(candidate);
            Prior.Ongoing before = prior.of(personId).orElse(null);
            boolean suppressed = candidate.suppressed() || cleared.holds(personId, pattern.id());
            LocalDate since = before == null ? past.began(candidate).orElse(night.windowStart()) : before.since();
            told.add(new Told(
                    candidate,
                    pattern,
                    suppressed ? SUPPRESSED : before == null || before.isSuppressed() ? NEW : ONGOING,
                    before,
                    since,
                    past.levelBefore(personId, since, before == null ? night.runDate() : before.firstNight())));
        }
        return told;
    }

    private static double largestPValue(List<Candidate> candidates) {
        return candidates.stream().mapToDouble(Candidate::pValue).max().orElse(0);
    }

    private void add(List<Told> told, List<Pattern> made, HonestChange change, Night night) {
        int rank = 0;
        for (Told finding : told) {
            findings.add(finding(finding, finding.isOpen() ? Integer.valueOf(++rank) : null, change, night));
        }
        for (Pattern pattern : made) {
            List<Told> open = told.stream()
                    .filter(finding ->
                            finding.isOpen() && finding.pattern().id().equals(pattern.id()))
                    .toList();
            patterns.add(pattern(pattern, open, change, night));
        }
    }

    private static Row finding(Told told, Integer rankOrNull, HonestChange change, Night night) {
        Candidate candidate = told.candidate();
        Waste waste = told.waste(change);
        return row(
                SuspiciousUsage.CONTRACT,
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
                told.before() == null
                        ? FindingId.of(candidate.personId(), night.runDate())
                        : told.before().findingId(),
                rankOrNull,
                told.pattern().id(),
                told.pattern().share(candidate),
                candidate.evidence().reasons(),
                waste.tokens(),
                waste.usdOrNull(),
                waste.lowUsdOrNull(),
                waste.highUsdOrNull(),
                java.sql.Date.valueOf(night.windowStart()),
                java.sql.Date.valueOf(night.runDate()),
                java.sql.Date.valueOf(told.since()),
                told.status());
    }

    private static Row pattern(Pattern pattern, List<Told> open, HonestChange change, Night night) {
        BigDecimal wasted = open.stream()
                .map(finding -> finding.waste(change).usdOrNull())
                .filter(java.util.Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
        Row[] signature = pattern.signature().carriers(SIGNATURE_FEATURES).stream()
                .map(i -> RowFactory.create(
                        FeatureSet.names().get(i),
                        FeatureSet.DIRECTED.get(i).suspicious().name().toLowerCase(java.util.Locale.ROOT),
                        pattern.signature().weight(i)))
                .toArray(Row[]::new);
        return row(
                UsagePatterns.CONTRACT,
                java.sql.Date.valueOf(night.runDate()),
                pattern.id(),
                pattern.name(),
                pattern.description(),
                signature,
                (long) open.size(),
                open.stream().filter(finding -> finding.status().equals(NEW)).count(),
                open.stream()
                        .mapToLong(finding -> finding.candidate().totalTokens())
                        .sum(),
                wasted,
                java.sql.Date.valueOf(pattern.firstSeen()),
                pattern.known(),
                night.runId());
    }

    private static Row row(TableContract contract, Object... values) {
        return new GenericRowWithSchema(values, contract.schema());
    }
}
